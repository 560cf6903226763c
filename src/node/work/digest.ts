// What two replicas compare: how many commits, the heads of all chains, and all documents as they show.
import crypto from 'node:crypto';
import type { Replica } from '#roles/replica/replica.ts';

/** Documents hashed at once: some megabytes. */
const PAGE = 5_000;
const DOCUMENTS = 'SELECT stream, json FROM documents WHERE stream > ? ORDER BY stream LIMIT ?';

export interface Digest {
  readonly commits: number;
  /** Hash over (epoch, seq, hash) of the head of each chain. */
  readonly heads: string;
  /** Hash over all documents: equal at one version of the program when the same is held. */
  readonly documents: string;
}

export async function digestOf(replica: Replica): Promise<Digest> {
  const heads = crypto.createHash('sha256');
  for (const [epoch, chain] of [...replica.index.chains].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    heads.update(`${epoch} ${chain.headSeq} ${chain.headHash} ${chain.count}\n`);
  }
  const documents = crypto.createHash('sha256');
  for (let after = ''; ;) {
    const rows = await replica.ports.storage.sql.read(DOCUMENTS, [after, PAGE]);
    for (const row of rows) documents.update(`${String(row['stream'])} ${String(row['json'])}\n`);
    if (rows.length < PAGE) break;
    after = String(rows.at(-1)?.['stream']);
  }
  return { commits: replica.position.n, heads: heads.digest('base64url'), documents: documents.digest('base64url') };
}
