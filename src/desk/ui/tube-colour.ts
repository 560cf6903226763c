// The colour of a cap as CSS, from the word of the catalogue. The word is always shown too.

const CAPS: Readonly<Record<string, string>> = {
  lavender: '#8f6bb3',
  purple: '#8f6bb3',
  gold: '#d9a514',
  yellow: '#e8c31c',
  red: '#c5302b',
  'light blue': '#6fb4dc',
  blue: '#3f7fbf',
  grey: '#8a8f94',
  gray: '#8a8f94',
  green: '#3c8d4a',
  black: '#24282b',
  pink: '#e08aa8',
  white: '#f4f4f2',
  clear: '#f4f4f2',
  orange: '#df7d27',
  brown: '#7a5334',
};

/** Grey stripes of nothing when the catalogue says no colour: never a colour that a tube might have. */
export function cssColour(word: string | null | undefined): string {
  return CAPS[(word ?? '').trim().toLowerCase()] ?? 'transparent';
}
