// Reads comma-separated text (RFC 4180): cells, quotes, line ends of every kind. It must not know what the columns mean. Total: broken text is a problem, never a throw.

/** No table of the hospital that people keep by hand is larger; a larger file is the wrong one. */
export const MAX_ROWS = 20_000;

export interface CsvRow {
  /** Line in the file where the row begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvProblem {
  readonly code: 'csv-empty' | 'csv-too-large' | 'csv-quote-open';
  readonly facts: Readonly<Record<string, string | number>>;
}

export type CsvTable = { readonly ok: true; readonly rows: readonly CsvRow[] } | { readonly ok: false; readonly problem: CsvProblem };

export function parseCsv(text: string): CsvTable {
  const source = text.startsWith('\ufeff') ? text.slice(1) : text;
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let quoteLine = 0;
  let line = 1;
  let begun = 1;

  const endRow = () => {
    cells.push(cell);
    cell = '';
    // A line of nothing is not a row of one empty cell.
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: begun, cells });
    cells = [];
  };

  for (let at = 0; at < source.length; at += 1) {
    const letter = source[at] ?? '';
    if (quoted) {
      if (letter === '\n') line += 1;
      if (letter !== '"') cell += letter;
      else if (source[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (letter === '"' && cell === '') {
      quoted = true;
      quoteLine = line;
    } else if (letter === ',') {
      cells.push(cell);
      cell = '';
    } else if (letter === '\n' || letter === '\r') {
      if (letter === '\r' && source[at + 1] === '\n') at += 1;
      endRow();
      line += 1;
      begun = line;
      if (rows.length > MAX_ROWS) return { ok: false, problem: { code: 'csv-too-large', facts: { rows: MAX_ROWS } } };
    } else cell += letter;
  }
  if (quoted) return { ok: false, problem: { code: 'csv-quote-open', facts: { row: quoteLine } } };
  endRow();
  return rows.length === 0 ? { ok: false, problem: { code: 'csv-empty', facts: {} } } : { ok: true, rows };
}
