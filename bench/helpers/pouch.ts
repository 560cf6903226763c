// PouchDB 9 on LevelDB, replicating documents from one database to another in one process, as its own manual shows. It does
// not sync to disk and checks no signature; that is in its favour.
import { createRequire } from 'node:module';
import { measured, serveHelper } from '../support/process.ts';

interface Pouch {
  bulkDocs(documents: readonly object[]): Promise<unknown>;
  info(): Promise<{ doc_count: number }>;
  close(): Promise<void>;
}
type PouchMaker = {
  new (name: string): Pouch;
  replicate(from: Pouch, to: Pouch, options: object): Promise<{ ok: boolean; docs_written: number }>;
};

// The package is CommonJS and brings no types.
const PouchDB = createRequire(import.meta.url)('pouchdb') as PouchMaker;
const folder = process.argv[2] ?? '';
const hub = new PouchDB(`${folder}/hub`);
const sources: Pouch[] = [];

/** One source database for each run of documents. */
async function prepare(runs: readonly (readonly object[])[]): Promise<number> {
  for (const source of sources.splice(0)) await source.close();
  for (const [i, documents] of runs.entries()) {
    const source = new PouchDB(`${folder}/source-${Date.now()}-${i}`);
    await source.bulkDocs(documents);
    sources.push(source);
  }
  return sources.length;
}

/** Replicates every prepared source to the hub, one after the other. */
async function replicate(batchSize: number): Promise<unknown> {
  let written = 0;
  const used = await measured(async () => {
    for (const source of sources) written += (await PouchDB.replicate(source, hub, { batch_size: batchSize })).docs_written;
  });
  return { wallMs: used.wallMs, cpuMs: used.cpuMs, written };
}

serveHelper({ prepare, replicate, stop: () => hub.close() });
