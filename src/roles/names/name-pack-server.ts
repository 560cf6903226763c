// The hub's side of the name index: builds a pack of all patients in the background, hands out its chunks, tells what changed since.
import { DESK_KINDS, type DeskKind } from '#kernel/shared/actor.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { Replica } from '../replica/replica.ts';
import type { SyncReply } from '../sync/sync-call.ts';
import type { Timers } from '../sync/transport.ts';
import { changedNames, nameSlice } from './name-rows.ts';
import {
  changedRequest,
  NAMES_CHANGED_VERB,
  NAMES_VERB,
  namesRequest,
  type ChangedAnswer,
  type NamesAnswer,
  type ReadyPack,
} from './names-protocol.ts';
import { buildHere, type PackBuilder } from './pack-builder.ts';

/**
 * Desks where patients stand or whose work begins with a name. The laboratory too: a tube whose sheet was lost is told by
 * the name on its label. Not the command centre, which sees nodes and not patients.
 */
const KINDS: ReadonlySet<DeskKind> = new Set(DESK_KINDS.filter((kind) => kind !== 'command'));

/** A pack is built anew after so long, and sooner when so much was accepted since. */
const REBUILD_AFTER_MS = 7 * 86_400_000;
const REBUILD_RECEIPTS = 50_000;
/** A small hospital's pack is there before the question's deadline; for a large one the answer is "not yet". */
const PATIENCE_MS = 1000;
/** Between two slices: live work has four fifths of the time. */
const PAUSE_MS = 20;
/** After a building that failed. */
const AGAIN_AFTER_MS = 60_000;
/** Changes that come within so long are told together. */
const GATHER_MS = 400;

interface Pack {
  readonly meta: ReadyPack;
  readonly chunks: readonly Uint8Array[];
}

export interface NamePackPorts {
  readonly replica: Replica;
  readonly timers: Timers;
  /** In this thread when absent. */
  readonly builder?: PackBuilder;
  /** Told of a building that failed. */
  readonly failed?: (error: unknown) => void;
}

export class NamePackServer {
  readonly #ports: NamePackPorts;
  readonly #builder: PackBuilder;
  #pack: Pack | undefined;
  #building: Promise<void> | undefined;
  #failedAt: number | undefined;
  #stopped = false;
  #wake: () => void = () => undefined;
  #woken: Promise<void> = Promise.resolve();

  constructor(ports: NamePackPorts) {
    this.#ports = ports;
    this.#builder = ports.builder ?? buildHere;
    this.#arm();
    ports.replica.onChange((change) => {
      if (!change.types.includes('patient')) return;
      this.#wake();
      this.#arm();
    });
  }

  /** The pack in use, for the status of a hub. */
  get pack(): ReadyPack | undefined {
    return this.#pack?.meta;
  }

  stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  async answer(verb: string, body: Uint8Array, device: StreamId, aborted?: Promise<void>): Promise<SyncReply> {
    const kinds = this.#ports.replica.trust.device(device)?.deskKinds ?? [];
    if (!kinds.some((kind) => KINDS.has(kind))) return { status: 403, code: 'names-not-for-this-desk' };
    if (verb === NAMES_VERB) return this.#names(body);
    if (verb === NAMES_CHANGED_VERB) return this.#changed(body, aborted);
    return { status: 404, code: 'sync-verb-unknown' };
  }

  async #names(body: Uint8Array): Promise<SyncReply> {
    const request = parsed(namesRequest, body);
    if (request === undefined) return { status: 400, code: 'sync-malformed' };
    if (request.chunk !== undefined) {
      const pack = this.#pack;
      const bytes = pack !== undefined && pack.meta.version === request.version ? pack.chunks[request.chunk] : undefined;
      // A newer pack took its place: the desk asks what there is and begins with that.
      return bytes === undefined ? { status: 404, code: 'names-pack-gone' } : { status: 200, bytes };
    }
    if (this.#wanted()) {
      this.#building ??= this.#build();
      if (this.#pack === undefined) await Promise.race([this.#building, this.#ports.timers.sleep(PATIENCE_MS)]);
    }
    const answer: NamesAnswer = this.#pack?.meta ?? { state: 'building', log: this.#log(), n: this.#ports.replica.position.applied };
    return { status: 200, json: answer };
  }

  async #changed(body: Uint8Array, aborted: Promise<void> | undefined): Promise<SyncReply> {
    const request = parsed(changedRequest, body);
    if (request === undefined) return { status: 400, code: 'sync-malformed' };
    const { replica, timers } = this.#ports;
    const log = this.#log();
    // Numbers of another log say nothing here: the desk sees by the name of ours that it has to begin anew.
    if (request.log !== log) return { status: 200, json: { log, n: 0, more: false, rows: [] } satisfies ChangedAnswer };
    const woken = this.#woken;
    let page = await changedNames(replica, request.after);
    if (page.rows.length === 0 && !page.more && request.waitMs > 0) {
      const gone = aborted ?? new Promise<void>(() => undefined);
      let changed = false;
      await Promise.race([timers.sleep(request.waitMs), gone, woken.then(() => (changed = true))]);
      if (changed && !this.#stopped) await Promise.race([timers.sleep(GATHER_MS), gone]);
      page = await changedNames(replica, page.n);
    }
    const rows = page.rows.map(({ row, stamp, n }) => ({ row, stamp, n }));
    return { status: 200, json: { log, n: page.n, more: page.more, rows } satisfies ChangedAnswer };
  }

  #wanted(): boolean {
    const now = this.#ports.replica.ports.clock.now();
    if (this.#stopped || (this.#failedAt !== undefined && now - this.#failedAt < AGAIN_AFTER_MS)) return false;
    const meta = this.#pack?.meta;
    if (meta === undefined || meta.log !== this.#log()) return true;
    return now - meta.at > REBUILD_AFTER_MS || this.#ports.replica.position.applied - meta.n > REBUILD_RECEIPTS + meta.rows / 2;
  }

  async #build(): Promise<void> {
    try {
      this.#pack = await this.#built();
      this.#failedAt = undefined;
    } catch (error) {
      if (!this.#stopped) this.#ports.failed?.(error);
      // The desks go on with the pack that they have and with changes; it is tried again after a while.
      this.#failedAt = this.#ports.replica.ports.clock.now();
    } finally {
      this.#building = undefined;
    }
  }

  async #built(): Promise<Pack> {
    const { replica, timers } = this.#ports;
    // Looked at before the first slice: what changes while it is built is told as changed.
    const n = replica.position.applied;
    const at = replica.ports.clock.now();
    const log = this.#log();
    const building = this.#builder();
    let rows = 0;
    try {
      for (let after: number | undefined = 0; after !== undefined;) {
        const slice = await nameSlice(replica, after);
        rows += slice.rows.length;
        await building.add(slice.rows);
        after = slice.last;
        if (after !== undefined) await timers.sleep(PAUSE_MS);
        if (this.#stopped) throw new Error('stopped');
      }
      const version = `${log} ${n}`;
      const chunks = await building.finish(version);
      return { meta: { state: 'ready', log, version, chunks: chunks.length, rows, n, at }, chunks };
    } catch (error) {
      building.cancel();
      throw error;
    }
  }

  #log(): string {
    const own = this.#ports.replica.own;
    return own === undefined ? '' : `${own.identity.device.slice('device/'.length)} ${own.epoch}`;
  }

  #arm(): void {
    this.#woken = new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

function parsed<T>(
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
  bytes: Uint8Array,
): T | undefined {
  try {
    const result = schema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return result.success ? result.data : undefined;
  } catch {
    return undefined; // not JSON
  }
}
