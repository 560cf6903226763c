// Commands, queries and search by name on a hub and on a headless desk that hold very many patients.
import fs from 'node:fs';
import type { Bench, BenchContext, Report } from './support/report.ts';
import { percentile, target } from './support/report.ts';
import { freshFolder } from './support/folders.ts';
import { becomeDesk, PASSWORD, readBenchHospital } from './support/hospital.ts';
import { HeadlessProcess } from './support/headless.ts';
import { patientsData } from './support/patients-data.ts';
import { Helper, helperUrl } from './support/process.ts';
import { heldUhids, searchTexts } from './support/search-texts.ts';
import type { LoadAnswer, LoadOrder } from './helpers/http-load.ts';
import { generatePatients } from '#importers/synthetic/patients.ts';
import { registerPatient } from '#importers/synthetic/visit-commands.ts';

interface Figures {
  readonly kind: 'command' | 'search' | 'read';
  readonly what: string;
  readonly latenciesMs: readonly number[];
  readonly cpuMs: number;
}

interface Item {
  readonly kind: Figures['kind'];
  readonly what: string;
  readonly order: LoadOrder['kind'];
  readonly items: readonly string[];
}

function itemsOf(patients: number): readonly Item[] {
  const texts = searchTexts(patients, 2000);
  const uhids = heldUhids(patients, 5000);
  const search = (what: string, items: readonly string[]): Item => ({ kind: 'search', what: `search: ${what}`, order: 'search', items });
  return [
    { kind: 'command', what: 'register a patient', order: 'register', items: [] },
    { kind: 'command', what: 'start a visit', order: 'visit', items: uhids },
    { kind: 'read', what: 'read a record by UHID (audited)', order: 'read', items: uhids },
    search('name in Latin letters', texts.latin),
    search('the same, spelled otherwise', texts.variant),
    search('name in Devanagari', texts.devanagari),
    search('three letters of each word', texts.beginning),
    search('first name only', texts.firstName),
    search('phone', texts.phone),
    search('UHID', uhids),
  ];
}

async function onHub(dir: string, items: readonly Item[], seconds: number): Promise<readonly Figures[]> {
  const hub = new Helper(helperUrl('hub.ts'), [dir]);
  const load = new Helper(helperUrl('http-load.ts'));
  try {
    const url = await hub.call<string>('url');
    const figures: Figures[] = [];
    const order: Omit<LoadOrder, 'kind' | 'items' | 'seconds'> = {
      url,
      user: 'admin',
      password: PASSWORD,
      connections: 2,
      warmUpSeconds: 0,
      pauseMs: 0,
      seed: 'at-size',
    };
    for (const item of items) {
      await load.call('load', { ...order, kind: item.order, items: item.items, seconds: seconds / 4 });
      const before = await hub.cpu();
      const done = await load.call<LoadAnswer>('load', { ...order, kind: item.order, items: item.items, seconds });
      if (done.errors > 0) throw new Error(`${item.what}: ${done.firstError}`);
      figures.push({ kind: item.kind, what: item.what, latenciesMs: done.latenciesMs, cpuMs: ((await hub.cpu()) - before) / done.count });
    }
    return figures;
  } finally {
    await Promise.all([hub.stop(), load.stop()]);
  }
}

