// A tab's end of the calls: they stay open until some worker has answered, whichever tab leads by then. It must not know what is called.
import { BEAT_MS, DeskCallError, wireError, type Message, type Wire, type WireError } from './rpc.ts';
import type { DeskChange } from './service.ts';

/** A worker that has not been heard for this long is told to the user; it may be in a long rebuild. */
const SILENT_AFTER_MS = 3 * BEAT_MS;
/** A call that is still open is said again after this long; the worker knows it and runs it once. */
const REPEAT_AFTER_MS = 5_000;

export type Link =
  /** No worker has been heard yet. */
  | { readonly status: 'starting' }
  | { readonly status: 'ready' }
  /** The worker does not answer just now; calls wait. */
  | { readonly status: 'silent' }
  /** The worker cannot open the storage, and why; calls wait or are refused. */
  | { readonly status: 'trouble'; readonly code: string; readonly message: string };

interface OpenCall {
  readonly method: string;
  readonly args: unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  saidAt: number;
}

export interface DeskService {
  call(method: string, args: unknown): Promise<unknown>;
  subscribe(listener: (change: DeskChange) => void): () => void;
}

export class RpcClient implements DeskService {
  readonly #wire: Wire;
  readonly #tab: string;
  readonly #now: () => number;
  readonly #open = new Map<number, OpenCall>();
  readonly #listeners = new Set<(change: DeskChange) => void>();
  readonly #linkListeners = new Set<(link: Link) => void>();
  readonly #timer: ReturnType<typeof setInterval>;
  #link: Link = { status: 'starting' };
  #host: string | undefined;
  #heardAt: number;
  #nextId = 1;

  /** @param tab a random name of this tab, new with each load */
  constructor(wire: Wire, tab: string, now: () => number) {
    this.#wire = wire;
    this.#tab = tab;
    this.#now = now;
    this.#heardAt = now();
    wire.listen((message) => this.#hear(message));
    this.#timer = setInterval(() => this.#look(), BEAT_MS);
    wire.post({ kind: 'who' });
  }

  get link(): Link {
    return this.#link;
  }

  get openCalls(): number {
    return this.#open.size;
  }

  call(method: string, args: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId;
      this.#nextId += 1;
      this.#open.set(id, { method, args, resolve, reject, saidAt: this.#now() });
      try {
        this.#say(id);
      } catch (error) {
        this.#open.delete(id);
        reject(new DeskCallError({ ...wireError(error), code: 'desk-fault' }));
      }
    });
  }

  subscribe(listener: (change: DeskChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onLink(listener: (link: Link) => void): () => void {
    this.#linkListeners.add(listener);
    return () => this.#linkListeners.delete(listener);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#wire.close();
    for (const call of this.#open.values()) call.reject(new DeskCallError({ code: 'desk-fault', message: 'the page was closed' }));
    this.#open.clear();
  }

  #say(id: number): void {
    const call = this.#open.get(id);
    if (call === undefined) return;
    call.saidAt = this.#now();
    this.#wire.post({ kind: 'call', tab: this.#tab, id, method: call.method, args: call.args });
  }

  #hear(message: Message): void {
    switch (message.kind) {
      case 'call':
      case 'who':
      case 'step-down':
        return;
      case 'answer':
        this.#heardAt = this.#now();
        if (message.tab !== this.#tab) return;
        this.#answer(message.id, message.ok ? { value: message.value } : { error: message.error });
        return;
      case 'ready':
        this.#ready(message.host);
        return;
      case 'opening':
        this.#heardAt = this.#now();
        if (message.trouble !== undefined)
          this.#setLink({ status: 'trouble', code: message.trouble.code, message: message.trouble.message });
        else if (this.#host !== undefined && this.#host !== message.host) this.#setLink({ status: 'silent' });
        return;
      case 'change':
        this.#heardAt = this.#now();
        this.#tell(message.change);
        return;
      default:
        message satisfies never;
    }
  }

  #ready(host: string): void {
    this.#heardAt = this.#now();
    const before = this.#host;
    this.#host = host;
    this.#setLink({ status: 'ready' });
    if (before === host) return;
    // The worker before may have died with our calls unheard or half done. The ids and keys make a repeat harmless.
    for (const id of this.#open.keys()) this.#say(id);
    if (before !== undefined) this.#tell({ kind: 'restarted' });
  }

  #answer(id: number, answer: { readonly value: unknown } | { readonly error: WireError }): void {
    const call = this.#open.get(id);
    if (call === undefined) return;
    this.#open.delete(id);
    if ('error' in answer) call.reject(new DeskCallError(answer.error));
    else call.resolve(answer.value);
  }

  #look(): void {
    const now = this.#now();
    if (this.#link.status === 'ready' && now - this.#heardAt > SILENT_AFTER_MS) this.#setLink({ status: 'silent' });
    for (const [id, call] of this.#open) if (now - call.saidAt >= REPEAT_AFTER_MS) this.#say(id);
  }

  #tell(change: DeskChange): void {
    for (const listener of this.#listeners) listener(change);
  }

  #setLink(link: Link): void {
    if (JSON.stringify(link) === JSON.stringify(this.#link)) return;
    this.#link = link;
    for (const listener of this.#linkListeners) listener(link);
  }
}
