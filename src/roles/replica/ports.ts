// What a replica stands on: everything that differs between a hub's process, a browser tab and the simulator.
import type { CommandDefinition } from '#kernel/shared/command.ts';
import type { StreamDefinition } from '#kernel/shared/stream-definition.ts';
import type { Clock, Crypto, KeyStore } from '#journal/ports/crypto.ts';
import type { Storage } from '#journal/ports/storage.ts';
import type { QueryDefinition, View } from '#views/view.ts';

export interface ReplicaPorts {
  readonly storage: Storage;
  readonly crypto: Crypto;
  readonly keys: KeyStore;
  readonly clock: Clock;
}

/** What the hospital knows and may do: handed in, so that tests can run the engine on two streams of their own. */
export interface Domain {
  readonly streams: ReadonlyMap<string, StreamDefinition<unknown>>;
  readonly commands: ReadonlyMap<string, CommandDefinition>;
  readonly views: readonly View[];
  readonly queries: ReadonlyMap<string, QueryDefinition>;
}
