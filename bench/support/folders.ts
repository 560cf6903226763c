// Where benches keep their data: below the temporary folder, made once and used again while the formats stay the same.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const BENCH_ROOT = process.env['NIRANTAR_BENCH_DIR'] ?? path.join(os.tmpdir(), 'nirantar-bench');

/** An empty folder for one run. */
export function freshFolder(name: string): string {
  const folder = path.join(BENCH_ROOT, `run-${process.pid}`, name);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  return folder;
}

export function dropRunFolders(): void {
  fs.rmSync(path.join(BENCH_ROOT, `run-${process.pid}`), { recursive: true, force: true });
}

/** Bytes of all files below a folder, or of one file. */
export function bytesBelow(place: string): number {
  const info = fs.statSync(place, { throwIfNoEntry: false });
  if (info === undefined) return 0;
  if (!info.isDirectory()) return info.size;
  return fs.readdirSync(place).reduce((sum, name) => sum + bytesBelow(path.join(place, name)), 0);
}
