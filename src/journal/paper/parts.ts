// One payload as the texts of numbered QR symbols and back, in any order. It must not know what a payload means.
import { concatBytes, equalBytes, toHex } from '#kernel/shared/bytes.ts';
import { crc32 } from '../crc32.ts';
import { fromBase45, toBase45 } from './base45.ts';
import { MAX_CHUNK_BYTES, MOST_PARTS, PART_CHECK_BYTES } from './limits.ts';

export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** Five bytes of the payload's hash, as capital hexadecimal: which sheet a symbol belongs to. */
const SET_ID_BYTES = 5;
/** The base45 of whole bytes never ends with a space (its last letter is at most `W`), so trimming takes nothing away. */
const PART = /^NR1:([0-9A-F]{10}):([1-9]\d?)\/([1-9]\d?):([0-9A-Z $%*+\-./:]*)$/;
const ANY_FORMAT = /^NR(\d{1,3}):/;
const encoder = new TextEncoder();

function setId(sha256: Sha256, payload: Uint8Array): string {
  return toHex(sha256(payload).subarray(0, SET_ID_BYTES)).toUpperCase();
}

/** Over frame and chunk, so that a letter misread in the part's number is found too. */
function check(frame: string, chunk: Uint8Array): Uint8Array {
  const crc = crc32(concatBytes(encoder.encode(frame), chunk));
  return Uint8Array.of(crc >>> 24, (crc >>> 16) & 255, (crc >>> 8) & 255, crc & 255);
}

/** How many symbols a payload of this length takes. */
export function partCount(payloadBytes: number): number {
  return Math.max(1, Math.ceil(payloadBytes / MAX_CHUNK_BYTES));
}

/** One text per QR symbol, of nearly equal length, so that no symbol is denser than it must be. */
export function splitParts(payload: Uint8Array, sha256: Sha256): readonly string[] {
  const total = partCount(payload.length);
  if (total > MOST_PARTS) throw new RangeError('invariant: the caller has checked the number of parts');
  const size = Math.ceil(payload.length / total);
  const set = setId(sha256, payload);
  return Array.from({ length: total }, (_, index) => {
    const chunk = payload.subarray(index * size, (index + 1) * size);
    const frame = `NR1:${set}:${index + 1}/${total}:`;
    return `${frame}${toBase45(concatBytes(check(frame, chunk), chunk))}`;
  });
}

export interface Part {
  readonly set: string;
  /** From 1. */
  readonly part: number;
  readonly total: number;
  readonly chunk: Uint8Array;
}
export type PartProblem = 'paper-not-ours' | 'paper-newer-format' | 'paper-damaged';
export type ParsedPart = { readonly ok: true; readonly part: Part } | { readonly ok: false; readonly code: PartProblem };

/** One scanned text, already cleaned by `classifyScan`. */
export function parsePart(text: string): ParsedPart {
  const format = ANY_FORMAT.exec(text);
  if (format === null) return { ok: false, code: 'paper-not-ours' };
  if (format[1] !== '1') return { ok: false, code: Number(format[1]) > 1 ? 'paper-newer-format' : 'paper-not-ours' };
  const match = PART.exec(text);
  if (match === null) return { ok: false, code: 'paper-damaged' };
  const [, set = '', part = '', total = '', letters = ''] = match;
  const bytes = fromBase45(letters);
  if (bytes === undefined || bytes.length < PART_CHECK_BYTES) return { ok: false, code: 'paper-damaged' };
  const chunk = bytes.slice(PART_CHECK_BYTES);
  const numbered = Number(part) <= Number(total) && Number(total) <= MOST_PARTS && chunk.length <= MAX_CHUNK_BYTES;
  const whole = equalBytes(check(`NR1:${set}:${part}/${total}:`, chunk), bytes.subarray(0, PART_CHECK_BYTES));
  if (!numbered || !whole) return { ok: false, code: 'paper-damaged' };
  return { ok: true, part: { set, part: Number(part), total: Number(total), chunk } };
}

/** The payload of all parts in order, or undefined when together they are not what the set id names. */
export function joinParts(set: string, chunks: readonly Uint8Array[], sha256: Sha256): Uint8Array | undefined {
  const payload = concatBytes(...chunks);
  return setId(sha256, payload) === set ? payload : undefined;
}