async function onDesk(
  dir: string,
  items: readonly Item[],
  seconds: number,
): Promise<{ readonly figures: readonly Figures[]; readonly startMs: number; readonly memoryMb: number }> {
  const started = performance.now();
  const desk = new HeadlessProcess(dir);
  const signedIn = await desk.ask({ signIn: { user: 'admin', password: PASSWORD } });
  if (!signedIn.ok) throw new Error(`sign-in: ${signedIn.code}`);
  const startMs = performance.now() - started;
  const figures: Figures[] = [];
  const newcomers = generatePatients('at-the-desk', 1_000_000);
  const line = (item: Item, i: number): object => {
    const text = item.items[i % Math.max(1, item.items.length)] ?? '';
    if (item.order === 'search') return { as: 'admin', ask: 'patients', with: { search: text } };
    if (item.order === 'read') return { as: 'admin', ask: 'patient', with: { uhid: text } };
    if (item.order === 'visit') return { as: 'admin', do: 'startVisit', with: { uhid: text, department: 'EMERG' } };
    const next = newcomers.next();
    return { as: 'admin', do: 'registerPatient', with: next.done === true ? {} : registerPatient(next.value).with };
  };
  for (const item of items) {
    for (let i = 0; i < 20; i += 1) await desk.ask(line(item, i));
    const latenciesMs: number[] = [];
    const before = desk.cpuMs();
    const until = performance.now() + seconds * 1000;
    for (let i = 20; performance.now() < until; i += 1) {
      const asked = performance.now();
      const answer = await desk.ask(line(item, i));
      latenciesMs.push(performance.now() - asked);
      if (!answer.ok) throw new Error(`${item.what}: ${answer.code} ${answer.message}`);
    }
    figures.push({ kind: item.kind, what: item.what, latenciesMs, cpuMs: (desk.cpuMs() - before) / latenciesMs.length });
  }
  const memoryMb = desk.memoryMb();
  await desk.stop();
  return { figures, startMs, memoryMb };
}

async function run(context: BenchContext): Promise<Report> {
  const patients = context.quick ? 4000 : context.full ? 1_500_000 : 150_000;
  const data = await patientsData(patients, context.say);
  const dir = freshFolder('patients');
  context.say('copying');
  fs.cpSync(data, dir, { recursive: true });
  const items = itemsOf(patients);
  const seconds = context.quick ? 0.3 : 3;
  context.say('hub');
  const hub = await onHub(dir, items, seconds);
  const [first] = readBenchHospital(dir).desks;
  if (first === undefined) throw new Error('invariant: the data set has desks');
  await becomeDesk(dir, first);
  context.say('headless desk');
  const desk = await onDesk(dir, items, seconds);
  const row = (figure: Figures): (string | number)[] => [
    figure.what,
    figure.latenciesMs.length,
    figure.cpuMs,
    percentile(figure.latenciesMs, 0.5),
    percentile(figure.latenciesMs, 0.99),
    Math.max(...figure.latenciesMs),
  ];
  const worst = (figures: readonly Figures[], kind: Figures['kind']): number =>
    Math.max(...figures.filter((figure) => figure.kind === kind).map((figure) => percentile(figure.latenciesMs, 0.99)));
  const size = patients.toLocaleString('en');
  return {
    tables: [
      {
        columns: [`hub with ${size} patients, over HTTP, 2 connections`, 'asked', 'CPU-ms each', 'p50 ms', 'p99 ms', 'longest ms'],
        rows: hub.map(row),
      },
      {
        columns: [`headless desk with ${size} patients`, 'asked', 'CPU-ms each', 'p50 ms', 'p99 ms', 'longest ms'],
        rows: desk.figures.map(row),
      },
    ],
    targets: [
      target(`search p99 at ${size} patients, worst kind, hub`, 'at most', 50, worst(hub, 'search'), 'ms'),
      target('the same on the desk', 'at most', 50, worst(desk.figures, 'search'), 'ms'),
      target('command p99, hub', 'at most', 20, worst(hub, 'command'), 'ms'),
      target('the same on the desk', 'at most', 20, worst(desk.figures, 'command'), 'ms'),
    ],
    notes: [
      `The desk holds the whole history as the hub does. From the start of its process to signed in: ${(desk.startMs / 1000).toFixed(1)} s; memory ${Math.round(desk.memoryMb)} MB. Wall times include whatever else ran on the two cores.`,
      'Names come from the data set itself: as registered, spelled otherwise (i for ee, s for sh, w for v …), in Devanagari, and only begun. The answer is capped and says that there is more.',
    ],
  };
}

export const bench: Bench = { name: 'patients', title: 'Commands, queries and search at size', run };
