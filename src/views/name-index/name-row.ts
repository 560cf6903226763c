// What a registration desk knows of every patient of the hospital: enough to recognise a person, no clinical fact.
import type { StreamId } from '#kernel/shared/ids.ts';

export interface NameRow {
  readonly patient: StreamId;
  readonly uhid: string;
  /** As told; both NFC, words apart by one blank. */
  readonly name: string;
  readonly nameHi?: string;
  readonly sex: 'female' | 'male' | 'other' | 'unknown';
  /** First and last possible day of birth, as days since 1970-01-01; absent when nobody knows. */
  readonly born?: { readonly fromDay: number; readonly toDay: number };
  readonly relation?: { readonly type: string; readonly name: string };
  readonly phone?: string;
  /** The record that this one was linked into: the one to work with. Its UHID, to find it by. */
  readonly into?: { readonly patient: StreamId; readonly uhid: string };
}

/** Parts of a name as they are stored, so that joining them gives the name back. */
export function partsOf(name: string): readonly string[] {
  return name.split(' ');
}

/** Ten digits as dialled within India; shorter and longer numbers keep their first ten. Undefined when there are fewer than four. */
export function phoneKey(phone: string): string | undefined {
  const digits = phone
    .normalize('NFKC')
    .replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x0966))
    .replace(/\D/g, '');
  const local =
    digits.length === 12 && digits.startsWith('91')
      ? digits.slice(2)
      : digits.length === 11 && digits.startsWith('0')
        ? digits.slice(1)
        : digits;
  return local.length < 4 ? undefined : local.slice(0, 10);
}

/** Sorts numbers by length and then by value, and whatever is no number after them. */
export function uhidKey(uhid: string): string {
  return /^\d{1,15}$/.test(uhid) ? String(uhid.length).padStart(2, '0') + uhid : `99${uhid}`;
}
