// JSON whose text depends on the value only: two replicas that came to the same document by other ways store, and digest, the same bytes.

/** As JSON.stringify, with the keys of every object in order. What JSON has no word for is left out, or null in a list. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(ordered(value));
}

/** A copy whose keys are in one order: the engine's own writer is much faster than one of ours. */
function ordered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered);
  const from = value as Readonly<Record<string, unknown>>; // an object that is no list
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(from).sort()) {
    // As an ordinary assignment it would set what the copy inherits from, and be gone.
    if (key === '__proto__') Object.defineProperty(copy, key, { value: ordered(from[key]), enumerable: true });
    else copy[key] = ordered(from[key]);
  }
  return copy;
}
