// Instants, dates and ages as told are three different things here. No clock is read: `now` is always handed in.
import { z } from 'zod';
import type { Brand } from './ids.ts';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = Brand<number, 'Instant'>;
/** A calendar date as `YYYY-MM-DD`, without a time zone. */
export type PlainDate = Brand<string, 'PlainDate'>;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
/** India has one zone and no summer time; a hospital elsewhere would make this a setting. */
export const HOSPITAL_OFFSET_MS = 5.5 * HOUR_MS;

export function instant(ms: number): Instant {
  return Math.trunc(ms) as Instant; // the one maker
}

/** The hospital's calendar date at `at`. */
export function dateAt(at: Instant): PlainDate {
  return new Date(at + HOSPITAL_OFFSET_MS).toISOString().slice(0, 10) as PlainDate; // ISO dates are plain dates
}

/** The date in `text` when it is one that exists, else undefined. */
export function parsePlainDate(text: string): PlainDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const at = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(at)) return undefined;
  return new Date(at).toISOString().slice(0, 10) === text ? (text as PlainDate) : undefined; // it exists
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

export const plainDateSchema = z.string().refine((text) => parsePlainDate(text) !== undefined, {
  message: 'A date that exists, written YYYY-MM-DD, for example 1990-04-23',
});
export const instantSchema = z.number().int().min(0).max(8_640_000_000_000_000);
