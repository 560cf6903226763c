// A rack against its sheet, as pure state: which tubes the sheet names, which were in the hand, what is extra, what is missing.

export interface RackCheck {
  /** As the sheet names them. Empty when tubes come without a sheet. */
  readonly expected: readonly string[];
  /** As they were scanned, in that order, each once. */
  readonly scanned: readonly string[];
}

export const NO_RACK: RackCheck = { expected: [], scanned: [] };

/** Several sheets may be scanned for one rack. */
export function expectTubes(check: RackCheck, tubes: readonly string[]): RackCheck {
  return { ...check, expected: [...new Set([...check.expected, ...tubes])] };
}

export function scanTube(check: RackCheck, tube: string): RackCheck {
  return check.scanned.includes(tube) ? check : { ...check, scanned: [...check.scanned, tube] };
}

export interface RackPicture {
  readonly here: readonly string[];
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

export function rackPicture({ expected, scanned }: RackCheck): RackPicture {
  return {
    here: scanned.filter((tube) => expected.length === 0 || expected.includes(tube)),
    missing: expected.filter((tube) => !scanned.includes(tube)),
    // Without a sheet nothing can be extra.
    extra: expected.length === 0 ? [] : scanned.filter((tube) => !expected.includes(tube)),
  };
}
