// The append-only log: records in segment files, synced before anybody is told. It must not know what a record means.
import { crc32 } from './crc32.ts';
import { StorageFailure, type Files, type Sealer } from './ports/storage.ts';

/** A program that knows less than the number in a segment's head refuses to write to the folder. */
export const SEGMENT_FORMAT = 1;
const MAGIC = new Uint8Array([0x4e, 0x49, 0x52, 0x4a, 0x4f, 0x55, 0x52, 0x4e]); // NIRJOURN
export const SEGMENT_HEAD_BYTES = 16;
export const RECORD_HEAD_BYTES = 8;
/** A new file after this size: small enough to copy to a stick and to scrub, large enough that a year is hundreds. */
export const SEGMENT_BYTES = 64 * 1024 * 1024;
/** Larger than any commit; a length above it is damage, not a record. */
export const MAX_RECORD_BYTES = 512 * 1024;
const SCAN_BYTES = 4 * 1024 * 1024;

export interface Place {
  readonly segment: number;
  /** Of the record's payload within its segment. */
  readonly offset: number;
  readonly length: number;
}

/** No sealing: what nodes use until they are given a key. */
export const CLEAR: Sealer = { seal: (payload) => payload, open: (sealed) => sealed };

export interface LogOptions {
  readonly prefix?: string;
  readonly segmentBytes?: number;
  readonly sealer?: Sealer | undefined;
}

export interface OpenedLog {
  readonly log: SegmentLog;
  /** Bytes of a torn tail that was cut, 0 when none. */
  readonly cutBytes: number;
  /** Places in the middle that do not hold what was written there. They are kept; nothing is mended in place. */
  readonly damaged: readonly Place[];
}

export class SegmentLog {
  readonly #files: Files;
  readonly #prefix: string;
  readonly #segmentBytes: number;
  readonly #sealer: Sealer;
  #segment: number;
  #length: number;
  #broken: StorageFailure | undefined;

  private constructor(files: Files, options: LogOptions, segment: number, length: number) {
    this.#files = files;
    this.#prefix = options.prefix ?? 'journal';
    this.#segmentBytes = options.segmentBytes ?? SEGMENT_BYTES;
    this.#sealer = options.sealer ?? CLEAR;
    this.#segment = segment;
    this.#length = length;
  }

