// Verified catch-up between two replicas against PouchDB replication of the same documents: long runs, and a desk's 11 commits.
import fs from 'node:fs';
import type { Bench, BenchContext, Report } from './support/report.ts';
import { median, target } from './support/report.ts';
import { freshFolder } from './support/folders.ts';
import { foundBenchHospital, identityOfDesk } from './support/hospital.ts';
import { Helper, helperUrl, type Used } from './support/process.ts';
import { runsOf } from './support/commits.ts';
import { decodeCommit } from '#journal/commit.ts';
import { NodeCrypto } from '#node/crypto.ts';

const LONG_RUN = 500;
const SHORT_RUN = 11;
const SHORT_DESKS = 80;
/** PouchDB's own default is 100; larger batches serve it better. */
const POUCH_BATCH = 500;

interface Pulled extends Used {
  readonly viewsCpuMs: number;
  readonly viewsWallMs: number;
  readonly received: number;
}

const node = new NodeCrypto();

/** What a commit says, as a document of PouchDB: the JSON of its body of 400 bytes. */
function documentOf(payload: Uint8Array): object {
  const decoded = decodeCommit(payload, (bytes) => node.sha256(bytes));
  if (!decoded.ok || decoded.commit.body === undefined) throw new Error('not a commit with a body');
  const body = JSON.parse(new TextDecoder().decode(decoded.commit.body)) as { command: string }; // made by support/commits.ts
  return { _id: body.command.startsWith('_') ? `x${body.command}` : body.command, ...body };
}

