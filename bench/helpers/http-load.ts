// People at desks without a replica: commands and queries over HTTP from a process whose CPU is not counted.
import http from 'node:http';
import { generatePatients, type SyntheticPatient } from '#importers/synthetic/patients.ts';
import { registerPatient } from '#importers/synthetic/visit-commands.ts';
import { serveHelper } from '../support/process.ts';

export interface LoadOrder {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly connections: number;
  readonly seconds: number;
  /** Asked before the measured part and thrown away. */
  readonly warmUpSeconds: number;
  /** Pause of each connection between two requests; 0 is a closed loop at full speed. */
  readonly pauseMs: number;
  readonly kind: 'register' | 'visit' | 'read' | 'search';
  readonly seed: string;
  /** UHIDs to read or to start visits for; search texts for `search`. */
  readonly items?: readonly string[];
}

export interface LoadAnswer {
  readonly count: number;
  readonly errors: number;
  readonly seconds: number;
  readonly latenciesMs: readonly number[];
  /** What came back of a registration. */
  readonly uhids: readonly string[];
  readonly firstError?: string;
  readonly bytesSent: number;
}

interface Reply {
  readonly status: number;
  readonly text: string;
}

function post(agent: http.Agent, base: URL, path: string, body: string, token: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
    };
    const request = http.request({ agent, host: base.hostname, port: base.port, path, method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

let pool: Generator<SyntheticPatient> | undefined;
let poolSeed = '';
let token = '';
let tokenFor = '';

async function signIn(order: LoadOrder, agent: http.Agent, base: URL): Promise<void> {
  if (tokenFor === order.url) return;
  const reply = await post(agent, base, '/api/v1/sessions', JSON.stringify({ user: order.user, password: order.password }), '');
  const answer = JSON.parse(reply.text) as { token?: string }; // the hub's answer to a sign-in
  if (answer.token === undefined) throw new Error(`sign-in refused: ${reply.text.slice(0, 200)}`);
  token = answer.token;
  tokenFor = order.url;
}

function nextRequest(order: LoadOrder, i: number): { path: string; body: string } {
  const items = order.items ?? [];
  const item = items[i % Math.max(1, items.length)] ?? '';
  if (order.kind === 'read') return { path: '/api/v1/queries/patient', body: JSON.stringify({ uhid: item }) };
  if (order.kind === 'search') return { path: '/api/v1/queries/patients', body: JSON.stringify({ search: item }) };
  if (order.kind === 'visit') return { path: '/api/v1/commands/startVisit', body: JSON.stringify({ uhid: item, department: 'EMERG' }) };
  if (pool === undefined || poolSeed !== order.seed) {
    pool = generatePatients(order.seed, 10_000_000);
    poolSeed = order.seed;
  }
  const drawn = pool.next();
  if (drawn.done === true) throw new Error('invariant: the generator gives ten million');
  return { path: '/api/v1/commands/registerPatient', body: JSON.stringify(registerPatient(drawn.value).with) };
}

async function load(order: LoadOrder): Promise<LoadAnswer> {
  const base = new URL(order.url);
  const agent = new http.Agent({ keepAlive: true, maxSockets: order.connections, scheduling: 'fifo' });
  await signIn(order, agent, base);
  let asked = 0;
  const run = async (untilMs: number, keep: boolean): Promise<Omit<LoadAnswer, 'seconds'>> => {
    const latenciesMs: number[] = [];
    const uhids: string[] = [];
    let errors = 0;
    let bytesSent = 0;
    let firstError: string | undefined;
    const one = async (): Promise<void> => {
      while (performance.now() < untilMs) {
        const { path, body } = nextRequest(order, (asked += 1));
        const started = performance.now();
        const reply = await post(agent, base, path, body, token).catch((error: unknown) => ({ status: 0, text: String(error) }));
        if (keep) latenciesMs.push(performance.now() - started);
        bytesSent += body.length;
        if (reply.status !== 200) {
          errors += 1;
          firstError ??= `${reply.status} ${reply.text.slice(0, 200)}`;
        } else if (order.kind === 'register' && keep) uhids.push((JSON.parse(reply.text) as { result: { uhid: string } }).result.uhid); // the command's result
        if (order.pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, order.pauseMs));
      }
    };
    await Promise.all(Array.from({ length: order.connections }, one));
    return {
      count: latenciesMs.length - (keep ? errors : 0),
      errors,
      latenciesMs,
      uhids,
      bytesSent,
      ...(firstError === undefined ? {} : { firstError }),
    };
  };
  if (order.warmUpSeconds > 0) await run(performance.now() + order.warmUpSeconds * 1000, false);
  process.send?.({ id: -1 });
  const started = performance.now();
  const done = await run(started + order.seconds * 1000, true);
  agent.destroy();
  return { ...done, seconds: (performance.now() - started) / 1000 };
}

serveHelper({ load, stop: () => undefined });
