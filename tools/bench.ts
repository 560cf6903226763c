// `npm run bench [-- NAME…] [--quick] [--full] [--dry]`: runs the benches one after the other, prints their tables and writes
// the figures with machine and date into docs/performance.md. `--quick` is a smoke, `--dry` prints only.
import os from 'node:os';
import path from 'node:path';
import { existsSync } from 'node:fs';
import { dropRunFolders } from '../bench/support/folders.ts';
import { type Bench, machine, markdown, writeSection } from '../bench/support/report.ts';

const NAMES = ['commits', 'ingest', 'catch-up', 'patients', 'return', 'away', 'browser', 'rebuild', 'size'];
const DOCUMENT = path.join(import.meta.dirname, '../docs/performance.md');

const flags = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = [
  ...asked.filter((name) => !NAMES.includes(name)),
  ...flags.filter((flag) => !['--quick', '--full', '--dry'].includes(flag)),
];
if (unknown.length > 0) {
  console.error(`There is no bench or flag ${unknown.join(', ')}. Benches: ${NAMES.join(', ')}. Flags: --quick, --full, --dry.`);
  process.exit(2);
}
const quick = flags.includes('--quick');
const write = !quick && !flags.includes('--dry');
if (write) writeSection(DOCUMENT, 'machine', `Machine of the figures below: ${machine()}.\n`);

let failed = 0;
for (const name of asked.length > 0 ? asked : NAMES) {
  const file = path.join(import.meta.dirname, `../bench/${name}.bench.ts`);
  if (!existsSync(file)) continue;
  const { bench } = (await import(file)) as { bench: Bench }; // every bench file exports one
  const startedAt = new Date();
  const before = os.loadavg()[0] ?? 0;
  console.error(`${name}: ${bench.title}`);
  try {
    const report = await bench.run({ quick, full: flags.includes('--full'), say: (line) => console.error(`  ${line}`) });
    const seconds = (Date.now() - startedAt.getTime()) / 1000;
    const text = markdown(report, { title: bench.title, startedAt, load: [before, os.loadavg()[0] ?? 0], seconds });
    console.log(text);
    if (write) writeSection(DOCUMENT, name, text);
  } catch (error) {
    failed += 1;
    console.error(`${name} FAILED`, error);
  }
}
dropRunFolders();
process.exit(failed === 0 ? 0 : 1);
