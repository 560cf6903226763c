// What a critical call needs before it may be closed, and the time as typed. Pure.
import { HOSPITAL_OFFSET_MS } from '#kernel/shared/time.ts';

export interface CallAnswers {
  readonly name: string;
  readonly role: string;
  readonly time: string;
  readonly readBack: boolean;
}
export type Missing = 'name' | 'role' | 'time' | 'readBack';

export function missingOf({ name, role, time, readBack }: CallAnswers): readonly Missing[] {
  return [
    ...(name.trim() === '' ? ['name' as const] : []),
    ...(role.trim() === '' ? ['role' as const] : []),
    ...(callAt(time, 0) === undefined ? ['time' as const] : []),
    ...(readBack ? [] : ['readBack' as const]),
  ];
}

const DAY_MS = 86_400_000;

/** 10:42 of the hospital's clock. */
export function timeNow(now: number): string {
  return new Date(now + HOSPITAL_OFFSET_MS).toISOString().slice(11, 16);
}

/** The latest moment not after `now` (plus a minute of clock difference) at which the hospital's clock showed `10:42`, `1042` or `9.05`. */
export function callAt(time: string, now: number): number | undefined {
  const found = /^(\d{1,2})[:.]?(\d{2})$/.exec(time.trim());
  if (found === null) return undefined;
  const [, hour = '', minute = ''] = found;
  if (Number(hour) > 23 || Number(minute) > 59) return undefined;
  const midnight = Math.floor((now + HOSPITAL_OFFSET_MS) / DAY_MS) * DAY_MS - HOSPITAL_OFFSET_MS;
  const today = midnight + (Number(hour) * 60 + Number(minute)) * 60_000;
  return today > now + 60_000 ? today - DAY_MS : today;
}