  /** Opens the folder, reads every record from `from` on in order, cuts a torn tail of the last segment. */
  static async open(
    files: Files,
    options: LogOptions,
    from: { segment: number; offset: number },
    onRecord: (payload: Uint8Array, place: Place) => void | Promise<void>,
  ): Promise<OpenedLog> {
    const prefix = options.prefix ?? 'journal';
    const segments = await segmentNumbers(files, prefix);
    const log = new SegmentLog(files, options, segments.at(-1)?.number ?? 1, segments.at(-1)?.lengthBytes ?? 0);
    const damaged: Place[] = [];
    let cutBytes = 0;
    for (const segment of segments) {
      if (segment.number < from.segment) continue;
      const last = segment === segments.at(-1);
      const start = segment.number === from.segment ? Math.max(from.offset, SEGMENT_HEAD_BYTES) : SEGMENT_HEAD_BYTES;
      const end = await log.#scan(segment.number, segment.lengthBytes, start, last, damaged, onRecord);
      if (last && end < segment.lengthBytes) {
        cutBytes = segment.lengthBytes - end;
        await files.truncate(log.#name(segment.number), end);
        log.#length = end;
      }
    }
    // What stands behind `from` was written by a process that may have died before its sync: it is in the system's memory, and
    // gone with the power. Nobody may be told of it before it is on the disk.
    const beyond = log.#segment > from.segment || (log.#segment === from.segment && log.#length > from.offset);
    if (segments.length > 0 && log.#length > 0 && beyond) await files.sync(log.#name(log.#segment));
    return { log, cutBytes, damaged };
  }

  /** Where the next record will stand: scanning from here on reads nothing that is there now. */
  get end(): { readonly segment: number; readonly offset: number } {
    return { segment: this.#segment, offset: Math.max(this.#length, SEGMENT_HEAD_BYTES) };
  }

  /** One append and one sync for all; durable when it resolves, and nothing of it stays when it rejects. */
  async append(payloads: readonly Uint8Array[]): Promise<readonly Place[]> {
    if (this.#broken !== undefined) throw this.#broken;
    if (payloads.length === 0) return [];
    if (this.#length >= this.#segmentBytes) {
      this.#segment += 1;
      this.#length = 0;
    }
    const { bytes, places } = this.#frame(payloads);
    const name = this.#name(this.#segment);
    const before = this.#length;
    try {
      await this.#files.append(name, bytes);
      await this.#files.sync(name);
    } catch (error) {
      await this.#undo(name, before, error);
      throw error;
    }
    this.#length = before + bytes.length;
    return places;
  }

  async read(place: Place): Promise<Uint8Array> {
    const bytes = await this.#files.read(this.#name(place.segment), place.offset - RECORD_HEAD_BYTES, place.length + RECORD_HEAD_BYTES);
    return this.#open(bytes, place);
  }

  /** Many records at once; one read of the disk for those that lie together. */
  async readMany(places: readonly Place[]): Promise<readonly Uint8Array[]> {
    const out: Uint8Array[] = [];
    let i = 0;
    while (i < places.length) {
      const first = places[i]!; // i is inside
      let end = i + 1;
      let until = first.offset + first.length;
      while (end < places.length) {
        const next = places[end]!; // end is inside
        if (
          next.segment !== first.segment ||
          next.offset !== until + RECORD_HEAD_BYTES ||
          next.offset + next.length - first.offset > SCAN_BYTES
        )
          break;
        until = next.offset + next.length;
        end += 1;
      }
      if (end === i + 1) out.push(await this.read(first));
      else {
        const bytes = await this.#files.read(
          this.#name(first.segment),
          first.offset - RECORD_HEAD_BYTES,
          until - first.offset + RECORD_HEAD_BYTES,
        );
        for (; i < end; i += 1) out.push(this.#slice(bytes, first, places[i]!)); // i stays inside
      }
      i = end;
    }
    return out;
  }

  #slice(bytes: Uint8Array, first: Place, place: Place): Uint8Array {
    const at = place.offset - first.offset;
    const record = bytes.subarray(at, at + RECORD_HEAD_BYTES + place.length);
    return this.#open(record, place);
  }

  /** A record is what it was when its length, its sum and its place agree; a file that ends too soon gives a shorter one. */
  #open(record: Uint8Array, place: Place): Uint8Array {
    const payload = record.subarray(RECORD_HEAD_BYTES);
    const view = new DataView(record.buffer, record.byteOffset, record.length);
    if (payload.length !== place.length || view.getUint32(0) !== place.length || view.getUint32(4) !== crc32(payload)) {
      throw new StorageFailure('damaged', 'permanent', `record at ${place.segment}:${place.offset} is damaged`);
    }
    return this.#sealer.open(payload);
  }

  #frame(payloads: readonly Uint8Array[]): { bytes: Uint8Array; places: readonly Place[] } {
    const sealed = payloads.map((payload) => this.#sealer.seal(payload));
    const head = this.#length === 0 ? SEGMENT_HEAD_BYTES : 0;
    const total = sealed.reduce((sum, payload) => sum + RECORD_HEAD_BYTES + payload.length, head);
    const bytes = new Uint8Array(total);
    const view = new DataView(bytes.buffer);
    if (head > 0) {
      bytes.set(MAGIC);
      view.setUint16(MAGIC.length, SEGMENT_FORMAT);
    }
    const places: Place[] = [];
    let at = head;
    for (const payload of sealed) {
      if (payload.length > MAX_RECORD_BYTES) throw new RangeError('invariant: a record is at most MAX_RECORD_BYTES');
      view.setUint32(at, payload.length);
      view.setUint32(at + 4, crc32(payload));
      bytes.set(payload, at + RECORD_HEAD_BYTES);
      places.push({ segment: this.#segment, offset: this.#length + at + RECORD_HEAD_BYTES, length: payload.length });
      at += RECORD_HEAD_BYTES + payload.length;
    }
    return { bytes, places };
  }

  /** After a refused append the file is cut back; when even that fails the log refuses every further write. */
  async #undo(name: string, length: number, error: unknown): Promise<void> {
    try {
      const info = (await this.#files.list()).find((file) => file.name === name);
      if (info !== undefined && info.lengthBytes > length) await this.#files.truncate(name, length);
    } catch (cause) {
      this.#broken = new StorageFailure('io', 'permanent', `the journal could not be cut back after a failed write: ${String(error)}`, {
        cause,
      });
    }
  }

  async #scan(
    segment: number,
    lengthBytes: number,
    start: number,
    last: boolean,
    damaged: Place[],
    onRecord: (payload: Uint8Array, place: Place) => void | Promise<void>,
  ): Promise<number> {
    const name = this.#name(segment);
    const head = await this.#files.read(name, 0, SEGMENT_HEAD_BYTES);
    if (head.length < SEGMENT_HEAD_BYTES) return last ? 0 : lengthBytes;
    // The very first append of a segment may be torn in its head too. With no whole record behind it nothing was acknowledged.
    if (
      last &&
      !isOurs(head) &&
      lengthBytes <= SCAN_BYTES &&
      findNext(new Uint8Array(await this.#files.read(name, 0, lengthBytes)), 0) === undefined
    )
      return 0;
    checkHead(head, name);
    let at = start;
    let chunk = new Uint8Array(0);
    let chunkStart = at;
    while (at < lengthBytes) {
      if (
        at + RECORD_HEAD_BYTES > chunkStart + chunk.length ||
        at + RECORD_HEAD_BYTES + peekLength(chunk, at - chunkStart) > chunkStart + chunk.length
      ) {
        chunkStart = at;
        chunk = new Uint8Array(await this.#files.read(name, at, SCAN_BYTES));
      }
      const found = readRecord(chunk, at - chunkStart);
      if (found === undefined) {
        // A record that does not hold. With a whole one behind it, it is damage and stays as evidence; with none behind it
        // in the last segment it is a torn tail, never acknowledged, and is cut.
        const next = findNext(chunk, at - chunkStart + 1);
        if (next === undefined) {
          if (!last) damaged.push({ segment, offset: at, length: lengthBytes - at });
          return last ? at : lengthBytes;
        }
        damaged.push({ segment, offset: at, length: next - (at - chunkStart) });
        at = chunkStart + next;
        continue;
      }
      await onRecord(this.#sealer.open(found), { segment, offset: at + RECORD_HEAD_BYTES, length: found.length });
      at += RECORD_HEAD_BYTES + found.length;
    }
    return at;
  }

  #name(segment: number): string {
    return segmentName(this.#prefix, segment);
  }
}

/** Rejects with `newer-format` before anything else of a folder is touched. A newer program's segments are the last ones. */
export async function refuseNewer(files: Files, prefix = 'journal'): Promise<void> {
  const last = (await segmentNumbers(files, prefix)).at(-1);
  if (last === undefined) return;
  const name = segmentName(prefix, last.number);
  const head = await files.read(name, 0, SEGMENT_HEAD_BYTES);
  if (head.length === SEGMENT_HEAD_BYTES && isOurs(head)) checkHead(head, name);
}

export function segmentName(prefix: string, segment: number): string {
  return `${prefix}-${String(segment).padStart(8, '0')}.seg`;
}

async function segmentNumbers(files: Files, prefix: string): Promise<readonly { readonly number: number; readonly lengthBytes: number }[]> {
  const pattern = new RegExp(`^${prefix}-(\\d{8})\\.seg$`);
  return (await files.list())
    .flatMap((file) => {
      const match = pattern.exec(file.name);
      return match === null ? [] : [{ number: Number(match[1]), lengthBytes: file.lengthBytes }];
    })
    .sort((a, b) => a.number - b.number);
}

function isOurs(head: Uint8Array): boolean {
  return MAGIC.every((byte, i) => head[i] === byte);
}

function checkHead(head: Uint8Array, name: string): void {
  const format = new DataView(head.buffer, head.byteOffset, head.length).getUint16(MAGIC.length);
  if (!isOurs(head)) throw new StorageFailure('io', 'permanent', `${name} is not a journal of Nirantar`);
  if (format > SEGMENT_FORMAT) {
    throw new StorageFailure(
      'newer-format',
      'permanent',
      `${name} was written by a newer program (format ${format}, this one knows ${SEGMENT_FORMAT}). Update this program; it does not write here.`,
    );
  }
}

function peekLength(chunk: Uint8Array, at: number): number {
  if (at < 0 || at + RECORD_HEAD_BYTES > chunk.length) return 0;
  const length = new DataView(chunk.buffer, chunk.byteOffset + at, RECORD_HEAD_BYTES).getUint32(0);
  return length > MAX_RECORD_BYTES ? 0 : length;
}

function readRecord(chunk: Uint8Array, at: number): Uint8Array | undefined {
  if (at + RECORD_HEAD_BYTES > chunk.length) return undefined;
  const view = new DataView(chunk.buffer, chunk.byteOffset + at, RECORD_HEAD_BYTES);
  const length = view.getUint32(0);
  if (length === 0 || length > MAX_RECORD_BYTES || at + RECORD_HEAD_BYTES + length > chunk.length) return undefined;
  const payload = chunk.slice(at + RECORD_HEAD_BYTES, at + RECORD_HEAD_BYTES + length);
  return crc32(payload) === view.getUint32(4) ? payload : undefined;
}

/** The next place in the chunk where a whole record begins, after damage in the middle of a segment. */
function findNext(chunk: Uint8Array, from: number): number | undefined {
  for (let at = from; at + RECORD_HEAD_BYTES < chunk.length; at += 1) if (readRecord(chunk, at) !== undefined) return at;
  return undefined;
}
