// Reads a JSON body within limits: type, size, UTF-8, nesting. It must not know what the JSON means.
import { MAX_BODY_BYTES, MAX_JSON_DEPTH } from './limits.ts';
import { Refusal } from './problem.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** @throws Refusal */
export async function readJsonBody(request: Request): Promise<unknown> {
  if (!isJson(request.headers.get('content-type'))) throw new Refusal('api-content-type');
  return parseJson(decode(await readBytes(request)));
}

/** `application/json`, with or without parameters; a charset other than UTF-8 is not JSON (RFC 8259). */
export function isJson(contentType: string | null): boolean {
  if (contentType === 'application/json') return true;
  if (contentType === null) return false;
  const [type, ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  if (type !== 'application/json') return false;
  return parameters.every((parameter) => !parameter.startsWith('charset=') || /^charset="?utf-?8"?$/.test(parameter));
}

async function readBytes(request: Request): Promise<Uint8Array> {
  const told = request.headers.get('content-length');
  if (told !== null) {
    if (!/^\d{1,15}$/.test(told) || Number(told) > MAX_BODY_BYTES) throw new Refusal('api-body-too-large', { limitBytes: MAX_BODY_BYTES });
    // The server holds the sender to the length that it told.
    const bytes = new Uint8Array(await whole(request));
    if (bytes.length > MAX_BODY_BYTES) throw new Refusal('api-body-too-large', { limitBytes: MAX_BODY_BYTES });
    return bytes;
  }
  return readStream(request);
}

async function whole(request: Request): Promise<ArrayBuffer> {
  try {
    return await request.arrayBuffer();
  } catch {
    throw new Refusal('api-body-broken');
  }
}

/** A body of unknown length: read no further than the limit. */
async function readStream(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  if (reader === undefined) return new Uint8Array();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > MAX_BODY_BYTES) throw new Refusal('api-body-too-large', { limitBytes: MAX_BODY_BYTES });
      chunks.push(value);
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined); // already broken
    throw error instanceof Refusal ? error : new Refusal('api-body-broken');
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new Refusal('api-json-invalid');
  }
}

/** @throws Refusal when it is not JSON or nested too deep */
export function parseJson(text: string): unknown {
  if (depthOf(text) > MAX_JSON_DEPTH) throw new Refusal('api-json-too-deep', { limit: MAX_JSON_DEPTH });
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('api-json-invalid');
  }
}

/** Deepest nesting of brackets outside strings. Stops counting at the limit. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 0x22) {
      // A string: on to its closing quote.
      for (i += 1; i < text.length; i += 1) {
        const inner = text.charCodeAt(i);
        if (inner === 0x5c) i += 1;
        else if (inner === 0x22) break;
      }
    } else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
      if (deepest > MAX_JSON_DEPTH) return deepest;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return deepest;
}
