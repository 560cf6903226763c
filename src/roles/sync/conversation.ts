// What is said to one hub: questions, each with its deadline, and what a refusal means. It must not know what they are about.
import type { Crypto } from '#journal/ports/crypto.ts';
import { DEADLINE_MS } from './protocol.ts';
import type { Transport, TransportReply } from './transport.ts';

/** A call that moves a megabyte over a slow link gets longer than a small question. */
export const BULK_DEADLINE_MS = 30_000;
const json = new TextEncoder();
const text = new TextDecoder();

export class Refused extends Error {}

/** The hub answers and asks to come back: many came at once. */
export class Busy extends Error {
  readonly waitMs: number;
  constructor(waitMs: number) {
    super('hub-busy');
    this.waitMs = waitMs;
  }
}

/** Up to so much is added to a wait at random, so that thousands do not come back at once. */
export function jitter(crypto: Crypto, ms: number): number {
  const bytes = crypto.randomBytes(2);
  return Math.floor((ms * ((bytes[0] ?? 0) * 256 + (bytes[1] ?? 0))) / 65536);
}

export class Conversation {
  readonly #transport: Transport;
  readonly #onAnswer: () => void;
  #token = '';
  /** Questions are counted, not timed: a clock that is set back must not make an old answer look new. */
  #questions = 0;
  /** The latest question that has been answered. */
  #answered = 0;

  constructor(transport: Transport, onAnswer: () => void) {
    this.#transport = transport;
    this.#onAnswer = onAnswer;
  }

  get questions(): number {
    return this.#questions;
  }

  get answered(): number {
    return this.#answered;
  }

  /** From now on under this token, which the hub gave for our proof. */
  continueAs(token: string): void {
    this.#token = token;
  }

  /** A small question, answered in JSON. */
  async json<T>(
    verb: string,
    request: unknown,
    schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
    deadlineMs: number = DEADLINE_MS,
  ): Promise<T> {
    const reply = await this.bytes(verb, request, deadlineMs);
    const parsed = schema.safeParse(JSON.parse(text.decode(reply)));
    if (!parsed.success) throw new Error('hub-damaged-answer');
    return parsed.data;
  }

  async bytes(verb: string, request: unknown, deadlineMs: number = BULK_DEADLINE_MS, cancelled?: Promise<void>): Promise<Uint8Array> {
    this.#questions += 1;
    const question = this.#questions;
    const reply = await this.ask(verb, request, deadlineMs, cancelled);
    if (reply.status === 403) throw new Refused(text.decode(reply.body).slice(0, 200));
    if (reply.status === 503 && reply.retryAfterSeconds !== undefined) throw new Busy(reply.retryAfterSeconds * 1000);
    if (reply.status !== 200) throw new Error(`hub answered ${reply.status}: ${text.decode(reply.body).slice(0, 200)}`);
    this.#answered = Math.max(this.#answered, question);
    this.#onAnswer();
    return reply.body;
  }

  /** Not counted; any status is the caller's to judge. */
  ask(verb: string, request: unknown, deadlineMs: number, cancelled?: Promise<void>): Promise<TransportReply> {
    return this.call(verb, json.encode(JSON.stringify(request)), deadlineMs, cancelled);
  }

  /** As `ask`, with a body of bytes. */
  call(verb: string, body: Uint8Array, deadlineMs: number, cancelled?: Promise<void>): Promise<TransportReply> {
    return this.#transport.call(verb, body, {
      deadlineMs,
      ...(this.#token === '' ? {} : { token: this.#token }),
      ...(cancelled === undefined ? {} : { cancelled }),
    });
  }
}
