// The service of the product's worker: the desk role behind the calls that tabs make. It must not know React or tabs.
import { z } from 'zod';
import type { DeviceState } from '#kernel/device/device.ts';
import type { HospitalState } from '#kernel/hospital/hospital.ts';
import { toBase64Url } from '#kernel/shared/bytes.ts';
import { parseStreamId } from '#kernel/shared/ids.ts';
import type { Rejection } from '#kernel/shared/rejection.ts';
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import { decodeCommit } from '#journal/commit.ts';
import { DeskRole, joinHospital, type DeskPorts, type Reach } from '#roles/desk-role.ts';
import { digestOf } from '#roles/digest.ts';
import { hospitalDomain } from '#roles/domain.ts';
import type { Session } from '#roles/sessions.ts';
import { httpTransport } from '#roles/sync/http-transport.ts';
import { reached } from '../stages.ts';
import type { Papers, PrintOrder } from './papers.ts';
import type { DeskChange, WorkerPorts, WorkerService } from './service.ts';

type Answer =
  | { readonly ok: true; readonly result: unknown; readonly commit?: string }
  | { readonly ok: false; readonly rejection: Rejection };

const calls = {
  command: z.object({ name: z.string(), input: z.unknown(), key: z.string() }),
  query: z.object({ name: z.string(), input: z.unknown() }),
  may: z.object({ command: z.string(), input: z.unknown().optional() }),
  session: z.object({ token: z.string().max(64).optional() }),
  signIn: z.object({ user: z.string(), secret: z.string(), kind: z.enum(['password', 'pin']) }),
  reach: z.object({ streams: z.array(z.string()).max(2000) }),
  enrol: z.object({ hub: z.string().max(300), invite: z.string().max(4000) }),
  scan: z.object({ text: z.string().max(400_000) }),
  slip: z.object({ patient: z.string() }),
  print: z.object({
    paper: z.enum(['slip', 'label', 'twin', 'rack', 'report']),
    patient: z.string().optional(),
    specimens: z.array(z.string()).max(200).optional(),
    specimen: z.string().optional(),
    report: z.string().optional(),
    copies: z.number().int().optional(),
    language: z.enum(['en', 'hi', 'both']),
  }),
};

const demoOffer = z.object({ hub: z.string().max(300), invite: z.string().max(4000), hubs: z.array(z.string().max(300)).max(10) });

/** Where the desk keeps the addresses of hubs between starts; beside the journal. */
const HUBS_FILE = 'hubs.json';
const SESSION_FILE = 'session.json';
/** A session in use is written again this often, so that a reload after an hour of work finds it alive. */
const KEEP_SESSION_EVERY_MS = 60_000;
/** News of replication are told at most this often: a strip, not a ticker. */
const STATUS_EVERY_MS = 250;

/** The screen that follows the signing in comes first; nobody prints before this. */
const LOAD_PAPERS_AFTER_MS = 2_000;

/** Who may have this PC compute everything again: it takes a while, and nobody works on it meanwhile. */
const MAY_REBUILD: readonly string[] = ['admin', 'incident-lead'];

const REACH: Readonly<Record<Reach, string>> = { here: 'here', hub: 'hub', 'two-hubs': 'twoHubs', paper: 'paper' };

export function makeDeskService(): WorkerService {
  return new DeskWorkerService();
}

class DeskWorkerService implements WorkerService {
  readonly #listeners = new Set<(change: DeskChange) => void>();
  #ports!: DeskPorts; // set by start, before any call
  #worker!: WorkerPorts; // as above
  #desk: DeskRole | undefined;
  #papers: Promise<Papers> | undefined;
  /** One person at a time on one PC: all tabs share the session. */
  #session: Session | undefined;
  #statusTimer = false;
  #keptUntil = 0;
  /** Half a picture is shown to nobody: calls wait until a rebuild is done. */
  #rebuilding: Promise<void> = Promise.resolve();

