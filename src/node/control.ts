// How a second process asks a running node (`nirantar invite` while the hub serves): HTTP on the loopback with a secret
// that stands in the node's own folder. Whoever can read that folder could do everything anyway.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { serveHttp } from './http-server.ts';
import { writeSecret } from './key-store.ts';

const CONTROL_FILE = 'control.json';
/** Room for `verify` of a large history. */
const ANSWER_WITHIN_MS = 10 * 60_000;

export type ControlAnswer = { readonly ok: true; readonly result: unknown } | { readonly ok: false; readonly message: string };

export interface Control {
  close(): Promise<void>;
}

interface ControlFile {
  readonly url: string;
  readonly secret: string;
  readonly pid: number;
}

/** Serves `handle` until it is closed. What `handle` lets fall is answered in one sentence and told to `onError`. */
export async function serveControl(
  folder: string,
  handle: (verb: string, input: unknown) => Promise<ControlAnswer>,
  onError: (error: unknown) => void = () => undefined,
): Promise<Control> {
  const secret = crypto.randomBytes(24).toString('base64url');
  const server = await serveHttp({
    onError,
    handler: async (request) => {
      if (request.method !== 'POST' || !sameSecret(request.headers.get('authorization') ?? '', `Bearer ${secret}`))
        return new Response(null, { status: 403 });
      const { verb, input } = (await request.json()) as { verb: string; input: unknown }; // written by askControl, which knows the secret
      return Response.json(await handle(verb, input));
    },
  });
  const file: ControlFile = { url: server.url, secret, pid: process.pid };
  writeSecret(path.join(folder, CONTROL_FILE), JSON.stringify(file));
  return {
    close: async () => {
      fs.rmSync(path.join(folder, CONTROL_FILE), { force: true });
      await server.close();
    },
  };
}

/** The answer of the process that runs in `folder`, or undefined when none does. */
export async function askControl(folder: string, verb: string, input: unknown): Promise<ControlAnswer | undefined> {
  const file = readControlFile(folder);
  if (file === undefined) return undefined;
  let response: Response;
  try {
    response = await fetch(file.url, {
      method: 'POST',
      headers: { authorization: `Bearer ${file.secret}` },
      body: JSON.stringify({ verb, input }),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
  } catch {
    return undefined; // it was killed and has left its file
  }
  // Another program may have got the port of one that was killed.
  if (response.status === 403 || response.status === 404) return undefined;
  if (!response.ok) return { ok: false, message: 'The running process could not do it; its log says why.' };
  return (await response.json()) as ControlAnswer; // of serveControl, which knew the secret
}

function readControlFile(folder: string): ControlFile | undefined {
  try {
    const { url, secret, pid } = JSON.parse(fs.readFileSync(path.join(folder, CONTROL_FILE), 'utf8')) as Partial<ControlFile>; // checked on the next line
    return typeof url === 'string' && typeof secret === 'string' && typeof pid === 'number' ? { url, secret, pid } : undefined;
  } catch {
    return undefined;
  }
}

function sameSecret(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && crypto.timingSafeEqual(a, b);
}
