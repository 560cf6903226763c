// Finding one commit of a chain, however its neighbours came.
import { expect, test } from 'vitest';
import type { Commit } from '#journal/commit.ts';
import { HASH_BYTES, HEADER_FORMAT, ID_BYTES } from '#journal/header.ts';
import type { Sql } from '#journal/ports/storage.ts';
import { epochId } from '#journal/refs.ts';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { IndexStore } from './index-store.ts';
import { REPLICA_DDL } from './schema.ts';

const EPOCH = new Uint8Array(ID_BYTES).fill(7);
const crypto = new NodeCrypto();

/** @param history tells commits of one seq apart @param previous history of the commit before */
function commit(seq: number, history = 'a', previous = history): Commit {
  const hash = (of: string, n: number): Uint8Array => crypto.sha256(new TextEncoder().encode(`${of} ${n}`));
  const header = {
    format: HEADER_FORMAT,
    device: new Uint8Array(ID_BYTES),
    epoch: EPOCH,
    seq,
    previous: hash(previous, seq - 1),
    hlc: { ms: 0, counter: 0 },
    bodyHash: new Uint8Array(HASH_BYTES),
  };
  return { header, headerBytes: new Uint8Array(0), hash: hash(history, seq), signature: new Uint8Array(0), body: undefined };
}

async function opened(): Promise<{
  readonly index: IndexStore;
  add(commits: readonly Commit[]): Promise<void>;
  readonly rows: () => number;
}> {
  const { sql } = await NodeSql.open(':memory:');
  await sql.write(REPLICA_DDL.map((text) => ({ sql: text })));
  let rows = 0;
  const counted: Sql = {
    read: async (text, params) => {
      const found = await sql.read(text, params);
      rows += found.length;
      return found;
    },
    write: (statements) => sql.write(statements),
    clear: () => sql.clear(),
    sizeBytes: () => sql.sizeBytes(),
    close: () => sql.close(),
  };
  const index = await IndexStore.open(counted, crypto.sha256, { n: 0, segment: 1, offset: 0, receipt: new Uint8Array(HASH_BYTES) });
  return {
    index,
    rows: () => rows,
    async add(commits) {
      const places = commits.map((_, i) => ({ segment: 1, offset: i, length: 1 }));
      await sql.write(await index.add(commits, places, { segment: 1, offset: 0 }));
    },
  };
}

const seqs = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const epoch = epochId(EPOCH);

test('a commit is found by reading one row, whether the chain came one by one, newest first or in long runs', async () => {
  const one = await opened();
  for (const seq of seqs(1, 300)) await one.add([commit(seq)]);
  const backwards = await opened();
  await backwards.add(
    seqs(1, 300)
      .toReversed()
      .map((seq) => commit(seq)),
  );
  const long = await opened();
  await long.add(seqs(1, 150).map((seq) => commit(seq)));
  await long.add(seqs(151, 300).map((seq) => commit(seq)));
  for (const { index, rows } of [one, backwards, long]) {
    const before = rows();
    for (const seq of [1, 2, 149, 150, 151, 299]) {
      expect(await index.has(commit(seq)), String(seq)).toBe(true);
      expect(await index.has(commit(seq, 'b')), String(seq)).toBe(false);
    }
    expect(rows() - before).toBe(12);
    expect(await index.numbersOfChain(epoch, 140, 160)).toHaveLength(21);
  }
});

test('a chain with a gap gives nothing for it', async () => {
  const { index, add } = await opened();
  await add(seqs(1, 3).map((seq) => commit(seq)));
  await add(seqs(6, 9).map((seq) => commit(seq)));
  expect(await index.refsAt(epoch, 4)).toEqual([]);
  expect(await index.numbersOfChain(epoch, 3, 6)).toEqual([3, 4]);
});

test('of two histories both are found, also where a short run lies before the end of a long one', async () => {
  const { index, add } = await opened();
  await add(seqs(1, 10).map((seq) => commit(seq)));
  await add([commit(5, 'b', 'a'), commit(6, 'b')]);
  expect(await index.refsAt(epoch, 5)).toHaveLength(2);
  expect(await index.refsAt(epoch, 6)).toHaveLength(2);
  expect(await index.refsAt(epoch, 9)).toHaveLength(1);
  expect(await index.has(commit(9))).toBe(true);
});
