// The fewest tubes for a set of tests: each test says which containers will do; calculated tests ride along and need none of their own.
import type { TestData } from '#kernel/test/test.ts';

export interface Tube {
  readonly container: string;
  readonly specimenType: string;
  readonly tests: readonly string[];
}

/** How preferred a container is for a test: 0 is its first choice. */
function rank(test: TestData, container: string): number {
  const at = test.containers.indexOf(container);
  return at < 0 ? Number.MAX_SAFE_INTEGER : at;
}

/** A container and the material that goes into it; venous and arterial blood never share one. */
function kindsOf(test: TestData): readonly string[] {
  return test.containers.map((container) => `${container}\n${test.specimenType}`);
}

/**
 * Greedy cover: the container that serves most of the tests left, then the one more of them prefer, then by name. With at
 * most a handful of containers per test this is the fewest in practice, and the same on every desk.
 * @param drawOrder container code → place in the order of draw (CLSI GP41).
 */
export function planTubes(tests: readonly TestData[], drawOrder: ReadonlyMap<string, number> = new Map()): readonly Tube[] {
  const drawn = tests.filter((test) => test.containers.length > 0);
  let left = [...new Map(drawn.map((test) => [test.code, test])).values()];
  const tubes: { container: string; specimenType: string; tests: string[] }[] = [];
  while (left.length > 0) {
    const counts = new Map<string, { served: number; rank: number }>();
    for (const test of left) {
      for (const kind of kindsOf(test)) {
        const before = counts.get(kind) ?? { served: 0, rank: 0 };
        counts.set(kind, { served: before.served + 1, rank: before.rank + rank(test, kind.slice(0, kind.indexOf('\n'))) });
      }
    }
    const best = [...counts].sort(([a, x], [b, y]) => y.served - x.served || x.rank - y.rank || (a < b ? -1 : 1))[0];
    if (best === undefined) break;
    const [kind] = best;
    const served = left.filter((test) => kindsOf(test).includes(kind));
    const [container = '', specimenType = ''] = kind.split('\n');
    tubes.push({ container, specimenType, tests: served.map((test) => test.code) });
    left = left.filter((test) => !served.includes(test));
  }
  addCalculated(
    tubes,
    tests.filter((test) => test.containers.length === 0),
  );
  return tubes.sort(
    (a, b) => (drawOrder.get(a.container) ?? 99) - (drawOrder.get(b.container) ?? 99) || (a.container < b.container ? -1 : 1),
  );
}

/** A calculated test goes with a tube of its material where there is one, so that its value can be entered there. */
function addCalculated(tubes: { readonly specimenType: string; readonly tests: string[] }[], calculated: readonly TestData[]): void {
  for (const test of calculated) {
    const tube = tubes.find((one) => one.specimenType === test.specimenType) ?? tubes[0];
    if (tube !== undefined && !tube.tests.includes(test.code)) tube.tests.push(test.code);
  }
}
