// A replica on a real disk that takes commits in: what the journal and its index cost, and apart from it documents and views.
import type { Home } from '#node/home.ts';
import type { Sql } from '#journal/ports/storage.ts';
import { openBench } from '../support/hospital.ts';
import { measured, serveHelper } from '../support/process.ts';

/** CPU and wall at the moments when a transaction had been written. */
const marks: { cpuMs: number; wallMs: number }[] = [];

function mark(): void {
  const { user, system } = process.cpuUsage();
  marks.push({ cpuMs: (user + system) / 1000, wallMs: performance.now() });
}

function marking(home: Home): Home {
  const { sql } = home.ports.storage;
  const marked: Sql = {
    read: (text, params) => sql.read(text, params),
    clear: () => sql.clear(),
    sizeBytes: () => sql.sizeBytes(),
    close: () => sql.close(),
    write: async (statements) => {
      const rows = await sql.write(statements);
      mark();
      return rows;
    },
  };
  return { ...home, ports: { ...home.ports, storage: { ...home.ports.storage, sql: marked } } };
}

const { home, replica } = await openBench(process.argv[2] ?? '', undefined, marking);

/** More than 500 commits at once: the index is written first, in one transaction, then documents and views in slices. */
async function ingest(payloads: readonly Uint8Array[]): Promise<unknown> {
  marks.length = 0;
  const used = await measured(async () => {
    mark();
    return replica.ingest(payloads);
  });
  const { accepted, refused } = used.result;
  if (accepted.length !== payloads.length) throw new Error(`${accepted.length} of ${payloads.length} accepted, ${JSON.stringify(refused)}`);
  const [begun, indexed] = marks;
  if (begun === undefined || indexed === undefined) throw new Error('nothing was written');
  return { wallMs: used.wallMs, cpuMs: used.cpuMs, indexWallMs: indexed.wallMs - begun.wallMs, indexCpuMs: indexed.cpuMs - begun.cpuMs };
}

serveHelper({
  ingest,
  applied: () => replica.position,
  stop: () => home.close(),
});
