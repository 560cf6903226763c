// The demo: three hubs as real processes, a front that outlives them, and plugs that can be pulled.
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Output, Running } from '../cli/services.ts';
import { Refused } from '../cli/exit.ts';
import { serveHttp } from '../http-server.ts';
import { writeSecret } from '../key-store.ts';
import { loadStaticFiles } from '../static-files.ts';
import { askOrOpen } from './ask-or-open.ts';
import { buildDesks, DESK_FILES, PROGRAM } from './build-desks.ts';
import { demoPage } from './demo-page.ts';
import { join } from './desk.ts';
import { foundDemo } from './found-demo.ts';

const DEFAULT_DIR = '.demo';
const DEFAULT_PORT = 8400;
/** Where each hub listens, counted from the front's port. */
export const HUBS = [
  { name: 'opd', title: 'Outpatients' },
  { name: 'lab', title: 'Laboratory' },
  { name: 'wards', title: 'Wards' },
] as const;
const STATE_FILE = 'demo.json';
const START_WITHIN_MS = 60_000;

interface Hub {
  readonly name: string;
  readonly title: string;
  readonly dir: string;
  readonly port: number;
  process: ChildProcess | undefined;
}

export async function demo(options: { readonly dir?: string; readonly port?: number }): Promise<Running> {
  const dir = path.resolve(options.dir ?? DEFAULT_DIR);
  await buildDesks(say);
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
  const front = new Front(dir);
  const server = await serveHttp({
    handler: (request) => front.serve(request),
    port: options.port ?? DEFAULT_PORT,
    host: '127.0.0.1',
  }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      throw new Refused(`Port ${options.port ?? DEFAULT_PORT} is taken. Choose another with --port, for example --port 0.`);
    throw error;
  });
  const origin = `http://localhost:${server.port}`;
  say(`open ${origin}/demo in a browser; the hospital is being made ready behind it`);
  const hubs = HUBS.map(({ name, title }, i): Hub => ({
    name,
    title,
    dir: path.join(dir, name),
    port: server.port + 1 + i,
    process: undefined,
  }));
  front.use(hubs, origin);
  fs.writeFileSync(path.join(dir, STATE_FILE), JSON.stringify({ front: origin, pid: process.pid }));
  try {
    await front.makeReady();
  } catch (error) {
    await front.stopAll();
    await server.close();
    throw error;
  }
  return {
    output: {
      front: origin,
      page: `${origin}/demo`,
      hubs: hubs.map((hub) => ({ name: hub.name, url: urlOf(hub), pid: hub.process?.pid ?? null })),
    },
    stop: async () => {
      await front.stopAll();
      await server.close();
    },
  };
}

/** `demo --kill lab` in a second terminal: asks the running front, which ends the process for real. */
export async function demoKill(options: { readonly dir?: string; readonly name: string }): Promise<Output> {
  const dir = path.resolve(options.dir ?? DEFAULT_DIR);
  let state: { front: string };
  try {
    state = JSON.parse(fs.readFileSync(path.join(dir, STATE_FILE), 'utf8')) as { front: string }; // written by demo
  } catch {
    throw new Refused(`No demo runs from ${dir}. Start one with 'nirantar demo'.`);
  }
  const response = await fetch(`${state.front}/demo/kill/${encodeURIComponent(options.name)}`, {
    method: 'POST',
    headers: { 'x-nirantar-demo': '1' },
  }).catch(() => undefined);
  if (response === undefined) throw new Refused(`The demo of ${dir} does not answer. Start it with 'nirantar demo'.`);
  const answer = (await response.json()) as { ok: boolean; message?: string };
  if (!answer.ok) throw new Refused(answer.message ?? 'The hub could not be stopped.');
  return { killed: options.name };
}

class Front {
  readonly #dir: string;
  #hubs: readonly Hub[] = [];
  #origin = '';
  #stage = 'starting';
  #files: Awaited<ReturnType<typeof loadStaticFiles>>;
  #stopping = false;

  constructor(dir: string) {
    this.#dir = dir;
  }

  use(hubs: readonly Hub[], origin: string): void {
    this.#hubs = hubs;
    this.#origin = origin;
  }

