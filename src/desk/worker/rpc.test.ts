// Tests of the calls between tabs and worker on a channel in memory that can lose and double what is said.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { StorageFailure } from '#journal/ports/storage.ts';
import { standForLeader, STOP, STOPPED, type Locks, type WorkerHandle } from './leader.ts';
import { DeskCallError, type Message, type Wire } from './rpc.ts';
import { RpcClient } from './rpc-client.ts';
import { RpcHost } from './rpc-host.ts';
import type { DeskChange, WorkerService } from './service.ts';

class Air {
  readonly #ends = new Set<(message: Message) => void>();
  /** Says how often each message arrives. */
  copies: (message: Message) => number = () => 1;

  wire(): Wire {
    const mine = new Set<(message: Message) => void>();
    let open = true;
    const hear = (message: Message): void => {
      if (open) for (const listener of mine) listener(message);
    };
    this.#ends.add(hear);
    return {
      post: (message) => {
        const copy = structuredClone(message);
        for (let left = this.copies(copy); left > 0; left -= 1)
          for (const end of this.#ends) if (end !== hear) queueMicrotask(() => end(copy));
      },
      listen: (listener) => mine.add(listener),
      close: () => {
        open = false;
        this.#ends.delete(hear);
      },
    };
  }
}

class Counting implements WorkerService {
  readonly ran: string[] = [];
  readonly #listeners: ((change: DeskChange) => void)[] = [];
  readonly held: (() => void)[] = [];

  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  onChange(listener: (change: DeskChange) => void): void {
    this.#listeners.push(listener);
  }
  async call(name: string, args: unknown): Promise<unknown> {
    this.ran.push(name);
    if (name === 'hold') await new Promise<void>((resolve) => this.held.push(resolve));
    if (name === 'full') throw new StorageFailure('disk-full', 'permanent', 'no space');
    if (name === 'function') return () => 1;
    for (const listener of this.#listeners) listener({ kind: 'documents', types: ['patient'] });
    return { echo: args };
  }
}

let air: Air;
const closing: (() => void)[] = [];

function client(tab = 'tab-1'): RpcClient {
  const made = new RpcClient(air.wire(), tab, () => Date.now());
  // What is still open when the test ends is refused then; nobody waits for it.
  closing.push(() => made.close());
  return made;
}
function host(name = 'host-1'): RpcHost {
  const made = new RpcHost(air.wire(), name, 1);
  closing.push(() => made.close());
  return made;
}
const soon = (): Promise<unknown> => vi.advanceTimersByTimeAsync(10);

beforeEach(() => {
  vi.useFakeTimers();
  air = new Air();
});
afterEach(() => {
  for (const close of closing.splice(0)) close();
  vi.useRealTimers();
});

describe('calls', () => {
  test('an answer and the news come back', async () => {
    const tab = client();
    const changes: DeskChange[] = [];
    tab.subscribe((change) => changes.push(change));
    host().serve(new Counting());
    const answer = tab.call('say', { a: 1 });
    await soon();
    expect(await answer).toEqual({ echo: { a: 1 } });
    expect(changes).toEqual([{ kind: 'documents', types: ['patient'] }]);
    expect(tab.link).toEqual({ status: 'ready' });
  });

  test('a call made before there is a worker waits for it, and runs once', async () => {
    const tab = client();
    const answer = tab.call('say', 1);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(tab.openCalls).toBe(1);
    const service = new Counting();
    host().serve(service);
    await soon();
    expect(await answer).toEqual({ echo: 1 });
    expect(service.ran).toEqual(['say']);
  });

  test('a doubled call runs once; a lost answer is said again', async () => {
    const tab = client();
    const service = new Counting();
    host().serve(service);
    await soon();
    let lost = 0;
    air.copies = (message) => {
      if (message.kind === 'call') return 3;
      if (message.kind === 'answer' && lost < 3) {
        lost += 1;
        return 0;
      }
      return 1;
    };
    const answer = tab.call('say', 1);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(await answer).toEqual({ echo: 1 });
    expect(service.ran).toEqual(['say']);
  });

  test('a worker that dies in the middle: the next one runs what is still open, the tab hears of the change', async () => {
    const tab = client();
    const changes: DeskChange[] = [];
    tab.subscribe((change) => changes.push(change));
    const dying = host('host-1');
    dying.serve(new Counting());
    await soon();
    const answer = tab.call('hold', 1);
    await soon();
    dying.close();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(tab.link).toEqual({ status: 'silent' });
    const next = new Counting();
    host('host-2').serve(next);
    await soon();
    next.held.forEach((go) => go());
    await soon();
    expect(await answer).toEqual({ echo: 1 });
    expect(next.ran).toEqual(['hold']);
    expect(changes[0]).toEqual({ kind: 'restarted' });
    expect(tab.link).toEqual({ status: 'ready' });
  });

  test('failures keep their code and class; a bug does not leave the tab waiting', async () => {
    const tab = client();
    host().serve(new Counting());
    const outcomes = Promise.allSettled([tab.call('full', 1), tab.call('function', 1), tab.call('say', () => 1)]);
    await soon();
    const [full, uncopied, args] = await outcomes;
    expect(full).toMatchObject({ status: 'rejected', reason: { code: 'storage-full', failureClass: 'permanent' } });
    expect(uncopied).toMatchObject({ status: 'rejected', reason: { code: 'desk-fault' } });
    expect(args).toMatchObject({ status: 'rejected', reason: expect.any(DeskCallError) });
  });

  test('a worker that cannot open says why; while it tries calls wait, when it gave up they are refused', async () => {
    const tab = client();
    const opening = host();
    const answer = tab.call('say', 1);
    opening.waiting(new StorageFailure('locked', 'transient', 'held'));
    await soon();
    expect(tab.link).toMatchObject({ status: 'trouble', code: 'storage-locked' });
    expect(tab.openCalls).toBe(1);
    opening.stopped(new StorageFailure('newer-format', 'permanent', 'newer'));
    const outcome = Promise.allSettled([answer]);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(await outcome).toMatchObject([{ status: 'rejected', reason: { code: 'storage-newer-format' } }]);
  });

  test('two tabs with the same ids do not mix', async () => {
    const one = client('tab-1');
    const two = client('tab-2');
    host().serve(new Counting());
    const answers = Promise.all([one.call('say', 'one'), two.call('say', 'two')]);
    await soon();
    expect(await answers).toEqual([{ echo: 'one' }, { echo: 'two' }]);
  });
});

class FakeLocks implements Locks {
  #tail: Promise<void> = Promise.resolve();
  async request(_name: string, options: { readonly signal: AbortSignal }, held: () => Promise<void>): Promise<void> {
    const before = this.#tail;
    let free: () => void = () => undefined;
    this.#tail = new Promise((resolve) => {
      free = resolve;
    });
    await before;
    try {
      if (options.signal.aborted) throw new DOMException('', 'AbortError');
      await held();
    } finally {
      free();
    }
  }
}

