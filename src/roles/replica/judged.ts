// What trust said when events were last judged: tells which documents a change can turn, so that only those are folded again.
import type { DeviceState } from '#kernel/device/device.ts';
import type { RoleState } from '#kernel/role/role.ts';
import type { Document } from '#kernel/shared/document.ts';
import { streamType, type StreamId } from '#kernel/shared/ids.ts';
import type { UserState } from '#kernel/user/user.ts';

interface Said {
  /** What lets events count: keys, grants, permissions, those removed later included. */
  readonly allows: ReadonlySet<string>;
  /** What sets events aside: revocations and removals. */
  readonly forbids: ReadonlySet<string>;
}

export interface Turned {
  /** Something new may let events count that did not, or the other way round: what waits for a verdict is judged again. */
  readonly news: boolean;
  /** Devices whose commits may count less than before. */
  readonly devices: readonly StreamId[];
  /** A user or role lost what it had because what gave it is set aside: nobody knows whose events that turns. */
  readonly everything: boolean;
}

export class Judged {
  readonly #said = new Map<StreamId, Said>();

  constructor(documents: readonly Document[]) {
    for (const document of documents) this.#said.set(document.stream, saidBy(document));
  }

  follow(documents: readonly Document[]): Turned {
    const devices: StreamId[] = [];
    let news = false;
    let everything = false;
    for (const document of documents) {
      const before = this.#said.get(document.stream);
      const now = saidBy(document);
      this.#said.set(document.stream, now);
      const isDevice = streamType(document.stream) === 'device';
      const lost = [...(before?.allows ?? [])].some((fact) => !now.allows.has(fact));
      const forbidden = [...now.forbids].some((fact) => before?.forbids.has(fact) !== true);
      if (lost || forbidden || [...now.allows].some((fact) => before?.allows.has(fact) !== true)) news = true;
      if (isDevice && (lost || forbidden)) devices.push(document.stream);
      if (!isDevice && lost) everything = true;
    }
    return { news, devices, everything };
  }
}

function saidBy({ stream, state }: Document): Said {
  switch (streamType(stream)) {
    case 'device': {
      const device = state as DeviceState; // documents of type device are made by its fold
      return {
        allows: new Set([
          ...device.epochs.map((epoch) => epoch.epoch),
          `role ${device.role ?? ''}`,
          ...device.writes.map((type) => `writes ${type}`),
        ]),
        forbids: new Set(device.revocations.map((revocation) => revocation.ref)),
      };
    }
    case 'user': {
      const user = state as UserState; // as above
      return {
        allows: new Set([...user.grants, ...user.removedGrants].map((grant) => grant.ref)),
        forbids: new Set(user.removedGrants.map((grant) => grant.by)),
      };
    }
    case 'role': {
      const role = state as RoleState; // as above
      return {
        allows: new Set([...role.permissions, ...role.removed.map((gone) => gone.permission)]),
        forbids: new Set(role.removed.map((gone) => gone.by)),
      };
    }
    default:
      return { allows: new Set(), forbids: new Set() };
  }
}
