// A real hospital of three hubs, each a process of its own with its own folder, which can be killed and started again. It must not know desks.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NIRANTAR = join(ROOT, 'nirantar');
const run = promisify(execFile);

export const PASSWORD = 'a long password 1';
/** Starting a process of Node with type stripping, on two cores that run a browser beside it. */
const START_MS = 60_000;
/** Hubs on one machine are in step within seconds; the rest is a busy machine. */
const SETTLE_MS = 90_000;

export interface Digest {
  readonly commits: number;
  readonly heads: string;
  readonly documents: string;
}

export interface Hub {
  readonly name: string;
  readonly dir: string;
  readonly url: string;
  readonly running: boolean;
  start(): Promise<void>;
  /** SIGKILL: nothing is written any more. */
  kill(): Promise<void>;
}

export interface NewUser {
  readonly user: string;
  readonly name: string;
  readonly nameHi?: string;
  readonly roles: readonly string[];
}

export interface Hospital {
  readonly dir: string;
  readonly hubs: readonly Hub[];
  /** Of the first hub: where browsers get the app. */
  readonly url: string;
  invite(desk: string, name: string): Promise<string>;
  createUser(user: NewUser): Promise<void>;
  /** A query of the admin at one hub, by HTTP. */
  ask<R>(hub: Hub, query: string, input: unknown): Promise<R>;
  killAll(): Promise<void>;
  startAll(): Promise<void>;
  digests(): Promise<readonly Digest[]>;
  /** The one digest of all hubs; fails when they do not come to agree. */
  agreed(): Promise<Digest>;
  stop(): Promise<void>;
}

/** The program, as a person would call it; what it prints on stdout, parsed. */
export async function nirantar(...words: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const { stdout } = await run(NIRANTAR, [...words], { maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout) as Readonly<Record<string, unknown>>; // every verb prints one object
}

export async function foundHospital(names: readonly [string, ...string[]] = ['outpatients', 'laboratory', 'wards']): Promise<Hospital> {
  await buildDesks();
  const dir = await mkdtemp(join(tmpdir(), 'nirantar-hospital-'));
  const password = join(dir, 'password.txt');
  await writeFile(password, `${PASSWORD}\n`, { mode: 0o600 });
  const ports = await freePorts(names.length);
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  const hubs = names.map((name, i) => hubProcess(name, join(dir, name), ports[i] ?? 0, urls));
  const [first, ...others] = hubs;
  if (first === undefined) throw new Error('invariant: at least one name');
  await nirantar('init', '--dir', first.dir, '--hospital', 'District Hospital Sitapur', '--admin-password-file', password);
  await first.start();
  for (const hub of others) {
    const { invite } = await nirantar('invite', '--dir', first.dir, '--role', 'hub', '--name', hub.name);
    await nirantar('join', '--dir', hub.dir, '--hub', first.url, '--invite', String(invite));
    await hub.start();
  }
  const tokens = new Map<string, string>();

  async function post<R>(hub: Hub, path: string, input: unknown, token?: string): Promise<R> {
    const response = await fetch(`${hub.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(input),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return JSON.parse(text) as R; // the caller names what that path answers
  }
  async function tokenAt(hub: Hub): Promise<string> {
    const held = tokens.get(hub.url);
    if (held !== undefined) return held;
    const answer = await post<{ readonly result?: { readonly token: string }; readonly token?: string }>(hub, '/api/v1/sessions', {
      user: 'admin',
      password: PASSWORD,
    });
    const token = answer.result?.token ?? answer.token;
    if (token === undefined) throw new Error('a session has a token');
    tokens.set(hub.url, token);
    return token;
  }
  async function digests(): Promise<readonly Digest[]> {
    return Promise.all(hubs.map(async (hub) => (await nirantar('digest', '--dir', hub.dir)) as unknown as Digest)); // as DESIGN section 8 fixes it
  }
  return {
    dir,
    hubs,
    url: first.url,
    invite: async (desk, name) =>
      String((await nirantar('invite', '--dir', first.dir, '--role', 'desk', '--desk', desk, '--name', name))['invite']),
    async createUser(user) {
      await post(first, '/api/v1/commands/createUser', { ...user, password: PASSWORD }, await tokenAt(first));
    },
    async ask<R>(hub: Hub, query: string, input: unknown): Promise<R> {
      const answer = await post<{ readonly result: R }>(hub, `/api/v1/queries/${query}`, input, await tokenAt(hub));
      return answer.result;
    },
    async killAll() {
      // A session lives in the memory of its hub.
      tokens.clear();
      await Promise.all(hubs.map((hub) => hub.kill()));
    },
    async startAll() {
      await Promise.all(hubs.map((hub) => hub.start()));
    },
    digests,
    async agreed() {
      let seen: readonly Digest[] = [];
      for (const end = Date.now() + SETTLE_MS; Date.now() < end;) {
        seen = await digests();
        const [one] = seen;
        if (one !== undefined && new Set(seen.map((each) => JSON.stringify(each))).size === 1) return one;
      }
      throw new Error(`the hubs do not agree: ${JSON.stringify(seen)}`);
    },
    async stop() {
      await Promise.all(hubs.map((hub) => hub.kill()));
      await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

function hubProcess(name: string, dir: string, port: number, urls: readonly string[]): Hub {
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  return {
    name,
    dir,
    url,
    get running() {
      return child !== undefined;
    },
    async start() {
      if (child !== undefined) return;
      const peers = urls.filter((other) => other !== url).flatMap((other) => ['--peer', other]);
      const starting = spawn(NIRANTAR, ['hub', '--dir', dir, '--port', String(port), ...peers], { stdio: ['ignore', 'pipe', 'pipe'] });
      child = starting;
      let errors = '';
      starting.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4000)));
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`hub ${name} did not start: ${errors}`)), START_MS);
        starting.stdout.once('data', () => {
          clearTimeout(timer);
          resolve();
        });
        starting.once('exit', (code) => {
          clearTimeout(timer);
          reject(new Error(`hub ${name} ended with ${code}: ${errors}`));
        });
      });
    },
    async kill() {
      const ending = child;
      child = undefined;
      if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
      const gone = new Promise((resolve) => ending.once('exit', resolve));
      ending.kill('SIGKILL');
      await gone;
    },
  };
}

/** Ports that nobody listened on a moment ago; all are held until all are found, so that no two are the same. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer().once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  return Promise.all(
    servers.map((server) => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('invariant: a TCP server has a port');
      return new Promise<number>((resolve) => server.close(() => resolve(address.port)));
    }),
  );
}

/** `npm test` builds before; a single file that is run by hand builds for itself. */
async function buildDesks(): Promise<void> {
  if (existsSync(join(ROOT, 'dist/desk/index.html'))) return;
  await run(process.execPath, [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production' },
  });
}
