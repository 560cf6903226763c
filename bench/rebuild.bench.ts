// Full rebuild: index, documents, views and search from the journal alone; and an ordinary start on the same folder.
import fs from 'node:fs';
import path from 'node:path';
import type { Bench, BenchContext, Report } from './support/report.ts';
import { freshFolder } from './support/folders.ts';
import { patientsData } from './support/patients-data.ts';
import { Helper, helperUrl, type Used } from './support/process.ts';

interface OpenedIn extends Used {
  readonly commits: number;
}

async function opening(dir: string): Promise<OpenedIn> {
  const helper = new Helper(helperUrl('open.ts'));
  try {
    return await helper.call<OpenedIn>('open', dir);
  } finally {
    await helper.stop();
  }
}

async function run(context: BenchContext): Promise<Report> {
  const patients = context.quick ? 4000 : context.full ? 1_500_000 : 50_000;
  const data = await patientsData(patients, context.say);
  const dir = freshFolder('rebuild');
  fs.cpSync(data, dir, { recursive: true, filter: (file) => !file.startsWith(path.join(data, 'index')) });
  context.say('rebuilding');
  const rebuilt = await opening(dir);
  const start = await opening(dir);
  const million = 1_000_000 / rebuilt.commits;
  return {
    tables: [
      {
        columns: ['what', 'wall', 'CPU', 'for a million events, wall', 'for a million events, CPU'],
        rows: [
          [
            `full rebuild of ${rebuilt.commits} events`,
            `${(rebuilt.wallMs / 1000).toFixed(1)} s`,
            `${(rebuilt.cpuMs / 1000).toFixed(1)} s`,
            `${((rebuilt.wallMs * million) / 1000).toFixed(0)} s`,
            `${((rebuilt.cpuMs * million) / 1000).toFixed(0)} s`,
          ],
          ['ordinary start on the same', `${(start.wallMs / 1000).toFixed(2)} s`, `${(start.cpuMs / 1000).toFixed(2)} s`, '-', '-'],
        ],
      },
    ],
    targets: [],
    notes: ['Registrations with bodies of about 650 bytes, one event each. The journal was read before (page cache).'],
  };
}

export const bench: Bench = { name: 'rebuild', title: 'Full rebuild', run };