  async start(ports: WorkerPorts): Promise<void> {
    const timers = { sleep: (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms)) };
    this.#worker = ports;
    this.#ports = {
      storage: ports.storage,
      crypto: ports.crypto,
      keys: ports.keys,
      clock: ports.clock,
      passwords: ports.passwords,
      timers,
      transport: (url) => httpTransport(url, ports.fetch),
    };
    await this.#open();
  }

  onChange(listener: (change: DeskChange) => void): void {
    this.#listeners.add(listener);
  }

  async stop(): Promise<void> {
    await this.#desk?.stop();
  }

  async call(name: string, args: unknown): Promise<unknown> {
    await this.#rebuilding;
    switch (name) {
      case 'status':
        return this.#status();
      case 'session':
        await this.#resume(calls.session.parse(args ?? {}).token ?? '');
        return this.#sessionFacts();
      case 'signIn':
        return this.#signIn(calls.signIn.parse(args));
      case 'signOut':
        return this.#signOut();
      case 'enrol':
        return this.#enrol(calls.enrol.parse(args));
      default:
        return this.#signedIn(name, args);
    }
  }

  async #open(): Promise<void> {
    const desk = await DeskRole.open(this.#ports, hospitalDomain, { names: true, onStatus: () => this.#statusSoon() });
    reached('replica');
    if (desk === undefined) {
      void this.#enrolInDemo();
      return;
    }
    this.#desk = desk;
    desk.replica.onChange((change) => {
      this.#tell({ kind: 'documents', types: change.types });
      this.#statusSoon();
    });
    desk.links.use(await this.#hubs());
  }

  /** Calls that need a person. Without one the answer says so, and what was typed stays on the screen. */
  async #signedIn(name: string, args: unknown): Promise<unknown> {
    const desk = this.#desk;
    if (desk === undefined) return refused('desk-not-enrolled');
    const session = this.#session === undefined ? undefined : desk.station.sessions.get(this.#session.id);
    if (session === undefined) {
      if (name === 'query' && calls.query.parse(args).name === 'users') return desk.station.users();
      if (this.#session !== undefined) this.#endSession();
      return refused('session-ended');
    }
    switch (name) {
      case 'command': {
        const { name: command, input, key } = calls.command.parse(args);
        const executed = await desk.command(session, command, input, key);
        return executed.ok ? { ok: true, result: executed.result, commit: executed.commit } : executed;
      }
      case 'query': {
        const { name: query, input } = calls.query.parse(args);
        return desk.query(session, query, input);
      }
      case 'may': {
        const { command, input } = calls.may.parse(args);
        const may = await desk.station.may(session, command, input ?? {});
        return { ok: true, result: may.ok ? { ok: true } : { ok: false, code: may.rejection.code, facts: may.rejection.facts } };
      }
      case 'reach': {
        const streams = calls.reach.parse(args).streams.flatMap((text) => parseStreamId(text) ?? []);
        const reach = await desk.reach(streams);
        return { ok: true, result: Object.fromEntries(Object.entries(reach).map(([stream, how]) => [stream, REACH[how]])) };
      }
      case 'sync': {
        const synced = await desk.links.once();
        return synced === undefined ? refused('no-hub-answers', { hubs: desk.links.urls.length }) : { ok: true, result: synced };
      }
      case 'scan':
        return this.#scan(desk, calls.scan.parse(args).text);
      case 'slip': {
        const patient = parseStreamId(calls.slip.parse(args).patient);
        if (patient === undefined) return refused('sheet-malformed');
        const sheet = await desk.paper.sheet('slip', [patient]);
        return sheet.ok ? { ok: true, result: { texts: sheet.texts } } : sheet;
      }
      case 'print':
        return (await this.#printer(desk)).print(session, calls.print.parse(args) as PrintOrder); // absent and undefined mean the same there
      case 'export':
        return { ok: true, result: { name: 'nirantar-export.nirw', bytes: await desk.exportCommits() } };
      case 'checkIntegrity':
        return { ok: true, result: await checkIntegrity(desk) };
      case 'digest':
        return { ok: true, result: await digestOf(desk.replica) };
      case 'rebuild':
        return this.#rebuild(desk, session);
      default:
        return refused('call-unknown', { call: name });
    }
  }

  /** Loaded after the first signing in: drawing papers and codes is a quarter of the worker's program, and a desk that starts needs none of it. */
  #printer(desk: DeskRole): Promise<Papers> {
    this.#papers ??= import('./papers.ts').then((module) => new module.Papers(desk));
    this.#papers.catch(() => (this.#papers = undefined)); // whoever prints is told, and the next one tries again
    return this.#papers;
  }

  /** The database is thrown away and computed again from the journal, as after damage. */
  async #rebuild(desk: DeskRole, session: Session): Promise<Answer> {
    const actor = await desk.station.sessions.actor(session);
    if (actor?.roles.some((role) => MAY_REBUILD.includes(role)) !== true) return refused('role-missing', { action: 'rebuild' });
    const rebuilt = desk.replica.rebuild();
    this.#rebuilding = rebuilt.catch(() => undefined); // who asked is told
    await rebuilt;
    return { ok: true, result: { commits: desk.replica.position.n } };
  }

  async #scan(desk: DeskRole, text: string): Promise<Answer> {
    const scanned = await desk.paper.scan(text);
    if (!scanned.ok) return scanned;
    if (scanned.kind === 'number') return { ok: true, result: { kind: 'number', number: scanned.number } };
    if (scanned.kind === 'other') return { ok: true, result: { kind: 'number', number: scanned.text } };
    const accessions: string[] = [];
    for (const stream of scanned.streams) {
      if (!stream.startsWith('specimen/')) continue;
      const accession = (await desk.replica.document<SpecimenState>(stream))?.state.accession;
      if (accession !== undefined) accessions.push(accession);
    }
    const patient = scanned.streams.find((stream) => stream.startsWith('patient/'));
    const kind = scanned.kind === 'part' ? 'slip' : scanned.kind;
    return {
      ok: true,
      result: {
        kind,
        part: scanned.part,
        parts: scanned.parts,
        complete: scanned.complete,
        accepted: scanned.accepted,
        known: scanned.known,
        accessions,
        ...(patient === undefined ? {} : { patient }),
        ...(scanned.from === undefined ? {} : { from: scanned.from }),
      },
    };
  }

  async #signIn(request: { user: string; secret: string; kind: 'password' | 'pin' }): Promise<Answer> {
    const desk = this.#desk;
    if (desk === undefined) return refused('desk-not-enrolled');
    const signedIn = await desk.station.sessions.signIn(request.user, request.secret, request.kind);
    if (!signedIn.ok) return signedIn;
    if (this.#session !== undefined) desk.station.sessions.signOut(this.#session.id);
    this.#session = signedIn.session;
    await this.#keepSession();
    this.#tell({ kind: 'session' });
    setTimeout(() => void this.#printer(desk).catch(() => undefined), LOAD_PAPERS_AFTER_MS);
    return this.#sessionFacts();
  }

  async #signOut(): Promise<Answer> {
    if (this.#session !== undefined) this.#desk?.station.sessions.signOut(this.#session.id);
    this.#endSession();
    await this.#worker.storage.files.replace(SESSION_FILE, new Uint8Array(0));
    return { ok: true, result: null };
  }

  /** A reload ends this worker, not the session: its holder has the id, the disk only the id's hash. */
  async #keepSession(): Promise<void> {
    const session = this.#session;
    if (session === undefined) return;
    this.#keptUntil = session.expiresAt;
    const kept = { ...session, id: this.#hashOf(session.id) };
    await this.#worker.storage.files.replace(SESSION_FILE, new TextEncoder().encode(JSON.stringify(kept)));
  }

  async #resume(token: string): Promise<void> {
    if (this.#desk === undefined || token === '') return;
    const held = this.#session === undefined ? undefined : this.#desk.station.sessions.get(this.#session.id);
    if (held !== undefined) {
      if (held.expiresAt - this.#keptUntil > KEEP_SESSION_EVERY_MS) await this.#keepSession();
      return;
    }
    const bytes = await this.#worker.storage.files.read(SESSION_FILE, 0, 4096);
    if (bytes.length === 0) return;
    const kept = JSON.parse(new TextDecoder().decode(bytes)) as Session; // written by #keepSession
    if (kept.id === this.#hashOf(token)) this.#session = this.#desk.station.sessions.resume({ ...kept, id: token });
  }

  #hashOf(id: string): string {
    return toBase64Url(this.#ports.crypto.sha256(new TextEncoder().encode(`nirantar session\n${id}`)));
  }

  #endSession(): void {
    this.#session = undefined;
    this.#tell({ kind: 'session' });
  }

  async #sessionFacts(): Promise<Answer> {
    const desk = this.#desk;
    const session = this.#session === undefined ? undefined : desk?.station.sessions.get(this.#session.id);
    const actor = session === undefined ? undefined : await desk?.station.sessions.actor(session);
    if (session === undefined || actor === undefined) return { ok: true, result: null };
    return {
      ok: true,
      result: {
        token: session.id,
        user: session.user,
        userName: session.userName,
        name: session.name,
        roles: actor.roles,
        permissions: [...actor.permissions],
      },
    };
  }

  async #enrol(request: { hub: string; invite: string }): Promise<Answer> {
    if (this.#desk !== undefined) return { ok: true, result: { name: this.#deviceName() ?? '' } };
    const joined = await joinHospital(this.#ports, hospitalDomain, request.hub, request.invite);
    if (!joined.ok) return joined;
    await this.#keepHubs([request.hub, ...joined.hubs]);
    await this.#open();
    this.#tell({ kind: 'session' });
    return { ok: true, result: { name: this.#deviceName() ?? '' } };
  }

  /** A made-up hospital hands out invites by itself; a real one answers this address with nothing. */
  async #enrolInDemo(): Promise<void> {
    try {
      const response = await this.#worker.fetch(`${this.#worker.origin}/demo/enrol`, { cache: 'no-store' });
      if (!response.ok) return;
      const offered = demoOffer.safeParse(await response.json());
      if (!offered.success || this.#desk !== undefined) return;
      await this.#enrol(offered.data);
      await this.#keepHubs(offered.data.hubs);
      this.#useHubs(offered.data.hubs);
    } catch {
      // Not the demo, or no network: the person types an invite.
    }
  }

  #useHubs(urls: readonly string[]): void {
    this.#desk?.links.use(urls);
  }

  async #status(): Promise<Answer> {
    const space = await this.#worker.storage.files.space();
    const storage = {
      ok: true,
      persisted: await persisted(),
      usedBytes: space.usedBytes,
      ...(space.freeBytes === undefined ? {} : { quotaBytes: space.usedBytes + space.freeBytes }),
      engine: 'OPFS, SQLite',
      leader: true,
      encrypted: false,
      notes: this.#worker.storage.notes,
    };
    const desk = this.#desk;
    if (desk === undefined) return { ok: true, result: { enrolled: false, waiting: 0, hubs: [], storage, version: this.#worker.version } };
    const own = desk.replica.own;
    const device = own === undefined ? undefined : desk.replica.trust.device(own.identity.device);
    const hospital = (await desk.replica.reader().all<HospitalState>('hospital'))[0];
    const links = desk.links.status();
    const used = links.find((link) => link.state === 'live');
    const issues = Number((await desk.ports.storage.sql.read('SELECT count(*) AS open FROM documents WHERE issues > 0'))[0]?.['open'] ?? 0);
    const offset = used?.clockOffsetMs;
    return {
      ok: true,
      result: {
        enrolled: true,
        ...(own === undefined
          ? {}
          : { device: { name: device?.name ?? '', id: own.identity.device, desks: device?.deskKinds ?? [], epoch: own.epoch } }),
        hospital: hospital?.state.name ?? '',
        waiting: desk.waiting,
        hubs: links.map((link) => ({
          name: link.name ?? link.url,
          url: link.url,
          reachable: link.state === 'live',
          used: link === used,
          catchingUp: link.catchingUp,
          ...(link.lastSeen === undefined ? {} : { lastSeen: link.lastSeen }),
        })),
        reach: desk.reachCounts(),
        storage,
        clock: { suspect: own?.clockSuspect ?? false, ...(offset === undefined ? {} : { driftMs: -offset }) },
        version: this.#worker.version,
        ...(desk.names === undefined ? {} : { names: desk.names.status }),
        issues,
      },
    };
  }

  #deviceName(): string | undefined {
    const own = this.#desk?.replica.own;
    const state: DeviceState | undefined = own === undefined ? undefined : this.#desk?.replica.trust.device(own.identity.device);
    return state?.name;
  }

  async #hubs(): Promise<readonly string[]> {
    const bytes = await this.#worker.storage.files.read(HUBS_FILE, 0, 64 * 1024);
    if (bytes.length === 0) return [this.#worker.origin];
    return JSON.parse(new TextDecoder().decode(bytes)) as string[]; // written by #keepHubs
  }

  async #keepHubs(urls: readonly string[]): Promise<void> {
    const list = [...new Set(urls.map((url) => url.replace(/\/+$/, '')).filter((url) => url !== ''))];
    await this.#worker.storage.files.replace(HUBS_FILE, new TextEncoder().encode(JSON.stringify(list)));
  }

  #statusSoon(): void {
    if (this.#statusTimer) return;
    this.#statusTimer = true;
    setTimeout(() => {
      this.#statusTimer = false;
      this.#tell({ kind: 'sync' });
    }, STATUS_EVERY_MS);
  }

  #tell(change: DeskChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

/** Every stored commit: does it decode, is its body whole, is it signed by who it names? */
async function checkIntegrity(desk: DeskRole): Promise<{ ok: boolean; commits: number; problems: string[] }> {
  const { replica } = desk;
  const problems: string[] = [];
  const { n } = replica.position;
  for (let from = 1; from <= n; from += 500) {
    const numbers = Array.from({ length: Math.min(500, n - from + 1) }, (_, i) => from + i);
    for (const [i, payload] of (await replica.payloads(numbers)).entries()) {
      const decoded = decodeCommit(payload, replica.ports.crypto.sha256);
      if (!decoded.ok) problems.push(`${from + i}: ${decoded.problem}`);
    }
  }
  return { ok: problems.length === 0, commits: n, problems };
}

async function persisted(): Promise<boolean> {
  return (await navigator.storage.persisted?.()) ?? false;
}

function refused(code: string, facts: Rejection['facts'] = {}): Answer {
  return { ok: false, rejection: { code, facts } };
}
