// One suite for every implementation of the storage port. It knows no test runner: each case throws when it does not hold.
import { SegmentLog } from '../segment-log.ts';
import type { Storage } from '../ports/storage.ts';

export interface StoragePlace {
  /** Opens the place, as a process that has just started would. */
  open(): Promise<Storage>;
  /** Ends the one that is open without any last word, as a kill would. What was synced stays. */
  kill(storage: Storage): Promise<void>;
}

export interface ConformanceCase {
  readonly name: string;
  run(newPlace: () => Promise<StoragePlace>): Promise<void>;
}

function assert(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`storage conformance: ${what}`);
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);
const filled = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value);

async function refused(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  return undefined;
}

export const STORAGE_CONFORMANCE: readonly ConformanceCase[] = [
  {
    name: 'what is appended is read, in pieces and beyond the end',
    async run(newPlace) {
      const { files } = await (await newPlace()).open();
      await files.append('a.seg', bytes(1, 2, 3));
      await files.append('a.seg', bytes(4, 5));
      assert(same(await files.read('a.seg', 0, 5), bytes(1, 2, 3, 4, 5)), 'the whole file');
      assert(same(await files.read('a.seg', 2, 2), bytes(3, 4)), 'a piece');
      assert(same(await files.read('a.seg', 4, 100), bytes(5)), 'fewer bytes at the end');
      assert((await files.read('a.seg', 50, 10)).length === 0, 'nothing beyond the end');
      assert((await files.read('none.seg', 0, 10)).length === 0, 'nothing of a file that is not there');
      const list = await files.list();
      assert(list.length === 1 && list[0]?.name === 'a.seg' && list[0].lengthBytes === 5, 'the list');
    },
  },
  {
    name: 'what was synced is there after a kill',
    async run(newPlace) {
      const place = await newPlace();
      const first = await place.open();
      await first.files.append('a.seg', filled(100_000, 7));
      await first.files.sync('a.seg');
      await place.kill(first);
      const { files } = await place.open();
      const read = await files.read('a.seg', 0, 200_000);
      assert(read.length >= 100_000 && same(read.subarray(0, 100_000), filled(100_000, 7)), 'all synced bytes');
    },
  },
  {
    name: 'replace is old or new, and durable',
    async run(newPlace) {
      const place = await newPlace();
      const first = await place.open();
      await first.files.replace('device.json', bytes(1));
      await first.files.replace('device.json', bytes(2, 2));
      await place.kill(first);
      const { files } = await place.open();
      assert(same(await files.read('device.json', 0, 10), bytes(2, 2)), 'the last one');
      assert((await files.list()).filter((file) => file.name === 'device.json').length === 1, 'one file of that name');
    },
  },
  {
    name: 'truncate cuts the end and what follows is appended there',
    async run(newPlace) {
      const place = await newPlace();
      const first = await place.open();
      await first.files.append('a.seg', bytes(1, 2, 3, 4));
      await first.files.truncate('a.seg', 2);
      await first.files.append('a.seg', bytes(9));
      await first.files.sync('a.seg');
      await place.kill(first);
      const { files } = await place.open();
      assert(same(await files.read('a.seg', 0, 10), bytes(1, 2, 9)), 'cut and appended');
    },
  },
  {
    name: 'syncs are counted, so that durability cannot silently be switched off',
    async run(newPlace) {
      const { files } = await (await newPlace()).open();
      const { log } = await SegmentLog.open(files, {}, { segment: 1, offset: 0 }, () => undefined);
      const before = files.counters.syncs;
      for (let i = 0; i < 10; i += 1) await log.append([filled(400, i)]);
      assert(files.counters.syncs - before >= 10, `a sync for each acknowledgement, saw ${files.counters.syncs - before} of 10`);
      assert(files.counters.syncs - before <= 30, 'and not many more');
    },
  },
  {
    name: 'the journal on it: records come back in order after a kill, a torn tail is cut',
    async run(newPlace) {
      const place = await newPlace();
      const first = await place.open();
      const { log } = await SegmentLog.open(first.files, { segmentBytes: 5000 }, { segment: 1, offset: 0 }, () => undefined);
      for (let i = 0; i < 40; i += 1) await log.append([filled(300, i), filled(10, i)]);
      await place.kill(first);
      const second = await place.open();
      const last =
        (await second.files.list())
          .filter((file) => file.name.endsWith('.seg'))
          .map((file) => file.name)
          .sort()
          .at(-1) ?? '';
      await second.files.append(last, bytes(0, 0, 1, 44, 1, 2, 3));
      await second.files.sync(last);
      const seen: number[] = [];
      const opened = await SegmentLog.open(
        second.files,
        { segmentBytes: 5000 },
        { segment: 1, offset: 0 },
        (payload) => void seen.push(payload[0] ?? -1),
      );
      assert(seen.length === 80 && seen.every((value, i) => value === Math.floor(i / 2)), `80 records in order, saw ${seen.length}`);
      assert(opened.cutBytes === 7, 'the torn tail was cut');
      const [place1] = await opened.log.append([filled(5, 99)]);
      assert(place1 !== undefined && same(await opened.log.read(place1), filled(5, 99)), 'and it goes on');
    },
  },
  {
    name: 'a newer format is refused and left as it is',
    async run(newPlace) {
      const { files } = await (await newPlace()).open();
      await files.append('journal-00000001.seg', bytes(0x4e, 0x49, 0x52, 0x4a, 0x4f, 0x55, 0x52, 0x4e, 0, 99, 0, 0, 0, 0, 0, 0));
      await files.sync('journal-00000001.seg');
      const error = await refused(SegmentLog.open(files, {}, { segment: 1, offset: 0 }, () => undefined));
      assert(typeof error === 'object' && error !== null && 'code' in error && error.code === 'newer-format', 'the code says why');
      assert((await files.read('journal-00000001.seg', 0, 100)).length === 16, 'nothing was touched');
    },
  },
  {
    name: 'SQL: all statements or none, rows of each, typed values back',
    async run(newPlace) {
      const { sql } = await (await newPlace()).open();
      await sql.write([{ sql: 'CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT UNIQUE, c BLOB)' }]);
      await sql.write([
        {
          sql: 'INSERT INTO t VALUES(?, ?, ?)',
          many: [
            [1, 'एक', bytes(1)],
            [2, 'two', bytes()],
          ],
        },
      ]);
      const rows = await sql.read('SELECT a, b, c FROM t ORDER BY a');
      assert(
        rows.length === 2 && rows[0]?.['b'] === 'एक' && rows[0]['c'] instanceof Uint8Array && same(rows[0]['c'], bytes(1)),
        'rows with their types',
      );
      const error = await refused(
        sql.write([
          { sql: 'INSERT INTO t VALUES(3, ?, NULL)', params: ['three'] },
          { sql: 'INSERT INTO t VALUES(4, ?, NULL)', params: ['two'] },
        ]),
      );
      assert(error !== undefined, 'a broken rule is refused');
      assert((await sql.read('SELECT count(*) AS n FROM t'))[0]?.['n'] === 2, 'and nothing of it stays');
      const returned = await sql.write([
        { sql: 'SELECT ? AS x', params: [5] },
        { sql: 'DELETE FROM t WHERE a = ?', many: [[1], [2]] },
      ]);
      assert(returned.length === 2 && returned[0]?.[0]?.['x'] === 5, 'rows of each statement');
      await sql.clear();
      assert((await refused(sql.read('SELECT * FROM t'))) !== undefined, 'cleared');
    },
  },
  {
    name: 'SQL: what was written is there when it opens again, or it is empty; never in between',
    async run(newPlace) {
      const place = await newPlace();
      const first = await place.open();
      await first.sql.write([{ sql: 'CREATE TABLE t(a INTEGER)' }]);
      for (let i = 0; i < 50; i += 1)
        await first.sql.write([
          { sql: 'INSERT INTO t VALUES(?)', params: [i] },
          { sql: 'INSERT INTO t VALUES(?)', params: [-i] },
        ]);
      await place.kill(first);
      const { sql } = await place.open();
      const found = await refused(sql.read('SELECT count(*) AS n FROM t'));
      if (found !== undefined) return;
      const n = Number((await sql.read('SELECT count(*) AS n FROM t'))[0]?.['n']);
      assert(n % 2 === 0, `whole transactions only, saw ${n} rows`);
    },
  },
];
