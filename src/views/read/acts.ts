// Who, where and when of an act, with names as users and devices bear them now. A name in a body is only a claim; names come from trust documents.
import type { DeviceState } from '#kernel/device/device.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { Instant } from '#kernel/shared/time.ts';
import type { UserState } from '#kernel/user/user.ts';
import type { ActShape } from '../shapes/common.ts';
import type { ViewReader } from '../view.ts';

/** An act as documents keep it. */
export interface Act {
  readonly at: Instant;
  readonly user?: StreamId | undefined;
  readonly device?: StreamId | undefined;
}

export async function actOf(read: ViewReader, act: Act | undefined): Promise<ActShape | null> {
  if (act === undefined) return null;
  const user = act.user === undefined ? undefined : await read.document<UserState>(act.user);
  const device = act.device === undefined ? undefined : await read.document<DeviceState>(act.device);
  return {
    at: act.at,
    user: act.user ?? null,
    userName: user?.state.name ?? user?.state.user ?? null,
    device: act.device ?? null,
    deviceName: device?.state.name ?? null,
  };
}
