// A temporary name for somebody whose name nobody knows: two words that sound unlike each other, from the number (NHS alert 2018).

/** Short words that are easy to say in Hindi and English, not names of people, places or castes, and hard to mix up aloud. */
const WORDS = [
  'Amber',
  'Bravo',
  'Coral',
  'Delta',
  'Ember',
  'Falcon',
  'Garnet',
  'Hotel',
  'Indigo',
  'Jasper',
  'Kilo',
  'Lemon',
  'Maple',
  'Nectar',
  'Olive',
  'Pepper',
  'Quartz',
  'Romeo',
  'Saffron',
  'Tango',
  'Umber',
  'Victor',
  'Walnut',
  'Yellow',
  'Zebra',
  'Almond',
  'Banyan',
  'Cedar',
  'Dahlia',
  'Fennel',
  'Ginger',
  'Hazel',
] as const;

/** The same number always gives the same name, so that a reprint reads the same. @param number 12 digits. */
export function temporaryName(number: string): string {
  const serial = Number(number.slice(1, 11));
  const count = WORDS.length;
  // The serial's low digits differ most between people registered together; the range goes into the second word.
  const first = serial % count;
  const rest = Math.floor(serial / count) % (count - 1);
  const second = rest >= first ? rest + 1 : rest;
  return `Unknown ${WORDS[first] ?? ''} ${WORDS[second] ?? ''}`;
}
