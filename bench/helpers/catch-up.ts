// Two replicas on a real disk in one process, replicating by the product's own link and server without a socket between them.
import type { Home } from '#node/home.ts';
import type { Sql } from '#journal/ports/storage.ts';
import { decodeWire, encodeWire } from '#journal/wire.ts';
import { nodeTimers } from '#node/timers.ts';
import { Link } from '#roles/sync/link.ts';
import { SyncServer } from '#roles/sync/server.ts';
import type { Transport } from '#roles/sync/transport.ts';
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
const server = new SyncServer(from.replica, { hospital: from.file.hospital, name: 'hub', unreachable: () => [], hubs: () => [], sleep: (ms, wake) => Promise.race([nodeTimers.sleep(ms), wake]) });

/** Bytes are copied as a socket would. */
const transport: Transport = {
  url: 'memory:',
  async call(verb, body, options) {
    const reply = await server.handle({ verb, body: body.slice(), token: options.token });
    if (reply.status !== 200) return { status: reply.status, body: new TextEncoder().encode(JSON.stringify({ code: reply.code })) };
    return { status: 200, body: 'json' in reply ? new TextEncoder().encode(JSON.stringify(reply.json)) : reply.bytes.slice() };
  },
};
const link = new Link({ replica: to.replica, transport, timers: nodeTimers, scope: { kind: 'all' }, pushes: false, onRollback: () => Promise.resolve(), introduction: () => Promise.resolve(undefined), onStatus: () => undefined, onHubs: () => undefined });
await link.once();

/** Puts commits on the sending side, unmeasured. */
async function prepare(payloads: readonly Uint8Array[]): Promise<number> {
  await from.replica.ingest(payloads);
  return from.replica.position.n;
}

/** The receiving side pulls until it has everything: whole runs in pages of 1 MB. */
async function pull(): Promise<unknown> {
  viewsCpu = 0;
  viewsWall = 0;
  const used = await measured(() => link.once());
  return { wallMs: used.wallMs, cpuMs: used.cpuMs, viewsCpuMs: viewsCpu, viewsWallMs: viewsWall, received: used.result.received };
}

/** A desk's commits as a hub takes a push: framed, decoded, verified, stored, shown, one sync for each desk. */
async function push(runs: readonly (readonly Uint8Array[])[]): Promise<unknown> {
  const wires = runs.map(encodeWire);
  let received = 0;
  const used = await measured(async () => {
    for (const bytes of wires) {
      const wire = decodeWire(bytes);
      if (!wire.ok) throw new Error(wire.problem);
      received += (await to.replica.ingest(wire.payloads, { live: true })).accepted.length;
    }
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
