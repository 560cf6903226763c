// Results of one patient side by side: one row a test, one column a tube, newest first. Pure.
import type { ResultShape } from '#desk/app/shapes.ts';

export interface CumulativeColumn {
  readonly accession: string;
  readonly at: number;
}
export interface CumulativeRow {
  readonly test: string;
  readonly testName: string;
  readonly testNameHi: string;
  /** Of the newest value; a cell with another one says so. */ readonly unit: string | null;
  readonly cells: ReadonlyMap<string, ResultShape>;
}
export interface Cumulative {
  readonly columns: readonly CumulativeColumn[];
  readonly rows: readonly CumulativeRow[];
}

/** Columns that fit beside the names at 200 % zoom; the others are reached by scrolling. */
export const CUMULATIVE_COLUMNS = 12;

export function cumulative(results: readonly ResultShape[]): Cumulative {
  const columns = new Map<string, CumulativeColumn>();
  const rows = new Map<string, { readonly row: Omit<CumulativeRow, 'cells'>; readonly cells: Map<string, ResultShape> }>();
  for (const result of results) {
    if (result.current === null) continue;
    const at = result.collectedAt ?? result.current.act.at;
    const column = columns.get(result.accession);
    if (column === undefined || at < column.at) columns.set(result.accession, { accession: result.accession, at });
    const row = rows.get(result.test) ?? {
      row: { test: result.test, testName: result.testName, testNameHi: result.testNameHi, unit: null },
      cells: new Map<string, ResultShape>(),
    };
    row.cells.set(result.accession, result);
    rows.set(result.test, row);
  }
  return {
    columns: [...columns.values()].toSorted((a, b) => b.at - a.at || (a.accession < b.accession ? -1 : 1)).slice(0, CUMULATIVE_COLUMNS),
    rows: [...rows.values()]
      .map(({ row, cells }) => ({ ...row, unit: newestUnit(cells), cells }))
      .toSorted((a, b) => (a.testName < b.testName ? -1 : 1)),
  };
}

function newestUnit(cells: ReadonlyMap<string, ResultShape>): string | null {
  const newest = [...cells.values()].toSorted(
    (a, b) => (b.collectedAt ?? 0) - (a.collectedAt ?? 0) || (a.accession < b.accession ? -1 : 1),
  )[0];
  return newest?.current?.unit ?? null;
}
