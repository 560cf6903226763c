// A hub as a process: its role behind HTTP, the desks' files, and the questions of other verbs to it while it runs.
import crypto from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApi, isApiPath } from '#api/api.ts';
import { HubApi } from '#roles/hub-api.ts';
import { HubRole } from '#roles/hub-role.ts';
import { Refused } from '../cli/exit.ts';
import type { HubOptions, Running } from '../cli/services.ts';
import { serveControl } from '../control.ts';
import { type Handler, type RunningServer, serveHttp } from '../http-server.ts';
import { createLog, type Log } from '../log.ts';
import { createMetrics, type Metrics } from '../metrics.ts';
import { SECURITY_HEADERS } from '../security-headers.ts';
import { loadStaticFiles } from '../static-files.ts';
import { type CaPages, isPageRequest, isSecure, loadCaPages } from '../pages/ca-pages.ts';
import { answerControl } from './hub-control.ts';
import {
  ensureAuthority,
  forbiddenNames,
  isLoopback,
  keptRoot,
  needsRenewal,
  reachableHost,
  RENEWAL_CHECK_MS,
  type ServedCertificate,
  serverCertificate,
  tlsPort,
  trustKeptRoot,
} from './hub-tls.ts';
import { buildInThread } from './name-pack-thread.ts';
import { type OpenedReplica, openReplica } from './open-replica.ts';
import { wordsOf } from './sentence.ts';
import { originOf, stationPorts } from './station-ports.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const DESK_FILES = path.join(ROOT, 'dist/desk');
const DOCS = path.dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')));

export async function runHub(options: HubOptions): Promise<Running> {
  const opened = await openReplica(options.dir);
  try {
    return await serve(opened, options);
  } catch (error) {
    await opened.home.close();
    throw error;
  }
}

async function serve(opened: OpenedReplica, options: HubOptions): Promise<Running> {
  const { home, replica, file } = opened;
  let url = '';
  const log = createLog(process.env['NIRANTAR_LOG'] === undefined ? { level: 'warn' } : { file: process.env['NIRANTAR_LOG'] });
  trustKeptRoot(home);
  const hub = new HubRole({
    replica,
    file,
    ...stationPorts(),
    url: () => url,
    packBuilder: () => buildInThread((error) => log.error('name index not built', error)),
    tls: tlsPort(home, file.hospital),
  });
  const metrics = hubMetrics(hub);
  const api = new HubApi(hub, {
    docsFile: async (name) => new Uint8Array(await fs.readFile(path.join(DOCS, name))),
    metrics: () => metrics.text(),
    failed: (error, requestId) => log.error('request failed', error, { requestId }),
    alive: () => true,
  });
  const certificate = await Certificate.make(opened, options);
  let securePort: number | undefined;
  const pages = loadCaPages({ hospital: file.hospital, root: () => keptRoot(home), securePort: () => securePort });
  const onError = (error: unknown): void => log.error('request failed', error);
  const host = options.host ?? '127.0.0.1';
  const tls = certificate?.served;
  const server = await serveHttp({
    handler: await handlerOf(api, metrics, pages, (options.origins ?? []).map(originOf)),
    port: options.port,
    host,
    onError,
    ...(tls === undefined ? {} : { tls }),
  });
  url = `${tls === undefined ? 'http' : 'https'}://${urlHost(options)}:${server.port}`;
  if (tls !== undefined) securePort = server.port;
  const plain = await servePlain(pages, options, onError).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  const control = await serveControl(
    options.dir,
    (verb, input) => answerControl(hub, verb, input),
    (error) => log.error('control failed', error),
  );
  await hub.start(options.peers.map(originOf));
  const renewal = setInterval(() => {
    ensureAuthority(home, replica, hub.links.urls.map(stationPorts().transport))
      .then(() => certificate?.renew(server))
      .catch((error: unknown) => log.error('certificate not renewed', error));
  }, RENEWAL_CHECK_MS);
  log.info('serving', { port: server.port, encrypted: tls !== undefined });
  return {
    output: {
      url,
      ...(plain === undefined ? {} : { plainUrl: `http://${urlHost(options)}:${plain.port}` }),
      pid: process.pid,
      name: hub.name,
      commits: replica.position.n,
      notes: notesOf(replica.notes, home.ports.storage.notes, log),
    },
    stop: async () => {
      clearInterval(renewal);
      await control.close();
      await plain?.close();
      await server.close();
      await hub.stop();
      await home.close();
    },
  };
}

/** The certificate of a hub that serves the network, kept fresh. */
class Certificate {
  readonly #home: OpenedReplica['home'];
  readonly #wanted: { readonly host: string; readonly names: readonly string[] };
  served: ServedCertificate;

  private constructor(
    home: OpenedReplica['home'],
    wanted: { readonly host: string; readonly names: readonly string[] },
    served: ServedCertificate,
  ) {
    this.#home = home;
    this.#wanted = wanted;
    this.served = served;
  }

