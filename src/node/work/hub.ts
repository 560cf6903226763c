// A hub as a process: its role behind HTTP, the desks' files, and the questions of other verbs to it while it runs.
import crypto from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApi, isApiPath } from '#api/api.ts';
import { HubApi } from '#roles/hub-api.ts';
import { HubRole } from '#roles/hub-role.ts';
import type { HubOptions, Running } from '../cli/services.ts';
import { serveControl } from '../control.ts';
import { type Handler, serveHttp } from '../http-server.ts';
import { createLog, type Log } from '../log.ts';
import { createMetrics, type Metrics } from '../metrics.ts';
import { loadStaticFiles } from '../static-files.ts';
import { daysLeft } from '../tls/hospital-ca.ts';
import { answerControl } from './hub-control.ts';
import { isLoopback, reachableHost, RENEW_DAYS, RENEWAL_CHECK_MS, serverCertificate } from './hub-tls.ts';
import { buildInThread } from './name-pack-thread.ts';
import { type OpenedReplica, openReplica } from './open-replica.ts';
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

async function serve({ home, replica, file }: OpenedReplica, options: HubOptions): Promise<Running> {
  let url = '';
  const log = createLog(process.env['NIRANTAR_LOG'] === undefined ? { level: 'warn' } : { file: process.env['NIRANTAR_LOG'] });
  const hub = new HubRole({
    replica,
    file,
    ...stationPorts(),
    url: () => url,
    packBuilder: () => buildInThread((error) => log.error('name index not built', error)),
  });
  const metrics = hubMetrics(hub);
  const api = new HubApi(hub, {
    docsFile: async (name) => new Uint8Array(await fs.readFile(path.join(DOCS, name))),
    metrics: () => metrics.text(),
    failed: (error, requestId) => log.error('request failed', error, { requestId }),
    alive: () => true,
  });
  const host = options.host ?? '127.0.0.1';
  const tls = isLoopback(host) ? undefined : await serverCertificate(home, host);
  const server = await serveHttp({
    handler: await handlerOf(api, metrics, (options.origins ?? []).map(originOf)),
    port: options.port,
    host,
    onError: (error) => log.error('request failed', error),
    ...(tls === undefined ? {} : { tls }),
  });
  url = `${tls === undefined ? 'http' : 'https'}://${reachableHost(host)}:${server.port}`;
  const control = await serveControl(
    options.dir,
    (verb, input) => answerControl(hub, verb, input),
    (error) => log.error('control failed', error),
  );
  let certificate = tls;
  const renew = async (): Promise<void> => {
    if (certificate === undefined || daysLeft(certificate.certificatePem, home.ports.clock.now()) > RENEW_DAYS) return;
    certificate = await serverCertificate(home, host);
    if (certificate !== undefined) server.useCertificate(certificate);
  };
  const renewal = setInterval(() => {
    renew().catch((error: unknown) => log.error('certificate not renewed', error));
  }, RENEWAL_CHECK_MS);
  await hub.start(options.peers.map(originOf));
  log.info('serving', { port: server.port, encrypted: tls !== undefined });
  return {
    output: {
      url,
      pid: process.pid,
      name: hub.name,
      commits: replica.position.n,
      notes: notesOf(replica.notes, home.ports.storage.notes, log),
    },
    stop: async () => {
      clearInterval(renewal);
      await control.close();
      await server.close();
      await hub.stop();
      await home.close();
    },
  };
}

async function handlerOf(api: HubApi, metrics: Metrics, origins: readonly string[]): Promise<Handler> {
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
      : (desks?.serve(request) ?? notBuilt(desks !== undefined));
    metrics.observeRequest(routeOf(pathname), request.method, response.status, (performance.now() - started) / 1000);
    return response;
  };
}

function notBuilt(built: boolean): Response {
  const words = built
    ? 'There is nothing at this address.\n'
    : "The desks have not been built. Run 'npm run build' and start the hub again.\n";
  return new Response(words, { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } });
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
