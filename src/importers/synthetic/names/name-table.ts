// Reads the compact name tables: one name is `Latin देवनागरी Variant…`, names are apart by commas, the most frequent first.

export interface NameEntry {
  /** The commonest Latin spelling. */
  readonly latin: string;
  /** Devanagari, NFC (nukta letters as two code points). */
  readonly devanagari: string;
  /** Other Latin spellings of the same name that people and clerks write. */
  readonly variants: readonly string[];
}

export function nameTable(text: string): readonly NameEntry[] {
  return text
    .split(',')
    .map((part) => part.trim().split(/\s+/))
    .filter((words) => words[0] !== '')
    .map(([latin, devanagari, ...variants]) => {
      if (latin === undefined || devanagari === undefined) throw new TypeError('invariant: a name has both scripts');
      return { latin, devanagari: devanagari.normalize('NFC'), variants };
    });
}
