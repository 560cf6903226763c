// Rows of the name index as bytes: words by their number in the dictionary, the rest in as few bytes as it needs (about 36 a row).
import { fromBase64Url, toBase64Url } from '#kernel/shared/bytes.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';
import type { NameRow } from './name-row.ts';
import { partsOf } from './name-row.ts';

const SEXES = ['unknown', 'female', 'male', 'other'] as const;
const RELATIONS = ['S/O', 'D/O', 'W/O', 'H/O', 'M/O', 'C/O'] as const;
const HAS_HINDI = 4;
const HAS_BIRTH = 8;
const HAS_RELATION = 16;
const HAS_PHONE = 32;
/** Ten digits, written as a number. */
const PLAIN_PHONE = 64;
/** Up to 15 digits of the same count as the row before, written as the difference. */
const NEXT_UHID = 128;
/** Linked into another record: rare, so the second byte of the flags is too. */
const HAS_INTO = 256;
const PATIENT_BYTES = 12;

export interface Dictionary {
  readonly numberOf: (word: string) => number;
  readonly wordAt: (number: number) => string;
}

function writeWords(out: ByteWriter, name: string, words: Dictionary): void {
  const parts = partsOf(name);
  out.number(parts.length);
  for (const part of parts) out.number(words.numberOf(part));
}

function readWords(from: ByteReader, words: Dictionary): string {
  const count = from.number();
  let name = '';
  for (let i = 0; i < count; i += 1) name = i === 0 ? words.wordAt(from.number()) : `${name} ${words.wordAt(from.number())}`;
  return name;
}

function follows(before: string, uhid: string): boolean {
  return before.length === uhid.length && /^\d{1,15}$/.test(uhid) && /^\d{1,15}$/.test(before) && Number(uhid) >= Number(before);
}

/** @param before UHID of the row before in the same block, empty for the first */
export function writeRow(out: ByteWriter, row: NameRow, before: string, words: Dictionary): void {
  const plainPhone = row.phone !== undefined && /^\d{10}$/.test(row.phone);
  const next = follows(before, row.uhid);
  const flags =
    SEXES.indexOf(row.sex) |
    (row.nameHi === undefined ? 0 : HAS_HINDI) |
    (row.born === undefined ? 0 : HAS_BIRTH) |
    (row.relation === undefined ? 0 : HAS_RELATION) |
    (row.phone === undefined ? 0 : HAS_PHONE) |
    (plainPhone ? PLAIN_PHONE : 0) |
    (next ? NEXT_UHID : 0) |
    (row.into === undefined ? 0 : HAS_INTO);
  out.number(flags);
  if (next) out.number(Number(row.uhid) - Number(before));
  else out.text(row.uhid);
  writePatient(out, row.patient);
  writeWords(out, row.name, words);
  if (row.nameHi !== undefined) writeWords(out, row.nameHi, words);
  if (row.born !== undefined) {
    out.signed(row.born.fromDay);
    out.number(Math.max(0, row.born.toDay - row.born.fromDay));
  }
  if (row.relation !== undefined) {
    const known = (RELATIONS as readonly string[]).indexOf(row.relation.type) + 1;
    out.number(known);
    if (known === 0) out.text(row.relation.type);
    writeWords(out, row.relation.name, words);
  }
  if (row.phone !== undefined) {
    if (plainPhone) out.number(Number(row.phone));
    else out.text(row.phone);
  }
  if (row.into !== undefined) {
    writePatient(out, row.into.patient);
    out.text(row.into.uhid);
  }
}

function writePatient(out: ByteWriter, stream: StreamId): void {
  const patient = fromBase64Url(stream.slice(stream.indexOf('/') + 1));
  if (patient?.length !== PATIENT_BYTES) throw new TypeError('invariant: a stream id has 96 bits');
  out.raw(patient);
}

function readPatient(from: ByteReader): StreamId {
  return `patient/${toBase64Url(from.raw(PATIENT_BYTES))}` as StreamId; // 12 bytes are 16 letters
}

export function readRow(from: ByteReader, before: string, words: Dictionary): NameRow {
  const flags = from.number();
  const uhid = (flags & NEXT_UHID) === 0 ? from.text() : String(Number(before) + from.number()).padStart(before.length, '0');
  const patient = readPatient(from);
  const name = readWords(from, words);
  const nameHi = (flags & HAS_HINDI) === 0 ? undefined : readWords(from, words);
  const born = (flags & HAS_BIRTH) === 0 ? undefined : readBirth(from);
  const relation = (flags & HAS_RELATION) === 0 ? undefined : readRelation(from, words);
  const phone = (flags & HAS_PHONE) === 0 ? undefined : (flags & PLAIN_PHONE) === 0 ? from.text() : String(from.number()).padStart(10, '0');
  const into = (flags & HAS_INTO) === 0 ? undefined : { patient: readPatient(from), uhid: from.text() };
  return {
    patient,
    uhid,
    name,
    ...(nameHi === undefined ? {} : { nameHi }),
    sex: SEXES[flags & 3]!, // two bits are an index of four
    ...(born === undefined ? {} : { born }),
    ...(relation === undefined ? {} : { relation }),
    ...(phone === undefined ? {} : { phone }),
    ...(into === undefined ? {} : { into }),
  };
}

function readBirth(from: ByteReader): { readonly fromDay: number; readonly toDay: number } {
  const fromDay = from.signed();
  return { fromDay, toDay: fromDay + from.number() };
}

function readRelation(from: ByteReader, words: Dictionary): { readonly type: string; readonly name: string } {
  const known = from.number();
  const type = known === 0 ? from.text() : (RELATIONS[known - 1] ?? '');
  return { type, name: readWords(from, words) };
}
