// What the strip and `as of …` say about a status. Pure.
import type { DeskStatus } from './desk-calls.ts';

export type StripState =
  | { readonly kind: 'danger'; readonly code: string }
  | {
      readonly kind: 'together' | 'apart';
      readonly waiting: number;
      readonly lastSeen: number | undefined;
      readonly hub: string | undefined;
      /** The hub is there, but not all that it has is here yet. */
      readonly catchingUp?: true;
    };

/** Pure: what the strip says about a status. A hub that does not answer is away, whatever the browser thinks. */
export function stripState(status: DeskStatus): StripState {
  if (!status.storage.ok) return { kind: 'danger', code: status.storage.code ?? 'storage-stopped' };
  const used = status.hubs.find((hub) => hub.used && hub.reachable) ?? status.hubs.find((hub) => hub.reachable);
  const lastSeen = status.hubs.reduce<number | undefined>(
    (latest, hub) => (hub.lastSeen !== undefined && hub.lastSeen > (latest ?? 0) ? hub.lastSeen : latest),
    undefined,
  );
  return {
    kind: used === undefined ? 'apart' : 'together',
    waiting: status.waiting,
    lastSeen,
    hub: used?.name,
    ...(used?.catchingUp === true ? { catchingUp: true } : {}),
  };
}
