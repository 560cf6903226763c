// 5,500 desks come back with 60,000 commits between them, while others go on registering and reading at the same hub.
import type { Bench, BenchContext, Report } from './support/report.ts';
import { percentile, target } from './support/report.ts';
import { freshFolder } from './support/folders.ts';
import { foundBenchHospital, PASSWORD } from './support/hospital.ts';
import { Helper, helperUrl } from './support/process.ts';
import type { LoadAnswer, LoadOrder } from './helpers/http-load.ts';
import type { ReturnAnswer } from './helpers/returning-desks.ts';

/** All are back within this time, as after a switch that was repaired. */
const WITHIN_MS = 10_000;
/** Live work meanwhile: 8 desks, each with a pause between two requests. */
const LIVE_DESKS = 8;
const LIVE_PAUSE_MS = 300;

async function run(context: BenchContext): Promise<Report> {
  const [desks, commits, within] = context.quick ? [100, 1000, 200] : [5500, 60_000, WITHIN_MS];
  const dir = freshFolder('return-hub');
  context.say(`enrolling ${desks} desks`);
  await foundBenchHospital(dir, desks);
  const returning = new Helper(helperUrl('returning-desks.ts'));
  const live = new Helper(helperUrl('http-load.ts'));
  const hub = new Helper(helperUrl('hub.ts'), [dir]);
  try {
    context.say(`signing ${commits} commits`);
    const made = await returning.call<number>('prepare', { dir, commits });
    const url = await hub.call<string>('url');
    const order: LoadOrder = {
      url,
      user: 'admin',
      password: PASSWORD,
      connections: LIVE_DESKS,
      seconds: 1,
      warmUpSeconds: 1,
      pauseMs: 0,
      kind: 'register',
      seed: 'live',
    };
    const first = await live.call<LoadAnswer>('load', order);
    const memoryBefore = await hub.call<number>('memory');
    const before = await hub.cpu();
    context.say('they come back');
    let ended = false;
    const liveMs: number[] = [];
    let liveErrors = 0;
    const liveWork = (async () => {
      while (!ended) {
        for (const kind of ['register', 'read'] as const) {
          const done = await live.call<LoadAnswer>('load', {
            ...order,
            kind,
            warmUpSeconds: 0,
            pauseMs: LIVE_PAUSE_MS,
            items: first.uhids,
          });
          liveMs.push(...done.latenciesMs);
          liveErrors += done.errors;
        }
      }
    })();
    const done = await returning.call<ReturnAnswer>('go', { url, withinMs: within });
    ended = true;
    await liveWork;
    const cpu = (await hub.cpu()) - before;
    const memory = await hub.call<number>('memory');
    const errors = done.errors + liveErrors;
    return {
      tables: [
        {
          columns: ['what', 'figure'],
          rows: [
            ['desks, commits', `${done.drained}, ${made}`],
            ['back within', `${within / 1000} s`],
            ['all pushed and acknowledged after', `${done.seconds.toFixed(1)} s`],
            ['commits per second', made / done.seconds],
            ['hub CPU for each desk (session, push, acknowledgement)', `${(cpu / done.drained).toFixed(2)} ms`],
            ['hub CPU in all, live work included', `${(cpu / 1000).toFixed(1)} s`],
            [
              'one desk, p50 / p99',
              `${(percentile(done.deskMs, 0.5) / 1000).toFixed(2)} / ${(percentile(done.deskMs, 0.99) / 1000).toFixed(2)} s`,
            ],
            [
              'asked to come back (503), late answers tried again, errors',
              `${done.asked}, ${done.late}, ${errors}${done.firstError === undefined ? '' : ` (${done.firstError})`}`,
            ],
            ['live requests meanwhile', liveMs.length],
            [
              'live work p50 / p99 / longest',
              `${Math.round(percentile(liveMs, 0.5))} / ${Math.round(percentile(liveMs, 0.99))} / ${Math.round(Math.max(...liveMs))} ms`,
            ],
            ['hub memory before, after', `${Math.round(memoryBefore / 2 ** 20)}, ${Math.round(memory / 2 ** 20)} MB`],
          ],
        },
      ],
      targets: [
        target(`${desks} desks drained`, 'at most', 60, done.seconds, 's'),
        target('errors', 'at most', 0, errors, ''),
        target('live work meanwhile, p99', 'at most', 1, percentile(liveMs, 0.99) / 1000, 's'),
      ],
      notes: [
        'Each desk has a connection, a key and a chain of its own; the two load processes run on the same two cores as the hub and their CPU is not counted.',
      ],
    };
  } finally {
    await Promise.all([hub.stop(), live.stop(), returning.stop()]);
  }
}

export const bench: Bench = { name: 'return', title: '5,500 desks return with 60,000 commits', run };
