// Durable commits on a hub: one connection, 16 connections over HTTP, and audited reads, beside bare SQLite in the same run.
import type { Bench, BenchContext, Report } from './support/report.ts';
import { median, percentile, target } from './support/report.ts';
import { bytesBelow, freshFolder } from './support/folders.ts';
import { foundBenchHospital, identityOfDesk, PASSWORD } from './support/hospital.ts';
import { Helper, helperUrl, type Used } from './support/process.ts';
import { runsOf } from './support/commits.ts';
import type { LoadAnswer, LoadOrder } from './helpers/http-load.ts';

interface Round {
  readonly rate: number;
  readonly cpuMs: number;
  readonly p50: number;
  readonly p99: number;
  readonly errors: number;
}

class Loaded {
  readonly #hub: Helper;
  readonly #load: Helper;
  readonly #order: Omit<LoadOrder, 'kind' | 'connections' | 'seed'>;
  uhids: readonly string[] = [];

  constructor(hub: Helper, load: Helper, url: string, seconds: number) {
    this.#hub = hub;
    this.#load = load;
    this.#order = { url, user: 'admin', password: PASSWORD, seconds, warmUpSeconds: 0, pauseMs: 0 };
  }

  async round(kind: LoadOrder['kind'], connections: number, seed: string): Promise<Round> {
    const before = await this.#hub.cpu();
    const done = await this.#load.call<LoadAnswer>('load', {
      ...this.#order,
      kind,
      connections,
      seed,
      ...(kind === 'register' ? {} : { items: this.uhids }),
    });
    const cpu = (await this.#hub.cpu()) - before;
    if (kind === 'register') this.uhids = [...this.uhids, ...done.uhids].slice(-5000);
    if (done.errors > 0) throw new Error(`${done.errors} requests failed, the first with ${done.firstError}`);
    return {
      rate: done.count / done.seconds,
      cpuMs: cpu / done.count,
      p50: median(done.latenciesMs),
      p99: percentile(done.latenciesMs, 0.99),
      errors: done.errors,
    };
  }
}

async function run(context: BenchContext): Promise<Report> {
  const dir = freshFolder('commits-hub');
  const hospital = await foundBenchHospital(dir, 4);
  const identities = hospital.desks.map(identityOfDesk);
  const rounds = context.quick ? 1 : 5;
  const seconds = context.quick ? 0.5 : 3;
  const hub = new Helper(helperUrl('hub.ts'), [dir]);
  const load = new Helper(helperUrl('http-load.ts'));
  const sqlite = new Helper(helperUrl('sqlite.ts'), [freshFolder('commits-sqlite.db')]);
  const runs = await runsOf(
    hospital,
    identities,
    hospital.desks.map((desk) => desk.range),
    context.quick ? 100 : 2000,
    'commits',
  );
  const payloads = runs.flat();
  const perRound = Math.floor(payloads.length / (2 * rounds));
  try {
    const url = await hub.call<string>('url');
    const loaded = new Loaded(hub, load, url, seconds);
    context.say('warming up');
    await loaded.round('register', 16, 'warm-up');
    await loaded.round('read', 16, 'warm-up');
    const commitsBefore = bytesBelow(`${dir}/journal`);
    const seen: { single: Round; sixteen: Round; read: Round; bare: Used; bare16: Used }[] = [];
    for (let i = 0; i < rounds; i += 1) {
      context.say(`round ${i + 1} of ${rounds}`);
      const slice = (part: number): readonly Uint8Array[] => payloads.slice((2 * i + part) * perRound, (2 * i + part + 1) * perRound);
      seen.push({
        single: await loaded.round('register', 1, `single-${i}`),
        bare: await sqlite.call<Used>('insertAll', { payloads: slice(0), group: 1 }),
        sixteen: await loaded.round('register', 16, `sixteen-${i}`),
        bare16: await sqlite.call<Used>('insertAll', { payloads: slice(1), group: 16 }),
        read: await loaded.round('read', 16, `read-${i}`),
      });
    }
    void commitsBefore;
    const of = (pick: (round: (typeof seen)[number]) => number): number => median(seen.map(pick));
    const line = (what: string, key: 'single' | 'sixteen' | 'read'): (string | number)[] => [
      what,
      of((r) => r[key].rate),
      of((r) => r[key].cpuMs),
      of((r) => r[key].p50),
      of((r) => r[key].p99),
    ];
    const bare = (what: string, key: 'bare' | 'bare16'): (string | number)[] => [
      what,
      of((r) => perRound / (r[key].wallMs / 1000)),
      of((r) => r[key].cpuMs / perRound),
      '-',
      '-',
    ];
    return {
      tables: [
        {
          columns: ['what', 'per second', 'CPU-ms each', 'p50 ms', 'p99 ms'],
          rows: [
            line('registration over HTTP, 1 connection', 'single'),
            bare('bare SQLite, a transaction each', 'bare'),
            line('registration over HTTP, 16 connections', 'sixteen'),
            bare('bare SQLite, transactions of 16', 'bare16'),
            line('audited read of a patient, 16 connections', 'read'),
          ],
        },
      ],
      targets: [
        target(
          'durable registration through HTTP, 16 connections',
          'at most',
          0.8,
          of((r) => r.sixteen.cpuMs),
          'CPU-ms',
        ),
        target(
          'audited read through HTTP, 16 connections',
          'at most',
          0.3,
          of((r) => r.read.cpuMs),
          'CPU-ms',
        ),
      ],
      notes: [
        `Medians of ${rounds} rounds of ${seconds} s, interleaved. CPU is that of the hub's process with all its threads; the load comes from another process and is not counted.`,
        'Bare SQLite inserts commits with bodies of 400 bytes into one table keyed by (device, epoch, seq), synchronous=FULL, in process: no HTTP, no check, no document.',
      ],
    };
  } finally {
    await Promise.all([hub.stop(), load.stop(), sqlite.stop()]);
  }
}

export const bench: Bench = { name: 'commits', title: 'Durable commits on a hub over HTTP', run };
