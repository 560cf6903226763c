// The headless desk's conversation: one line in, exactly one line out, in order. It must not know what is asked.
import type { Readable, Writable } from 'node:stream';
import { once } from 'node:events';
import { StorageFailure } from '#journal/ports/storage.ts';
import { NODE_CODES } from '#kernel/shared/codes/node.ts';

/** A scanned slip of three symbols is 2 KB, a catalogue import in one line 500 KB. */
export const MAX_LINE_BYTES = 1024 * 1024;
export const MAX_ID_CHARACTERS = 256;
export type LineId = string | number | null;
export type Answer = Readonly<Record<string, unknown>>;

export interface JsonLinesOptions {
  readonly input: Readable;
  readonly output: Writable;
  /** Gives back the answer without its id. Called in the order of the lines. */
  readonly handle: (request: Readonly<Record<string, unknown>>) => Promise<Answer>;
  /** Told of what nobody foresaw, with the reference that the caller got. */
  readonly onError?: (error: unknown, reference: string) => void;
  readonly maxLineBytes?: number;
  /**
   * How many lines are being answered at once; absent: 1, each line sees what the one before it did. With more, `handle`
   * is called again before it has resolved and must itself keep in order what depends on order. Beyond it nothing is
   * read, and the caller feels the back-pressure.
   */
  readonly inFlight?: number;
}

/** Resolves when the input has ended and every answer is out, or when nobody reads the output any more. */
export async function runJsonLines(options: JsonLinesOptions): Promise<void> {
  const inFlight = options.inFlight ?? 1;
  const maxLineBytes = options.maxLineBytes ?? MAX_LINE_BYTES;
  const output = new LineWriter(options.output);
  const open: Promise<void>[] = [];
  let written = Promise.resolve();
  let count = 0;
  for await (const line of linesOf(options.input, maxLineBytes)) {
    count += 1;
    const answer = answerTo(line, options, maxLineBytes, `line-${count}`);
    written = written.then(async () => output.write(await answer));
    open.push(written);
    if (open.length >= inFlight) await open.shift();
    if (output.ended) return;
  }
  await written;
}

/** Never rejects: a line has an answer, whatever happens. */
async function answerTo(line: Line, options: JsonLinesOptions, maxLineBytes: number, reference: string): Promise<string> {
  if (line.status === 'too-long') return serialise(null, refusal('line-too-long', { limit: maxLineBytes }));
  let request: unknown;
  try {
    request = JSON.parse(line.text);
  } catch {
    return serialise(null, refusal('line-not-json'));
  }
  if (typeof request !== 'object' || request === null || Array.isArray(request)) return serialise(null, refusal('line-not-object'));
  const fields = request as Readonly<Record<string, unknown>>; // an object, checked above
  const id = idOf(fields['id']);
  if (id === null) return serialise(null, refusal('line-without-id', { limit: MAX_ID_CHARACTERS }));
  try {
    return serialise(id, await options.handle(fields));
  } catch (error) {
    options.onError?.(error, reference);
    if (error instanceof StorageFailure) return serialise(id, refusal(`storage-${error.code}`));
    return serialise(id, refusal('internal-error', { reference }));
  }
}

/** A number that JSON cannot give back as it came (too large, or infinite) would come back as another id. */
function idOf(id: unknown): LineId {
  if (typeof id === 'number') return Number.isFinite(id) && Math.abs(id) <= Number.MAX_SAFE_INTEGER ? id : null;
  return typeof id === 'string' && id.length <= MAX_ID_CHARACTERS ? id : null;
}

function refusal(code: keyof typeof NODE_CODES, facts: Readonly<Record<string, string | number>> = {}): Answer {
  const message = NODE_CODES[code].en.replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole));
  return { ok: false, code, message };
}

/** The id first, as people read it; an answer cannot overwrite it. */
function serialise(id: LineId, answer: Answer): string {
  const { id: _own, ...rest } = answer;
  return `${JSON.stringify({ id, ...rest })}\n`;
}

type Line = { readonly status: 'text'; readonly text: string } | { readonly status: 'too-long' };

const LINE_FEED = 0x0a;

/** Lines of UTF-8, the line feed taken off. What is no UTF-8 comes as text that is no JSON. */
async function* linesOf(input: Readable, maxLineBytes: number): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    let rest = Buffer.from(chunk as Uint8Array | string); // what a byte stream gives
    for (let end = rest.indexOf(LINE_FEED); end >= 0; end = rest.indexOf(LINE_FEED)) {
      length += end;
      yield length > maxLineBytes
        ? { status: 'too-long' }
        : { status: 'text', text: Buffer.concat([...parts, rest.subarray(0, end)]).toString() };
      parts = [];
      length = 0;
      rest = rest.subarray(end + 1);
    }
    length += rest.length;
    // Of a line that is too long only the length is kept.
    if (length > maxLineBytes) parts = [];
    else if (rest.length > 0) parts.push(rest);
  }
  if (length > maxLineBytes) yield { status: 'too-long' };
  else if (length > 0) yield { status: 'text', text: Buffer.concat(parts).toString() };
}

class LineWriter {
  ended = false;
  readonly #output: Writable;

  constructor(output: Writable) {
    this.#output = output;
    const end = (): void => {
      this.ended = true;
    };
    // The reader has gone (a closed pipe): there is nobody left to answer.
    output.once('error', end).once('close', end);
  }

  async write(text: string): Promise<void> {
    if (this.ended || this.#output.write(text)) return;
    await Promise.race([once(this.#output, 'drain'), once(this.#output, 'close')]).catch(() => undefined);
  }
}