async function run(context: BenchContext): Promise<Report> {
  const rounds = context.quick ? 1 : 5;
  const longDesks = context.quick ? 2 : 4;
  const shortDesks = context.quick ? 6 : SHORT_DESKS;
  const desks = (rounds + 1) * (longDesks + shortDesks);
  const [from, to] = [freshFolder('catch-up-from'), freshFolder('catch-up-to')];
  const hospital = await foundBenchHospital(from, desks);
  fs.cpSync(from, to, { recursive: true });
  context.say('signing');
  const ranges = hospital.desks.map((desk) => desk.range);
  const identities = hospital.desks.map(identityOfDesk);
  const split = (rounds + 1) * longDesks;
  const long = await runsOf(hospital, identities.slice(0, split), ranges.slice(0, split), LONG_RUN, 'catch-up');
  const shorts = await runsOf(hospital, identities.slice(split), ranges.slice(split), SHORT_RUN, 'catch-up-short');
  const pouchFolder = freshFolder('catch-up-pouch');
  fs.mkdirSync(pouchFolder, { recursive: true });
  const ours = new Helper(helperUrl('catch-up.ts'), [from, to]);
  const pouch = new Helper(helperUrl('pouch.ts'), [pouchFolder]);
  const seen: { long: Pulled; pouchLong: Used; short: Used; together: Used; pouchShort: Used }[] = [];
  try {
    for (let i = 0; i <= rounds; i += 1) {
      context.say(i === 0 ? 'warming up' : `round ${i} of ${rounds}`);
      const longRuns = long.slice(i * longDesks, (i + 1) * longDesks);
      const shortRuns = shorts.slice(i * shortDesks, (i + 1) * shortDesks);
      await ours.call('prepare', longRuns.flat());
      const longPulled = await ours.call<Pulled>('pull', longDesks * LONG_RUN);
      if (longPulled.received !== longDesks * LONG_RUN) throw new Error(`received ${longPulled.received}`);
      await pouch.call('prepare', [longRuns.flat().map(documentOf)]);
      const pouchLong = await pouch.call<Used & { written: number }>('replicate', POUCH_BATCH);
      if (pouchLong.written !== longDesks * LONG_RUN) throw new Error(`PouchDB wrote ${pouchLong.written}`);
      const half = Math.floor(shortRuns.length / 2);
      const short = await ours.call<Used>('push', { runs: shortRuns.slice(0, half), together: false });
      const together = await ours.call<Used>('push', { runs: shortRuns.slice(half), together: true });
      await pouch.call(
        'prepare',
        shortRuns.map((one) => one.map(documentOf)),
      );
      const pouchShort = await pouch.call<Used>('replicate', POUCH_BATCH);
      if (i > 0) seen.push({ long: longPulled, pouchLong, short, together, pouchShort });
    }
  } finally {
    await Promise.all([ours.stop(), pouch.stop()]);
  }
  const of = (pick: (round: (typeof seen)[number]) => number): number => median(seen.map(pick));
  const [longCount, shortCount, halfCount] = [longDesks * LONG_RUN, shortDesks * SHORT_RUN, (shortDesks * SHORT_RUN) / 2];
  const row = (
    what: string,
    count: number,
    wall: (r: (typeof seen)[number]) => number,
    cpu: (r: (typeof seen)[number]) => number,
  ): (string | number)[] => [what, count / (of(wall) / 1000), of(cpu) / count, count / (of(cpu) / 1000)];
  const stored = (r: (typeof seen)[number]): number => r.long.cpuMs - r.long.viewsCpuMs;
  const storedWall = (r: (typeof seen)[number]): number => r.long.wallMs - r.long.viewsWallMs;
  return {
    tables: [
      {
        columns: ['what', 'commits or documents per second', 'CPU-ms each', 'per CPU-second'],
        rows: [
          row(`runs of ${LONG_RUN}: verified, durable, indexed (sender and receiver)`, longCount, storedWall, stored),
          row(
            `runs of ${LONG_RUN}: documents, views and search too`,
            longCount,
            (r) => r.long.wallMs,
            (r) => r.long.cpuMs,
          ),
          row(
            `PouchDB, ${longCount} documents`,
            longCount,
            (r) => r.pouchLong.wallMs,
            (r) => r.pouchLong.cpuMs,
          ),
          row(
            `desks with ${SHORT_RUN} commits each, one after the other, all of it`,
            halfCount,
            (r) => r.short.wallMs,
            (r) => r.short.cpuMs,
          ),
          row(
            `desks with ${SHORT_RUN} commits each, at the same moment, all of it`,
            halfCount,
            (r) => r.together.wallMs,
            (r) => r.together.cpuMs,
          ),
          row(
            `PouchDB, ${SHORT_RUN} documents of each desk`,
            shortCount,
            (r) => r.pouchShort.wallMs,
            (r) => r.pouchShort.cpuMs,
          ),
        ],
      },
    ],
    targets: [
      target(
        'runs, journal and index, by CPU against PouchDB',
        'at least',
        20,
        of((r) => r.pouchLong.cpuMs / stored(r)),
        '×',
      ),
      target(
        'runs, with documents and views, by CPU against PouchDB',
        'at least',
        20,
        of((r) => r.pouchLong.cpuMs / r.long.cpuMs),
        '×',
      ),
      target(
        'a desk’s 11 commits, one after the other, all of it, by CPU',
        'at least',
        8,
        of((r) => r.pouchShort.cpuMs / 2 / r.short.cpuMs),
        '×',
      ),
      target(
        'a desk’s 11 commits, one after the other, by wall',
        'at least',
        8,
        of((r) => r.pouchShort.wallMs / 2 / r.short.wallMs),
        '×',
      ),
      target(
        'a desk’s 11 commits, at the same moment, all of it, by CPU',
        'at least',
        8,
        of((r) => r.pouchShort.cpuMs / 2 / r.together.cpuMs),
        '×',
      ),
      target(
        'a desk’s 11 commits, at the same moment, by wall',
        'at least',
        8,
        of((r) => r.pouchShort.wallMs / 2 / r.together.wallMs),
        '×',
      ),
    ],
    notes: [
      `${rounds} interleaved rounds; ratios are medians of the pairs. By wall the runs are ${of((r) => r.pouchLong.wallMs / storedWall(r)).toFixed(1)} × PouchDB without and ${of((r) => r.pouchLong.wallMs / r.long.wallMs).toFixed(1)} × with documents and views.`,
      'Both replicate within one process without a socket, both sides counted. PouchDB 9 on LevelDB, batches of 500, does not sync to disk and verifies nothing; ours verifies every signature or chain, syncs every page and computes hashes again.',
    ],
  };
}

export const bench: Bench = { name: 'catch-up', title: 'Verified catch-up against PouchDB replication', run };
