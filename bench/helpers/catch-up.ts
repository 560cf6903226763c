// Two replicas on a real disk in one process, replicating by the product's own framing and ingest without a socket between them.
import type { Home } from '#node/home.ts';
import type { Sql } from '#journal/ports/storage.ts';
import { decodeWire, encodeWire } from '#journal/wire.ts';
import { openBench } from '../support/hospital.ts';
import { measured, serveHelper } from '../support/process.ts';

/** Time spent after the index was written, in documents and views, so that the two can be told apart. */
let viewsCpu = 0;
let viewsWall = 0;
let since: { cpu: number; wall: number } | undefined;

const cpuNow = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

function marking(home: Home): Home {
  const { sql } = home.ports.storage;
  const marked: Sql = {
    read: (text, params) => sql.read(text, params),
    clear: () => sql.clear(),
    sizeBytes: () => sql.sizeBytes(),
    close: () => sql.close(),
    write: async (statements) => {
      const rows = await sql.write(statements);
      const isIndex = statements.some((statement) => statement.sql.startsWith('INSERT INTO runs'));
      const isFlush = statements.some((statement) => statement.params?.[0] === 'applied');
      if (since !== undefined && isFlush && !isIndex) {
        viewsCpu += cpuNow() - since.cpu;
        viewsWall += performance.now() - since.wall;
      }
      since = isIndex || isFlush ? { cpu: cpuNow(), wall: performance.now() } : undefined;
      return rows;
    },
  };
  return { ...home, ports: { ...home.ports, storage: { ...home.ports.storage, sql: marked } } };
}

const [from, to] = [await openBench(process.argv[2] ?? ''), await openBench(process.argv[3] ?? '', undefined, marking)];
/** Puts commits on the sending side, unmeasured. */
async function prepare(payloads: readonly Uint8Array[]): Promise<number> {
  await from.replica.ingest(payloads);
  return from.replica.position.n;
}

/** Everything that the receiving side lacks, read, framed, decoded and taken in at once: more than 500 commits, so that the
 * index is written before documents and views and the two can be told apart. */
async function pull(count: number): Promise<unknown> {
  viewsCpu = 0;
  viewsWall = 0;
  const end = from.replica.position.n;
  const numbers = Array.from({ length: count }, (_, i) => end - count + 1 + i);
  const used = await measured(async () => {
    const wire = decodeWire(encodeWire(await from.replica.payloads(numbers)).slice());
    if (!wire.ok) throw new Error(wire.problem);
    return (await to.replica.ingest(wire.payloads)).accepted.length;
  });
  return { wallMs: used.wallMs, cpuMs: used.cpuMs, viewsCpuMs: viewsCpu, viewsWallMs: viewsWall, received: used.result };
}

/** Desks' commits as a hub takes pushes: framed, decoded, verified, stored, shown; one desk after the other, or all at the same moment. */
async function push({ runs, together }: { runs: readonly (readonly Uint8Array[])[]; together: boolean }): Promise<unknown> {
  const wires = runs.map(encodeWire);
  let received = 0;
  const used = await measured(async () => {
    const taken = wires.map((bytes) => async (): Promise<void> => {
      const wire = decodeWire(bytes);
      if (!wire.ok) throw new Error(wire.problem);
      received += (await to.replica.ingest(wire.payloads, { live: true })).accepted.length;
    });
    if (together) await Promise.all(taken.map((take) => take()));
    else for (const take of taken) await take();
  });
  return { wallMs: used.wallMs, cpuMs: used.cpuMs, received };
}

serveHelper({
  prepare,
  pull,
  push,
  stop: async () => {
    await from.home.close();
    await to.home.close();
  },
});
