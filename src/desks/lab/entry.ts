// The list of values to enter, as pure state: what was just entered stays in its place, so that the next field is where the eye is.

export interface EntryKey {
  readonly accession: string;
  readonly test: string;
}

export function keyOf({ accession, test }: EntryKey): string {
  return `${accession} ${test}`;
}

/**
 * Rows in the order in which they were first seen; those that were entered here stay although the list no longer has them,
 * those that somebody else finished go.
 */
export function keepPlaces<R>(
  before: readonly R[],
  now: readonly R[],
  key: (row: R) => string,
  entered: ReadonlySet<string>,
): readonly R[] {
  const fresh = new Map(now.map((row) => [key(row), row]));
  const kept = before.flatMap((row) => {
    const again = fresh.get(key(row));
    if (again !== undefined) return [again];
    return entered.has(key(row)) ? [row] : [];
  });
  const known = new Set(kept.map(key));
  return [...kept, ...now.filter((row) => !known.has(key(row)))];
}

/** The next row that has no value yet, after `from`; undefined when there is none. */
export function nextOpen(keys: readonly string[], entered: ReadonlySet<string>, from: number): number | undefined {
  for (let step = 1; step <= keys.length; step += 1) {
    const at = (from + step) % keys.length;
    const key = keys[at];
    if (key !== undefined && !entered.has(key)) return at;
  }
  return undefined;
}
