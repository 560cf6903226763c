// Sound keys of words, remembered: names repeat (a few thousand make most of a hospital), and a key costs twenty regular expressions.
import { nameWords, soundKey } from '#kernel/shared/name-search.ts';
import { plain } from './plain.ts';

/** About 5 MB. When it is full it starts anew: what is common is back at once. */
const REMEMBERED = 40_000;
const known = new Map<string, string>();

/** The sound of a word as the index holds it; empty for a word without letters. */
export function soundOf(word: string): string {
  const remembered = known.get(word);
  if (remembered !== undefined) return remembered;
  const sound = plain(soundKey(word));
  if (known.size >= REMEMBERED) known.clear();
  known.set(word, sound);
  return sound;
}

/** Sounds of all words of a text, empty ones left out. */
export function soundsOf(text: string): readonly string[] {
  return nameWords(text)
    .map(soundOf)
    .filter((sound) => sound !== '');
}
