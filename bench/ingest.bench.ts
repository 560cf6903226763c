// Bulk arrival of verified commits in runs of 100, against the same bytes inserted into bare SQLite in transactions as large.
import type { Bench, BenchContext, Report } from './support/report.ts';
import { median, target } from './support/report.ts';
import { freshFolder } from './support/folders.ts';
import { foundBenchHospital, identityOfDesk } from './support/hospital.ts';
import { Helper, helperUrl, type Used } from './support/process.ts';
import { runsOf } from './support/commits.ts';

const RUN = 100;
/** Commits that arrive together: 20 desks with 100 each. */
const BATCH = 2000;

interface Ingested extends Used {
  readonly indexWallMs: number;
  readonly indexCpuMs: number;
}

async function run(context: BenchContext): Promise<Report> {
  const rounds = context.quick ? 1 : 8;
  const desks = ((rounds + 1) * BATCH) / RUN;
  const dir = freshFolder('ingest-hub');
  const hospital = await foundBenchHospital(dir, desks);
  context.say('signing');
  const runs = await runsOf(
    hospital,
    hospital.desks.map(identityOfDesk),
    hospital.desks.map((desk) => desk.range),
    RUN,
    'ingest',
  );
  const replica = new Helper(helperUrl('replica.ts'), [dir]);
  const sqlite = new Helper(helperUrl('sqlite.ts'), [freshFolder('ingest-sqlite.db')]);
  try {
    const batch = (i: number): readonly Uint8Array[] => runs.slice((i * BATCH) / RUN, ((i + 1) * BATCH) / RUN).flat();
    await replica.call('ingest', batch(0));
    await sqlite.call('insertAll', { payloads: batch(0), group: BATCH });
    const seen: { ours: Ingested; bare: Used }[] = [];
    for (let i = 1; i <= rounds; i += 1) {
      const payloads = batch(i);
      const ours = await replica.call<Ingested>('ingest', payloads);
      const bare = await sqlite.call<Used>('insertAll', { payloads, group: BATCH });
      seen.push({ ours, bare });
    }
    const of = (pick: (round: (typeof seen)[number]) => number): number => median(seen.map(pick));
    const per = (
      what: string,
      wall: (r: (typeof seen)[number]) => number,
      cpu: (r: (typeof seen)[number]) => number,
    ): (string | number)[] => [what, BATCH / (of(wall) / 1000), of(wall) / BATCH, of(cpu) / BATCH, BATCH / (of(cpu) / 1000)];
    const ratio = of((r) => r.bare.wallMs / r.ours.indexWallMs);
    const cpuRatio = of((r) => r.bare.cpuMs / r.ours.indexCpuMs);
    return {
      tables: [
        {
          columns: ['what', 'commits per second', 'wall ms each', 'CPU-ms each', 'commits per CPU-second'],
          rows: [
            per(
              'journal and index, verified',
              (r) => r.ours.indexWallMs,
              (r) => r.ours.indexCpuMs,
            ),
            per(
              'documents, views and search on top',
              (r) => r.ours.wallMs - r.ours.indexWallMs,
              (r) => r.ours.cpuMs - r.ours.indexCpuMs,
            ),
            per(
              'all of it',
              (r) => r.ours.wallMs,
              (r) => r.ours.cpuMs,
            ),
            per(
              'bare SQLite',
              (r) => r.bare.wallMs,
              (r) => r.bare.cpuMs,
            ),
          ],
        },
      ],
      targets: [
        target('journal and index with verification, of bare SQLite, by wall', 'at least', 0.5, ratio, '×'),
        target('the same by CPU', 'at least', 0.5, cpuRatio, '×'),
      ],
      notes: [
        `${rounds} batches of ${BATCH} commits (runs of ${RUN} by ${BATCH / RUN} desks, bodies of 400 bytes), interleaved with the same bytes into bare SQLite, one transaction with synchronous=FULL for each batch; ratios are medians of the pairs.`,
      ],
    };
  } finally {
    await Promise.all([replica.stop(), sqlite.stop()]);
  }
}

export const bench: Bench = { name: 'ingest', title: 'Bulk arrival against bare SQLite', run };
