// The name index of all patients as a pack: numbered records that a hub builds once and every desk stores as they are.
// It must not know SQL or the network. Rows are sorted by UHID; words have numbers, the most frequent the smallest.
import { ByteReader, ByteWriter } from './bytes.ts';
import type { NameRow } from './name-row.ts';
import { phoneKey, uhidKey, partsOf } from './name-row.ts';
import { readRow, writeRow } from './row-codec.ts';
import type { Dictionary } from './row-codec.ts';

/** One record of a pack: a row of the desk's table. */
export interface PackRecord {
  readonly id: number;
  readonly bytes: Uint8Array;
}

/** First id of each kind of record. */
export const RECORDS = { head: 0, words: 1_000, blocks: 100_000, postings: 10_000_000, phones: 20_000_000 } as const;
/** About 5 KB: one read of a few pages, 0.1 ms to decode. */
export const BLOCK_ROWS = 128;
const WORDS_IN_RECORD = 4096;
const PHONES_IN_RECORD = 512;
/** Postings of rare words share a record until it has this many bytes. */
const POSTINGS_BYTES = 4096;
export const PACK_FORMAT = 1;

export interface PackHead {
  readonly format: number;
  /** Chosen by the hub, for example its receipt number: a desk compares it, nothing else. */
  readonly version: string;
  readonly rows: number;
  readonly words: number;
  /** Ids of all records but the head, so that a desk can see that it has them all. */
  readonly records: number;
  /** Sort key of the first UHID of each block. */
  readonly firstUhids: readonly string[];
  /** First word number of each record of postings. */
  readonly firstWords: readonly number[];
  /** First phone of each record of phones. */
  readonly firstPhones: readonly number[];
}

/** All records, the head last: a desk that has the head has everything before it. */
export function buildNamePack(unsorted: readonly NameRow[], version: string): readonly PackRecord[] {
  const keyed = unsorted.map((row) => ({ key: uhidKey(row.uhid), row }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.row.patient < b.row.patient ? -1 : 1));
  const rows = keyed.map((item) => item.row);
  const { words, dictionary } = countWords(rows);
  const records: PackRecord[] = [];
  for (let at = 0; at < words.length; at += WORDS_IN_RECORD) {
    const out = new ByteWriter();
    for (const word of words.slice(at, at + WORDS_IN_RECORD)) out.text(word);
    records.push({ id: RECORDS.words + at / WORDS_IN_RECORD, bytes: out.finish() });
  }
  const firstUhids: string[] = [];
  for (let at = 0; at < rows.length; at += BLOCK_ROWS) {
    const block = rows.slice(at, at + BLOCK_ROWS);
    firstUhids.push(uhidKey(block[0]!.uhid)); // at is inside
    records.push({ id: RECORDS.blocks + at / BLOCK_ROWS, bytes: encodeBlock(block, dictionary) });
  }
  const firstWords = addPostings(records, rows, words.length, dictionary);
  const firstPhones = addPhones(records, rows);
  const head: PackHead = {
    format: PACK_FORMAT,
    version,
    rows: rows.length,
    words: words.length,
    records: records.length,
    firstUhids,
    firstWords,
    firstPhones,
  };
  records.push({ id: RECORDS.head, bytes: new TextEncoder().encode(JSON.stringify(head)) });
  return records;
}

function countWords(rows: readonly NameRow[]): { readonly words: readonly string[]; readonly dictionary: Dictionary } {
  const counts = new Map<string, number>();
  const count = (name: string | undefined, weight: number): void => {
    if (name === undefined) return;
    for (const word of partsOf(name)) counts.set(word, (counts.get(word) ?? 0) + weight);
  };
  for (const row of rows) {
    count(row.name, 1);
    count(row.nameHi, 1);
    count(row.relation?.name, 1);
  }
  const words = [...counts.keys()].toSorted((a, b) => counts.get(b)! - counts.get(a)! || (a < b ? -1 : 1)); // keys of counts
  const numbers = new Map(words.map((word, number) => [word, number]));
  return { words, dictionary: { numberOf: (word) => numbers.get(word)!, wordAt: (number) => words[number]! } }; // every word was counted
}