class FakeWorker implements WorkerHandle {
  alive = true;
  heard: unknown[] = [];
  readonly listeners = new Map<string, ((event: unknown) => void)[]>();
  terminate(): void {
    this.alive = false;
  }
  postMessage(message: unknown): void {
    this.heard.push(message);
    if (message === STOP) for (const listener of this.listeners.get('message') ?? []) listener({ data: STOPPED });
  }
  addEventListener(kind: string, listener: (event: unknown) => void): void {
    this.listeners.set(kind, [...(this.listeners.get(kind) ?? []), listener]);
  }
}

describe('the leader', () => {
  function tab(
    locks: Locks,
    build: number,
  ): { readonly workers: FakeWorker[]; readonly roles: string[]; leave(): void; readonly wire: Wire } {
    const workers: FakeWorker[] = [];
    const roles: string[] = [];
    const wire = air.wire();
    const candidacy = standForLeader({
      locks,
      wire,
      build,
      now: () => Date.now(),
      onRole: (role) => roles.push(role),
      spawn: () => {
        const worker = new FakeWorker();
        workers.push(worker);
        return worker;
      },
    });
    closing.push(() => candidacy.leave());
    return { workers, roles, wire, leave: () => candidacy.leave() };
  }

  test('one of two tabs makes the worker; when it leaves the other does', async () => {
    const locks = new FakeLocks();
    const first = tab(locks, 1);
    const second = tab(locks, 1);
    await soon();
    expect([first.workers.length, second.workers.length]).toEqual([1, 0]);
    first.leave();
    await soon();
    expect(first.workers[0]?.alive).toBe(false);
    expect(second.workers).toHaveLength(1);
    expect(second.roles).toEqual(['leader']);
  });

  test('a worker that falls over is made again, later each time', async () => {
    const only = tab(new FakeLocks(), 1);
    await soon();
    only.workers[0]?.listeners.get('error')?.[0]?.({});
    expect(only.workers).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(300);
    expect(only.workers).toHaveLength(2);
    only.workers[1]?.listeners.get('error')?.[0]?.({});
    await vi.advanceTimersByTimeAsync(300);
    expect(only.workers).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(300);
    expect(only.workers).toHaveLength(3);
  });

  test('a tab of a newer build takes over in peace; an older one does not', async () => {
    const locks = new FakeLocks();
    const old = tab(locks, 1);
    const fresh = tab(locks, 2);
    await soon();
    const hostWire = air.wire();
    hostWire.post({ kind: 'ready', host: 'h', build: 1 });
    await soon();
    expect(old.workers[0]?.heard).toEqual([STOP]);
    expect(old.workers[0]?.alive).toBe(false);
    expect(fresh.workers).toHaveLength(1);
    hostWire.post({ kind: 'ready', host: 'h2', build: 2 });
    await soon();
    expect(fresh.workers[0]?.alive).toBe(true);
    expect(old.workers).toHaveLength(1);
  });
});
