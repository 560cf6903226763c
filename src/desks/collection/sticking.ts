// Sticking labels as a pure state: which tubes of this patient are ticked, and what a scan does. A wrong tube stops everything.

export type Ticked =
  | { readonly kind: 'ticked'; readonly accession: string; readonly all: boolean }
  | { readonly kind: 'again'; readonly accession: string }
  /** The tube in the hand is not one of this patient's: stop. */
  | { readonly kind: 'mismatch'; readonly scanned: string };

/** @param due accession numbers of this patient's tubes that are to be collected now @param ticked those scanned already */
export function tick(due: readonly string[], ticked: readonly string[], scanned: string): Ticked {
  if (!due.includes(scanned)) return { kind: 'mismatch', scanned };
  if (ticked.includes(scanned)) return { kind: 'again', accession: scanned };
  return { kind: 'ticked', accession: scanned, all: due.every((one) => one === scanned || ticked.includes(one)) };
}

/** A tube with its number, for the order of draw. */
export interface Drawn {
  readonly container: string | null;
  readonly accession: string;
}

/** Smallest place first; tubes without a place come last, then by number, so that two desks show the same. */
export function inOrderOfDraw<T extends Drawn>(tubes: readonly T[], place: (container: string | null) => number | null): readonly T[] {
  const of = (tube: T): number => place(tube.container) ?? Number.POSITIVE_INFINITY;
  return tubes.toSorted((a, b) => (of(a) === of(b) ? (a.accession < b.accession ? -1 : 1) : of(a) - of(b)));
}