  /** Undefined on a hub that serves this machine only. On the network nothing is served in the clear: passwords would travel. */
  static async make({ home, replica }: OpenedReplica, options: HubOptions): Promise<Certificate | undefined> {
    const host = options.host ?? '127.0.0.1';
    if (isLoopback(host)) return undefined;
    const wanted = { host, names: options.names ?? [] };
    const problem = await ensureAuthority(home, replica, options.peers.map(originOf).map(stationPorts().transport));
    const served = await serverCertificate(home, wanted);
    if (served === undefined)
      throw new Refused(
        `This hub has no certificate of the hospital yet, and serves the network only with one. Start it once with --peer and a hub that can give it one (the first hub, or one that joined it). ${wordsOf({ code: problem ?? 'tls-authority-none', facts: { hubs: options.peers.length } })}`,
      );
    const [forbidden] = forbiddenNames(home, wanted.names);
    if (forbidden !== undefined)
      throw new Refused(
        `This hospital's certificates hold for private names only, and ${forbidden} is none of them. Use a name below .internal, or found the hospital with 'nirantar init --domain'.`,
      );
    return new Certificate(home, wanted, served);
  }

  async renew(server: RunningServer): Promise<void> {
    if (!needsRenewal(this.#home, this.served, this.#wanted)) return;
    const fresh = await serverCertificate(this.#home, this.#wanted);
    if (fresh === undefined) return;
    this.served = fresh;
    server.useCertificate(fresh);
  }
}

function urlHost(options: HubOptions): string {
  const host = reachableHost(options.host ?? '127.0.0.1');
  return host.includes(':') ? `[${host}]` : host;
}

/** Beside HTTPS: who types the name without https finds out what to do. Nothing else is answered there. */
async function servePlain(pages: CaPages, options: HubOptions, onError: (error: unknown) => void): Promise<RunningServer | undefined> {
  if (options.plainPort === undefined) return undefined;
  const handler: Handler = (request) =>
    pages.serve(request) ??
    (isPageRequest(request) ? pages.notSecure(request) : new Response('Use https.\n', { status: 403, headers: SECURITY_HEADERS }));
  return await serveHttp({ handler, port: options.plainPort, host: options.host ?? '127.0.0.1', onError });
}

async function handlerOf(api: HubApi, metrics: Metrics, pages: CaPages, origins: readonly string[]): Promise<Handler> {
  const http = createApi(api, {
    origins: new Set(origins),
    instance: crypto.randomBytes(6).toString('base64url'),
    title: 'Nirantar',
    version: '1',
  });
  const desks = await loadStaticFiles(DESK_FILES);
  return async (request, from) => {
    const started = performance.now();
    const { pathname } = new URL(request.url);
    const response = isApiPath(pathname)
      ? await http.fetch(request, from.address)
      : (pages.serve(request) ??
        (isPageRequest(request) && !isSecure(request)
          ? pages.notSecure(request)
          : (desks?.serve(request) ?? notBuilt(desks !== undefined))));
    metrics.observeRequest(routeOf(pathname), request.method, response.status, (performance.now() - started) / 1000);
    return response;
  };
}

function notBuilt(built: boolean): Response {
  const words = built
    ? 'There is nothing at this address.\n'
    : "The desks have not been built. Run 'npm run build' and start the hub again.\n";
  return new Response(words, {
    status: 404,
    headers: { ...SECURITY_HEADERS, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });
}

/** A pattern, so that labels stay few: what comes after the third part is a name. */
function routeOf(pathname: string): string {
  if (!isApiPath(pathname)) return 'desk';
  const [, first = '', second = '', third = ''] = pathname.split('/');
  return first === 'api' ? `/api/${second}/${/^(?:commands|queries|sessions|may)$/.test(third) ? third : ''}` : `/${first}`;
}

function hubMetrics(hub: HubRole): Metrics {
  const metrics = createMetrics(hub.name);
  const { replica } = hub;
  metrics.gauge('nirantar_commits', 'Commits held', () => replica.position.n);
  metrics.gauge(
    'nirantar_commits_not_shown',
    'Commits held that documents and views do not show yet',
    () => replica.position.n - replica.position.applied,
  );
  metrics.gauge('nirantar_syncs', 'How often the journal reached the disk', () => replica.ports.storage.files.counters.syncs);
  metrics.gauge('nirantar_evidence', 'Things received that failed a check', () => replica.evidence.items.length);
  metrics.gauge('nirantar_unreadable', 'Records of the journal that the disk no longer gives', () => replica.unreadable.size);
  metrics.gauge('nirantar_sessions', 'People signed in', () => hub.station.sessions.count);
  metrics.gauge('nirantar_peers_live', 'Hubs that answer', () => hub.links.status().filter((link) => link.state === 'live').length);
  return metrics;
}

function notesOf(
  replica: { readonly tornBytes: number; readonly rebuilt: boolean; readonly damaged: readonly unknown[] },
  storage: readonly string[],
  log: Log,
): readonly string[] {
  const notes = [...storage];
  if (replica.tornBytes > 0) notes.push(`A torn tail of ${replica.tornBytes} bytes was cut: it was never acknowledged.`);
  if (replica.rebuilt) notes.push('Documents and views were rebuilt from the journal.');
  if (replica.damaged.length > 0)
    notes.push(`${replica.damaged.length} places of the journal are damaged; they are fetched again from other hubs.`);
  for (const note of notes) log.warn('found at start', { note });
  return notes;
}
