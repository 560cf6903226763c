// The hub behind the HTTP interface: sessions, commands and queries of signed-in people, health, and replication.
import type { May } from '#kernel/shared/actor.ts';
import { allowed } from '#kernel/shared/actor.ts';
import type { CommandId } from '#kernel/shared/ids.ts';
import type { ApiHost, CommandAnswer, ReadyFacts, Refused, RequestOrigin, SignedIn } from '#api/host.ts';
import type { HubRole } from './hub-role.ts';
import type { Session } from './sessions.ts';
import type { SyncReply } from './sync/sync-call.ts';

export interface HubApiPorts {
  readonly docsFile: (name: string) => Promise<Uint8Array | undefined>;
  readonly metrics: () => Promise<string> | string;
  readonly failed: (error: unknown, requestId: string) => void;
  /** False when the disk refuses or the process should be restarted. */
  readonly alive: () => boolean;
}

/** More work waiting than this, and the hub says that it is not ready. */
const MAX_BEHIND = 200_000;
/** A body of replication larger than this is refused before it is read. */
const MAX_SYNC_BYTES = 4 * 1024 * 1024;

export class HubApi implements ApiHost<Session> {
  readonly #hub: HubRole;
  readonly #ports: HubApiPorts;

  constructor(hub: HubRole, ports: HubApiPorts) {
    this.#hub = hub;
    this.#ports = ports;
  }

  get commands(): ApiHost['commands'] {
    return this.#hub.replica.domain.commands;
  }
  get queries(): ApiHost['queries'] {
    return this.#hub.replica.domain.queries;
  }

  async signIn(user: string, password: string, _from: RequestOrigin): Promise<SignedIn | Refused> {
    const { sessions } = this.#hub.station;
    const signedIn = await sessions.signIn(user, password);
    if (!signedIn.ok) return signedIn;
    const actor = await sessions.actor(signedIn.session);
    const { id, user: stream, userName, expiresAt } = signedIn.session;
    return { ok: true, token: id, user: stream, userName, roles: actor?.roles ?? [], expiresAt };
  }

  signOut(session: Session): void {
    this.#hub.station.sessions.signOut(session.id);
  }

  session(token: string): Session | undefined {
    return this.#hub.station.sessions.get(token);
  }

  async command(session: Session, name: string, input: unknown, key: CommandId | undefined): Promise<CommandAnswer> {
    const executed = await this.#hub.station.command(session, name, input, key);
    if (!executed.ok) return executed;
    return { ok: true, commit: executed.commit, result: executed.result, ...(executed.repeated === true ? { repeated: true } : {}) };
  }

  query(session: Session, name: string, input: unknown): Promise<{ readonly ok: true; readonly result: unknown } | Refused> {
    return this.#hub.station.query(session, name, input);
  }

  may(session: Session, command: string): May {
    const permissions = this.#hub.station.sessions.permissions(session);
    return allowed({ permissions } as Parameters<typeof allowed>[0], command); // `allowed` looks at nothing else
  }

  alive(): boolean {
    return this.#ports.alive();
  }

  ready(): ReadyFacts {
    const { n, applied } = this.#hub.replica.position;
    const enrolled = this.#hub.replica.own !== undefined;
    return {
      ready: enrolled && n - applied < MAX_BEHIND,
      retryAfterSeconds: 2,
      facts: {
        enrolled,
        commits: n,
        applied,
        peersReachable: this.#hub.links.status().filter((link) => link.state === 'live').length,
        peers: this.#hub.links.status().length,
        encrypted: false,
      },
    };
  }

  metrics(): Promise<string> | string {
    return this.#ports.metrics();
  }

  docsFile(name: string): Promise<Uint8Array | undefined> {
    return this.#ports.docsFile(name);
  }

  failed(error: unknown, requestId: string): void {
    this.#ports.failed(error, requestId);
  }

  async sync(request: Request): Promise<Response> {
    const verb = new URL(request.url).pathname.slice('/sync/'.length);
    if (Number(request.headers.get('content-length') ?? 0) > MAX_SYNC_BYTES) return respond({ status: 413, code: 'sync-too-large' });
    const body = new Uint8Array(await request.arrayBuffer());
    const authorization = request.headers.get('authorization');
    const token = authorization?.startsWith('Bearer ') === true ? authorization.slice(7) : undefined;
    const aborted = new Promise<void>((resolve) => request.signal.addEventListener('abort', () => resolve(), { once: true }));
    return respond(await this.#hub.sync({ verb, token, body, aborted }));
  }
}

function respond(reply: SyncReply): Response {
  if (reply.status !== 200) {
    return Response.json(
      { code: reply.code },
      { status: reply.status, headers: reply.retryAfterSeconds === undefined ? {} : { 'retry-after': String(reply.retryAfterSeconds) } },
    );
  }
  if ('json' in reply) return Response.json(reply.json, { headers: { 'cache-control': 'no-store' } });
  // A copy, because a Response takes no shared memory and the bytes may be a view of a larger buffer.
  return new Response(new Uint8Array(reply.bytes), {
    headers: { 'content-type': 'application/vnd.nirantar.commits', 'cache-control': 'no-store' },
  });
}
