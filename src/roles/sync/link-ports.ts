// What a link needs from the device that it runs on, and what it shows of its hub to others there.
import type { EpochId } from '#journal/refs.ts';
import type { ChainState } from '#journal/vector.ts';
import type { Replica } from '../replica/replica.ts';
import type { Scope } from './protocol.ts';
import type { Timers, Transport, TransportReply } from './transport.ts';

export interface LinkPorts {
  readonly replica: Replica;
  readonly transport: Transport;
  readonly timers: Timers;
  readonly scope: Scope;
  /** Hubs only pull from each other; a desk also pushes, because it cannot be called. */
  readonly pushes: boolean;
  /** The hub knows more of this device than the device itself, or another history: DESIGN's restored or cloned disk. */
  readonly onRollback: (yours: readonly (readonly [EpochId, ChainState])[]) => Promise<void>;
  readonly introduction: () => Promise<Uint8Array | undefined>;
  /** Goes along while the link is live; ends when `cancelled` resolves. Its failures are its own. */
  readonly aside?: (peer: LivePeer, cancelled: Promise<void>) => Promise<void>;
  /** Where we answer ourselves, told to the hub so that it links back; empty or absent for a desk. */
  readonly announces?: () => string;
  readonly onStatus: () => void;
  readonly onHubs: (hubs: readonly { device: string; name: string; url: string }[], unreachable: readonly string[]) => void;
}

/** A hub that answers now, for what goes along with replication and must never hold it up (the name index). */
export interface LivePeer {
  readonly hub: string;
  /** Own work still waits to be sent: everything else comes after it. */
  busy(): boolean;
  /** With the token of this link. Rejects when the hub does not answer; any status is the caller's to judge. */
  ask(
    verb: string,
    request: unknown,
    options: { readonly deadlineMs: number; readonly cancelled?: Promise<void> },
  ): Promise<TransportReply>;
}
