// Thousands of desks that come back at once, each with its own connection, key and unsent commits, speaking the real protocol.
import http from 'node:http';
import { toBase64Url } from '#kernel/shared/bytes.ts';
import { encodeWire } from '#journal/wire.ts';
import { epochId } from '#journal/refs.ts';
import { generatePatients } from '#importers/synthetic/patients.ts';
import type { Identity } from '#roles/replica/own-chain.ts';
import { DEADLINE_MS, helloAnswer, PROTOCOL, sessionAnswer, stateAnswer } from '#roles/sync/protocol.ts';
import { proofBytes } from '#roles/sync/proof.ts';
import { NodeCrypto } from '#node/crypto.ts';
import { BenchWriter } from '../support/commits.ts';
import { identityOfDesk, readBenchHospital } from '../support/hospital.ts';
import { serveHelper } from '../support/process.ts';

export interface ReturnOrder {
  readonly dir: string;
  readonly commits: number;
}

export interface ReturnAnswer {
  readonly seconds: number;
  readonly drained: number;
  readonly commits: number;
  /** Calls that did not answer within the deadline of a real link, and were tried again. */
  readonly late: number;
  /** Answers of 503 with a time to come back. */
  readonly asked: number;
  readonly errors: number;
  readonly firstError?: string;
  /** From the first call of a desk to the hub's word that it holds everything. */
  readonly deskMs: readonly number[];
}

/** A link gives a call that moves commits longer than a question. */
const PUSH_DEADLINE_MS = 30_000;
const FIRST_BACKOFF_MS = 250;
const MAX_BACKOFF_MS = 5000;
const node = new NodeCrypto();

interface Desk {
  readonly identity: Identity;
  readonly wire: Uint8Array;
  readonly head: number;
  readonly agent: http.Agent;
}

let desks: Desk[] = [];
const count = { late: 0, asked: 0, errors: 0, firstError: undefined as string | undefined };

async function prepare({ dir, commits }: ReturnOrder): Promise<number> {
  const hospital = readBenchHospital(dir);
  const patients = generatePatients('returning', commits + hospital.desks.length);
  const each = Math.ceil(commits / hospital.desks.length);
  desks = [];
  let made = 0;
  for (const desk of hospital.desks) {
    const identity = identityOfDesk(desk);
    const writer = new BenchWriter(identity, desk.range, hospital);
    const payloads: Uint8Array[] = [];
    for (let i = 0; i < each && made < commits; i += 1, made += 1) {
      const next = patients.next();
      if (next.done !== true) payloads.push(await writer.small(next.value));
    }
    if (payloads.length > 0)
      desks.push({
        identity,
        wire: encodeWire(payloads),
        head: payloads.length,
        agent: new http.Agent({ keepAlive: true, maxSockets: 1 }),
      });
  }
  return made;
}

class Late extends Error {}

class Busy extends Error {
  readonly seconds: number;
  constructor(seconds: number) {
    super('busy');
    this.seconds = seconds;
  }
}

function call(
  base: URL,
  desk: Desk,
  verb: string,
  body: Uint8Array,
  token: string,
  deadlineMs: number,
): Promise<{ status: number; body: Buffer; retryAfter: number }> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/octet-stream',
      'content-length': body.length,
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
    };
    const request = http.request(
      { agent: desk.agent, host: base.hostname, port: base.port, path: `/sync/${verb}`, method: 'POST', headers },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          clearTimeout(timer);
          resolve({
            status: response.statusCode ?? 0,
            body: Buffer.concat(chunks),
            retryAfter: Number(response.headers['retry-after'] ?? 0),
          });
        });
      },
    );
    const timer = setTimeout(() => request.destroy(new Late(`${verb} is late`)), deadlineMs);
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    request.end(body);
  });
}

const text = new TextEncoder();
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** One session as a link opens it: prove, say what is held, push, hear what the hub holds. */
async function session(base: URL, desk: Desk): Promise<void> {
  const ask = async <T>(verb: string, request: unknown, token: string, schema: { parse(value: unknown): T }): Promise<T> => {
    const reply = await call(base, desk, verb, text.encode(JSON.stringify(request)), token, DEADLINE_MS);
    if (reply.status === 503 && reply.retryAfter > 0) throw new Busy(reply.retryAfter);
    if (reply.status !== 200) throw new Error(`${verb} ${reply.status} ${reply.body.toString().slice(0, 100)}`);
    return schema.parse(JSON.parse(reply.body.toString()));
  };
  const hello = await ask('hello', {}, '', helloAnswer);
  const device = desk.identity.device.slice('device/'.length);
  const nonce = Buffer.from(hello.nonce, 'base64url');
  const opened = await ask(
    'session',
    {
      protocol: PROTOCOL,
      device,
      epoch: epochId(desk.identity.epochBytes),
      nonce: hello.nonce,
      mine: toBase64Url(node.randomBytes(32)),
      signature: toBase64Url(await desk.identity.signer.sign(proofBytes('caller', nonce, device))),
    },
    '',
    sessionAnswer,
  );
  const scope = { kind: 'desk', departments: [], days: 30 };
  await ask('state', { scope }, opened.token, stateAnswer);
  for (;;) {
    const reply = await call(base, desk, 'push', desk.wire, opened.token, PUSH_DEADLINE_MS);
    if (reply.status === 200) break;
    if (reply.status !== 503) throw new Error(`push ${reply.status} ${reply.body.toString().slice(0, 100)}`);
    count.asked += 1;
    await sleep(reply.retryAfter * 1000 * (1 + Math.random()));
  }
  const after = await ask('state', { scope }, opened.token, stateAnswer);
  if (after.yours[0]?.[1].headSeq !== desk.head) throw new Error('the hub does not hold what it acknowledged');
}

async function comeBack(base: URL, desk: Desk, withinMs: number): Promise<number> {
  await sleep(Math.random() * withinMs);
  const started = performance.now();
  for (let backoff = FIRST_BACKOFF_MS; ; backoff = Math.min(MAX_BACKOFF_MS, backoff * 2)) {
    try {
      await session(base, desk);
      return performance.now() - started;
    } catch (error) {
      if (error instanceof Busy) {
        // As a link does: told when, and spread.
        count.asked += 1;
        await sleep(error.seconds * 1000 + Math.random() * 1000);
        continue;
      }
      if (error instanceof Late) count.late += 1;
      else {
        count.errors += 1;
        count.firstError ??= String(error);
      }
      await sleep(backoff * (1 + Math.random() / 2));
    }
  }
}

async function go({ url, withinMs }: { url: string; withinMs: number }): Promise<ReturnAnswer> {
  const base = new URL(url);
  const started = performance.now();
  const deskMs = await Promise.all(desks.map((desk) => comeBack(base, desk, withinMs)));
  const seconds = (performance.now() - started) / 1000;
  for (const desk of desks) desk.agent.destroy();
  const { firstError, ...counts } = count;
  return {
    seconds,
    drained: desks.length,
    commits: desks.reduce((sum, desk) => sum + desk.head, 0),
    deskMs,
    ...counts,
    ...(firstError === undefined ? {} : { firstError }),
  };
}

serveHelper({ prepare, go, stop: () => undefined });
