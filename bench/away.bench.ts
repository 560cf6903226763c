// A desk comes back with eight days of work, while one desk registers patients and a third one waits to see them.
import { freshFolder } from './support/folders.ts';
import { foundBenchHospital } from './support/hospital.ts';
import { Helper, helperUrl } from './support/process.ts';
import { percentile, target, type Bench, type BenchContext, type Report } from './support/report.ts';

/** About eight days of a busy desk: some six commits a visit. */
const VISITS_AWAY = 1000;
const PAUSE_MS = 100;
const QUIET = 30;

interface Work {
  readonly answered: number;
  readonly arrived: number;
}

async function run(context: BenchContext): Promise<Report> {
  const dir = freshFolder('away-hub');
  await foundBenchHospital(dir, 0);
  const hub = new Helper(helperUrl('hub.ts'), [dir]);
  const desks = ['writes', 'reads', 'was away'].map(() => new Helper(helperUrl('desk.ts')));
  const [writes, reads, away] = desks;
  if (writes === undefined || reads === undefined || away === undefined) throw new Error('invariant: three desks');
  try {
    const url = await hub.call<string>('url');
    for (const desk of desks) await desk.call('join', { url, invite: await hub.call<string>('invite', 'all') });
    context.say('eight days at a desk that reaches no hub');
    const made = await away.call<number>('visits', { visits: context.quick ? 40 : VISITS_AWAY, seed: 11 });
    for (const desk of [writes, reads]) {
      await desk.call('use', url);
      await desk.call('live');
    }
    const work = async (name: string): Promise<Work> => {
      const { uhid, askedAt, answeredAt } = await writes.call<{ uhid: string; askedAt: number; answeredAt: number }>('register', name);
      const done = { answered: answeredAt - askedAt, arrived: (await reads.call<number>('arrival', uhid)) - askedAt };
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      return done;
    };
    const quiet: Work[] = [];
    for (let i = 0; i < (context.quick ? 3 : QUIET); i += 1) quiet.push(await work(`Quiet ${i}`));
    context.say('it comes back');
    const before = { hub: await hub.cpu(), reads: await reads.cpu() };
    const from = performance.now();
    await away.call('use', url);
    const meanwhile: Work[] = [];
    while ((await away.call<number>('waiting')) > 0) meanwhile.push(await work(`Live ${meanwhile.length}`));
    const seconds = (performance.now() - from) / 1000;
    const cpu = { hub: (await hub.cpu()) - before.hub, reads: (await reads.cpu()) - before.reads };
    const row = (what: string, all: readonly Work[]): (string | number)[] => {
      const arrived = all.map((one) => one.arrived);
      const answered = all.map((one) => one.answered);
      return [
        what,
        all.length,
        `${percentile(answered, 0.5)} / ${percentile(answered, 0.99)} ms`,
        `${percentile(arrived, 0.5)} / ${percentile(arrived, 0.99)} / ${Math.max(...arrived)} ms`,
      ];
    };
    const arrived = meanwhile.map((one) => one.arrived);
    return {
      tables: [
        {
          columns: ['registration at one desk', 'times', 'answered p50 / p99', 'seen at the third desk p50 / p99 / longest'],
          rows: [row('nobody comes back (baseline)', quiet), row('while the desk comes back', meanwhile)],
        },
        {
          columns: ['what', 'figure'],
          rows: [
            ['commits brought', made],
            ['all on the hub after', `${seconds.toFixed(1)} s`],
            ['hub CPU', `${(cpu.hub / 1000).toFixed(1)} s`],
            ['CPU of the desk that reads', `${(cpu.reads / 1000).toFixed(1)} s`],
            [
              'longest arrival against the baseline’s median',
              Math.max(...arrived) /
                percentile(
                  quiet.map((one) => one.arrived),
                  0.5,
                ),
            ],
          ],
        },
      ],
      targets: [target('live work reaches a third desk meanwhile, p99', 'at most', 2, percentile(arrived, 0.99) / 1000, 's')],
      notes: ['Hub and three desks are processes of their own on the same cores; the times go through replication over HTTP.'],
    };
  } finally {
    await Promise.all([hub.stop(), ...desks.map((desk) => desk.stop())]);
  }
}

export const bench: Bench = { name: 'away', title: 'A desk returns with eight days of work, others work on', run };