  /** First time: founds and fills the hospital at the first hub, lets the others join. Every time: starts all hubs. */
  async makeReady(): Promise<void> {
    const [first, ...others] = this.#hubs;
    if (first === undefined) return;
    if (!fs.existsSync(path.join(first.dir, 'journal'))) {
      const kit = await foundDemo(first.dir, (stage) => this.#tell(stage));
      writeSecret(path.join(this.#dir, 'recovery-kit.json'), JSON.stringify(kit));
    }
    this.#tell('starting the outpatients hub');
    await this.start(first.name);
    for (const hub of others) {
      if (!fs.existsSync(path.join(hub.dir, 'journal'))) {
        this.#tell(`the ${hub.name} hub joins`);
        const { invite } = await askOrOpen(first.dir, 'invite', { role: 'hub', name: hub.title });
        await join({ dir: hub.dir, hub: new URL(urlOf(first)), invite: String(invite) });
      }
      await this.start(hub.name);
    }
    this.#tell('running');
  }

  async start(name: string): Promise<void> {
    const hub = this.#hubs.find((one) => one.name === name);
    if (hub === undefined) throw new Refused(`There is no hub ${name}. There are: ${this.#hubs.map((one) => one.name).join(', ')}.`);
    if (hub.process !== undefined) return;
    const peers = this.#hubs.filter((one) => one !== hub).flatMap((one) => ['--peer', urlOf(one)]);
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        PROGRAM,
        'hub',
        '--dir',
        hub.dir,
        '--port',
        String(hub.port),
        '--origin',
        this.#origin,
        ...peers,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    hub.process = child;
    child.once('exit', () => {
      if (hub.process === child) hub.process = undefined;
      if (!this.#stopping) say(`the ${name} hub has stopped`);
    });
    child.stderr.on('data', (text: Buffer) => {
      if (!text.toString().includes('serving. Stop with')) process.stderr.write(`[${name}] ${text.toString()}`);
    });
    await ready(child, name);
  }

  /** Pulls the plug: no last word, as when the power goes. */
  kill(name: string): { readonly ok: boolean; readonly message?: string } {
    const hub = this.#hubs.find((one) => one.name === name);
    if (hub === undefined)
      return { ok: false, message: `There is no hub ${name}. There are: ${this.#hubs.map((one) => one.name).join(', ')}.` };
    if (hub.process === undefined) return { ok: false, message: `The ${name} hub is not running.` };
    hub.process.kill('SIGKILL');
    return { ok: true };
  }

  async stopAll(): Promise<void> {
    this.#stopping = true;
    await Promise.all(
      this.#hubs.map(async (hub) => {
        const child = hub.process;
        if (child === undefined) return;
        const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
        child.kill('SIGTERM');
        await gone;
      }),
    );
  }

  async serve(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === '/demo' || pathname === '/demo/') return page(demoPage());
    if (pathname === '/demo/state') return Response.json(await this.#state(), { headers: { 'cache-control': 'no-store' } });
    if (pathname === '/demo/enrol') return this.#enrol();
    const act = /^\/demo\/(kill|start)\/([a-z]+)$/.exec(pathname);
    if (act !== null) return this.#act(request, act[1] ?? '', act[2] ?? '');
    this.#files ??= await loadStaticFiles(DESK_FILES);
    return this.#files?.serve(request) ?? new Response('There is nothing at this address.\n', { status: 404 });
  }

  async #act(request: Request, verb: string, name: string): Promise<Response> {
    // A page of somebody else's cannot send this header without being asked about: nobody pulls plugs from outside.
    if (request.method !== 'POST' || request.headers.get('x-nirantar-demo') === null)
      return Response.json({ ok: false, message: 'Use the button on the demo page.' }, { status: 405 });
    if (verb === 'kill') return Response.json(this.kill(name));
    try {
      await this.start(name);
      return Response.json({ ok: true });
    } catch (error) {
      return Response.json({ ok: false, message: error instanceof Error ? error.message : 'The hub did not start.' });
    }
  }

  /** A browser that comes for the first time is made a desk without asking: this hospital is made up. */
  async #enrol(): Promise<Response> {
    for (const hub of this.#hubs) {
      if (hub.process === undefined) continue;
      try {
        const { invite } = await askOrOpen(hub.dir, 'invite', { role: 'desk', desk: 'all', name: '' });
        return Response.json({ hub: urlOf(hub), invite, hubs: this.#hubs.map(urlOf) }, { headers: { 'cache-control': 'no-store' } });
      } catch {
        // Killed a moment ago: the next one is asked.
      }
    }
    return Response.json({ message: 'No hub is running: a new desk needs one, once.' }, { status: 503 });
  }

  async #state(): Promise<unknown> {
    const hubs = await Promise.all(
      this.#hubs.map(async (hub) => {
        const answer =
          hub.process === undefined
            ? undefined
            : await fetch(`${urlOf(hub)}/readyz`, { signal: AbortSignal.timeout(1500) }).catch(() => undefined);
        const facts: unknown = answer === undefined ? undefined : await answer.json().catch(() => undefined);
        return {
          name: hub.name,
          title: hub.title,
          url: urlOf(hub),
          running: hub.process !== undefined,
          answers: answer?.ok ?? false,
          pid: hub.process?.pid ?? null,
          facts,
        };
      }),
    );
    return { stage: this.#stage, origin: this.#origin, hubs };
  }

  #tell(stage: string): void {
    this.#stage = stage;
    say(stage);
  }
}

function page(html: string): Response {
  return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' } });
}

function urlOf(hub: Hub): string {
  return `http://127.0.0.1:${hub.port}`;
}

/** The hub prints one line of JSON when it serves. */
async function ready(child: ChildProcess, name: string): Promise<void> {
  const { stdout } = child;
  if (stdout === null) throw new Error('invariant: stdout is a pipe');
  const lines = createInterface({ input: stdout });
  const timer = setTimeout(() => child.kill('SIGKILL'), START_WITHIN_MS);
  try {
    await new Promise<void>((resolve, reject) => {
      lines.once('line', () => resolve());
      child.once('exit', (code) =>
        reject(new Refused(`The ${name} hub ended with ${code ?? 'a signal'} before it served. What it said stands above.`)),
      );
    });
  } finally {
    clearTimeout(timer);
  }
  stdout.resume();
}

function say(text: string): void {
  process.stderr.write(`nirantar: ${text}\n`);
}
