// What a bench says: tables, targets and notes; how they are printed, and how they get into docs/performance.md. It measures nothing.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

export interface Target {
  readonly what: string;
  /** As the issue states it. */
  readonly target: string;
  readonly seen: string;
  readonly met: boolean;
}

export interface Report {
  readonly tables: readonly Table[];
  readonly targets: readonly Target[];
  readonly notes: readonly string[];
}

export interface BenchContext {
  /** A smoke of a few seconds: the figures mean nothing. */
  readonly quick: boolean;
  /** The sizes of the issue where the default takes smaller ones. */
  readonly full: boolean;
  readonly say: (line: string) => void;
}

export interface Bench {
  readonly name: string;
  readonly title: string;
  run(context: BenchContext): Promise<Report>;
}

export function round(value: number, digits = 2): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}

/** Three significant figures are all that a busy machine gives. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return '-';
  if (value >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** `at most` when the limit is a ceiling, `at least` when it is a floor. */
export function target(what: string, wanted: 'at most' | 'at least', limit: number, seen: number, unit: string): Target {
  const met = wanted === 'at most' ? seen <= limit : seen >= limit;
  const by = wanted === 'at most' ? seen / limit : limit / seen;
  const how = met ? '' : ` (missed by ${short((by - 1) * 100)} %)`;
  return { what, target: `${wanted === 'at most' ? '≤' : '≥'} ${limit} ${unit}`, seen: `${short(seen)} ${unit}${how}`, met };
}

export function machine(): string {
  const cpus = os.cpus();
  return `${cpus[0]?.model ?? 'unknown'} × ${cpus.length}, ${Math.round(os.totalmem() / 2 ** 30)} GB, ${os.type()} ${os.release()}, Node ${process.versions.node}`;
}

export function markdown(
  report: Report,
  head: { readonly title: string; readonly startedAt: Date; readonly load: readonly [number, number]; readonly seconds: number },
): string {
  const lines = [
    `### ${head.title}`,
    '',
    `${head.startedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC, ${short(head.seconds)} s, load of the machine ${short(head.load[0])} before and ${short(head.load[1])} after.`,
    '',
  ];
  for (const { columns, rows } of report.tables) {
    lines.push(`| ${columns.join(' | ')} |`, `|${columns.map(() => '---').join('|')}|`);
    for (const row of rows) lines.push(`| ${row.map((cell) => (typeof cell === 'number' ? short(cell) : cell)).join(' | ')} |`);
    lines.push('');
  }
  if (report.targets.length > 0) {
    lines.push('| target | wanted | seen | |', '|---|---|---|---|');
    for (const { what, target: wanted, seen, met } of report.targets)
      lines.push(`| ${what} | ${wanted} | ${seen} | ${met ? 'met' : '**missed**'} |`);
    lines.push('');
  }
  for (const note of report.notes) lines.push(`- ${note}`);
  if (report.notes.length > 0) lines.push('');
  return lines.join('\n');
}

/** Replaces the figures of one bench between its markers; what people wrote around them stays. */
export function writeSection(file: string, name: string, text: string): void {
  const [open, close] = [`<!-- figures:${name} -->`, `<!-- /figures:${name} -->`];
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '# Performance\n';
  const start = before.indexOf(open);
  const end = before.indexOf(close);
  const section = `${open}\n\n${text}\n${close}`;
  const after =
    start >= 0 && end > start ? before.slice(0, start) + section + before.slice(end + close.length) : `${before.trimEnd()}\n\n${section}\n`;
  writeFileSync(file, after);
}
