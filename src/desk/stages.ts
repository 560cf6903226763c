// How far the start of a desk has got: marks on the browser's own timeline, which its tools and the bench read. It must not know who reads them.

export type Stage =
  | 'page-code'
  | 'page-checked'
  | 'page-drawn'
  | 'worker-code'
  | 'worker-lock'
  | 'journal-files'
  | 'database'
  | 'replica'
  | 'served';

/** As `bench/support/browser-desk.ts` looks for them. */
const PREFIX = 'nirantar ';

export function reached(stage: Stage): void {
  performance.mark(`${PREFIX}${stage}`);
}

/** Runs it and leaves its length on the timeline; only the last one of a name is kept. */
export async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    return await work();
  } finally {
    performance.clearMeasures(`${PREFIX}${name}`);
    performance.measure(`${PREFIX}${name}`, { start });
  }
}