function encodeBlock(rows: readonly NameRow[], words: Dictionary): Uint8Array {
  const out = new ByteWriter(rows.length * 48);
  let before = '';
  for (const row of rows) {
    writeRow(out, row, before, words);
    before = row.uhid;
  }
  return out.finish();
}

export function decodeBlock(bytes: Uint8Array, words: Dictionary): readonly NameRow[] {
  const from = new ByteReader(bytes);
  const rows: NameRow[] = [];
  let before = '';
  while (!from.done) {
    const row = readRow(from, before, words);
    rows.push(row);
    before = row.uhid;
  }
  return rows;
}

/** For each word the rows whose patient bears it, as differences. Words of relations are not searched. */
function addPostings(records: PackRecord[], rows: readonly NameRow[], words: number, dictionary: Dictionary): readonly number[] {
  const lists: number[][] = Array.from({ length: words }, () => []);
  rows.forEach((row, number) => {
    for (const name of [row.name, row.nameHi ?? '']) {
      for (const word of name === '' ? [] : partsOf(name)) {
        const list = lists[dictionary.numberOf(word)]!; // every word has a number below `words`
        if (list.at(-1) !== number) list.push(number);
      }
    }
  });
  const firsts: number[] = [];
  let out = new ByteWriter(POSTINGS_BYTES * 2);
  let first = 0;
  lists.forEach((list, word) => {
    out.number(list.length);
    const body = new ByteWriter(list.length * 2 + 8);
    let before = 0;
    for (const row of list) {
      body.number(row - before);
      before = row;
    }
    out.number(body.length);
    out.raw(body.finish());
    if (out.length >= POSTINGS_BYTES || word === words - 1) {
      records.push({ id: RECORDS.postings + firsts.length, bytes: out.finish() });
      firsts.push(first);
      first = word + 1;
      out = new ByteWriter(POSTINGS_BYTES * 2);
    }
  });
  return firsts;
}

function addPhones(records: PackRecord[], rows: readonly NameRow[]): readonly number[] {
  const phones = rows.flatMap((row, number) => {
    const key = row.phone === undefined ? undefined : phoneKey(row.phone);
    return key === undefined ? [] : [{ phone: Number(key.padEnd(10, '0')), number }];
  });
  phones.sort((a, b) => a.phone - b.phone || a.number - b.number);
  const firsts: number[] = [];
  for (let at = 0; at < phones.length; at += PHONES_IN_RECORD) {
    const out = new ByteWriter(PHONES_IN_RECORD * 8);
    let before = 0;
    for (const { phone, number } of phones.slice(at, at + PHONES_IN_RECORD)) {
      out.number(phone - before);
      out.number(number);
      before = phone;
    }
    records.push({ id: RECORDS.phones + firsts.length, bytes: out.finish() });
    firsts.push(phones[at]!.phone); // at is inside
  }
  return firsts;
}

/** Records as one chunk for the wire. */
export function encodeChunk(records: readonly PackRecord[]): Uint8Array {
  const out = new ByteWriter(records.reduce((sum, record) => sum + record.bytes.length + 16, 0));
  for (const { id, bytes } of records) {
    out.number(id);
    out.number(bytes.length);
    out.raw(bytes);
  }
  return out.finish();
}

/** All records in chunks of about `maxBytes` (one record more, when it is larger), in order: the head comes last. */
export function chunksOf(records: readonly PackRecord[], maxBytes: number): readonly Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < records.length;) {
    const start = at;
    let bytes = 0;
    while (at < records.length && (at === start || bytes + records[at]!.bytes.length < maxBytes)) {
      // at is inside
      bytes += records[at]!.bytes.length; // as above
      at += 1;
    }
    chunks.push(encodeChunk(records.slice(start, at)));
  }
  return chunks;
}

/** @throws RangeError when the bytes are not whole records */
export function decodeChunk(bytes: Uint8Array): readonly PackRecord[] {
  const from = new ByteReader(bytes);
  const records: PackRecord[] = [];
  while (!from.done) {
    const id = from.number();
    records.push({ id, bytes: from.raw(from.number()).slice() });
  }
  return records;
}
