// The headless desk: what each JSON line asks and what is answered. It must not know of streams, files or sockets.
import { z } from 'zod';
import type { StreamId } from '#kernel/shared/ids.ts';
import { labelZpl } from '#print/label-zpl.ts';
import type { QueryResult } from '#views/query-signatures.ts';
import { parseStreamId } from '#kernel/shared/ids.ts';
import type { DeskRole } from './desk-role.ts';
import { sheetStreams, type SheetRequest } from './sheet-streams.ts';
import type { Session } from './sessions.ts';

export type Line = Readonly<Record<string, unknown>>;
export type LineAnswer = Readonly<Record<string, unknown>>;

const signInLine = z.object({ user: z.string().max(64), password: z.string().max(1024).optional(), pin: z.string().max(64).optional() });
const slipLine = z.object({ patient: z.string().max(64) });
const rackLine = z.object({ accessions: z.array(z.string().max(40)).max(200) });
const VERBS = ['signIn', 'signOut', 'do', 'ask', 'may', 'sync', 'slip', 'rack', 'report', 'label', 'scan', 'status', 'help'] as const;

export class HeadlessDesk {
  readonly #desk: DeskRole;
  /** One session for each user name: lines say who acts by name. */
  readonly #sessions = new Map<string, Session>();

  constructor(desk: DeskRole) {
    this.#desk = desk;
  }

  /** The answer to one line, without its id. Never throws for what a caller can send. */
  async answer(line: Line): Promise<LineAnswer> {
    const verbs = VERBS.filter((verb) => line[verb] !== undefined);
    const verb = verbs[0];
    if (verb === undefined || verbs.length > 1) return refused('line-verb', { verbs: VERBS.join(' ') });
    switch (verb) {
      case 'signIn':
        return this.#signIn(line[verb]);
      case 'signOut':
        return this.#signOut(String(line[verb]));
      case 'do':
        return this.#do(line);
      case 'ask':
        return this.#ask(line);
      case 'may':
        return this.#may(line);
      case 'sync':
        return this.#sync();
      case 'slip':
      case 'rack':
      case 'report':
        return this.#sheet(verb, line[verb]);
      case 'label':
        return this.#label(line);
      case 'scan':
        return this.#scan(line[verb]);
      case 'status':
        return { ok: true, status: await this.#status() };
      case 'help':
        return { ok: true, help: this.#help() };
      default:
        return verb satisfies never;
    }
  }

  async #signIn(value: unknown): Promise<LineAnswer> {
    const parsed = signInLine.safeParse(value);
    const secret = parsed.data?.password ?? parsed.data?.pin;
    if (!parsed.success || secret === undefined) return refused('sign-in-malformed', {});
    const signedIn = await this.#desk.station.sessions.signIn(
      parsed.data.user,
      secret,
      parsed.data.password === undefined ? 'pin' : 'password',
    );
    if (!signedIn.ok) return refused(signedIn.rejection.code, signedIn.rejection.facts);
    this.#sessions.set(signedIn.session.userName, signedIn.session);
    const actor = await this.#desk.station.sessions.actor(signedIn.session);
    return { ok: true, user: signedIn.session.userName, name: signedIn.session.name, roles: actor?.roles ?? [] };
  }

  #signOut(user: string): LineAnswer {
    const session = this.#sessions.get(user);
    if (session !== undefined) this.#desk.station.sessions.signOut(session.id);
    this.#sessions.delete(user);
    return { ok: true };
  }

  async #do(line: Line): Promise<LineAnswer> {
    const session = this.#session(line);
    if (session === undefined) return refused('sign-in-first', {});
    const key = line['key'];
    if (key !== undefined && typeof key !== 'string') return refused('key-malformed', {});
    const at = line['occurredAt'];
    const executed = await this.#desk.command(
      session,
      String(line['do']),
      line['with'] ?? {},
      key,
      typeof at === 'number' ? at : undefined,
    );
    if (!executed.ok)
      return {
        ...refused(executed.rejection.code, executed.rejection.facts),
        ...(executed.rejection.field === undefined ? {} : { field: executed.rejection.field }),
      };
    return { ok: true, commit: executed.commit, result: executed.result ?? {}, ...(executed.repeated === true ? { repeated: true } : {}) };
  }

  async #ask(line: Line): Promise<LineAnswer> {
    const session = this.#session(line);
    if (session === undefined) return refused('sign-in-first', {});
    const answered = await this.#desk.query(session, String(line['ask']), line['with'] ?? {});
    return answered.ok ? { ok: true, result: answered.result } : refused(answered.rejection.code, answered.rejection.facts);
  }

  async #may(line: Line): Promise<LineAnswer> {
    const session = this.#session(line);
    if (session === undefined) return refused('sign-in-first', {});
    const may = await this.#desk.station.may(session, String(line['may']), line['with'] ?? {});
    return may.ok ? { ok: true, may: true } : { ok: true, may: false, code: may.rejection.code, facts: may.rejection.facts };
  }

  async #sync(): Promise<LineAnswer> {
    if (this.#desk.links.urls.length === 0) return refused('no-hub', {});
    const synced = await this.#desk.links.once();
    return synced === undefined
      ? refused('no-hub-answers', { hubs: this.#desk.links.urls.length })
      : { ok: true, sync: { ...synced, waiting: this.#desk.waiting } };
  }

  async #sheet(kind: 'slip' | 'rack' | 'report', value: unknown): Promise<LineAnswer> {
    // A sheet is a patient's record on paper: nobody gets one before somebody has signed in.
    if (![...this.#sessions.values()].some((session) => this.#desk.station.sessions.get(session.id) !== undefined))
      return refused('sign-in-first', {});
    const request = sheetRequest(kind, value);
    if (request === undefined) return refused('sheet-malformed', {});
    const streams = await sheetStreams(this.#desk.replica, request);
    if (streams.length === 0) return refused('sheet-unknown', {});
    const sheet = await this.#desk.paper.sheet(kind, streams);
    return sheet.ok ? { ok: true, texts: sheet.texts } : refused(sheet.rejection.code, sheet.rejection.facts);
  }

  /** `{"label":{"accession":"…"}}`: the tube's label for a printer that speaks ZPL. */
  async #label(line: Line): Promise<LineAnswer> {
    const session = this.#session(line);
    if (session === undefined) return refused('sign-in-first', {});
    const answered = await this.#desk.station.query(session, 'labelContent', line['label']);
    if (!answered.ok) return refused(answered.rejection.code, answered.rejection.facts);
    const label = labelZpl((answered.result as QueryResult<'labelContent'>).content); // the query of that name has that result
    return label.ok ? { ok: true, zpl: label.zpl } : refused(label.code, {});
  }

  async #scan(value: unknown): Promise<LineAnswer> {
    if (typeof value !== 'string') return refused('scan-malformed', {});
    const scanned = await this.#desk.paper.scan(value);
    if (!scanned.ok) return refused(scanned.rejection.code, scanned.rejection.facts);
    return { ok: true, scan: scanned };
  }

  async #status(): Promise<Readonly<Record<string, unknown>>> {
    const { replica, links } = this.#desk;
    return {
      device: replica.own?.identity.device,
      epoch: replica.own?.epoch,
      commits: replica.position.n,
      applied: replica.position.applied,
      waiting: this.#desk.waiting,
      reach: this.#desk.reachCounts(),
      hubs: links.status().map((link) => ({ url: link.url, state: link.state, name: link.name, lastSeen: link.lastSeen, why: link.why })),
      evidence: replica.evidence.items.length,
      pending: replica.evidence.pending.length,
      clockSuspect: replica.own?.clockSuspect ?? false,
      encrypted: false,
      storage: await this.#desk.ports.storage.files.space(),
      notes: this.#desk.ports.storage.notes,
      ...(this.#desk.names === undefined ? {} : { names: this.#desk.names.status }),
    };
  }

  #help(): Readonly<Record<string, unknown>> {
    const { commands, queries } = this.#desk.replica.domain;
    const schemaOf = (schema: z.ZodType): unknown => z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });
    return {
      lines: VERBS,
      commands: [...commands.values()].map((command) => ({
        name: command.name,
        title: command.title,
        needsHub: command.needsHub,
        with: schemaOf(command.input),
        result: schemaOf(command.result),
      })),
      queries: [...queries.values()].map((query) => ({
        name: query.name,
        title: query.title,
        with: schemaOf(query.input),
        result: schemaOf(query.result),
      })),
    };
  }

  /** `as` names who acts; without it the only one signed in does. */
  #session(line: Line): Session | undefined {
    const as = line['as'];
    const name = as === undefined && this.#sessions.size === 1 ? [...this.#sessions.keys()][0] : String(as).trim().toLowerCase();
    const session = name === undefined ? undefined : this.#sessions.get(name);
    return session === undefined ? undefined : this.#desk.station.sessions.get(session.id);
  }
}

function sheetRequest(kind: 'slip' | 'rack' | 'report', value: unknown): SheetRequest | undefined {
  if (kind === 'rack') {
    const parsed = rackLine.safeParse(value);
    return parsed.success ? { kind, accessions: parsed.data.accessions } : undefined;
  }
  if (kind === 'slip') {
    const parsed = slipLine.safeParse(value);
    return parsed.success ? { kind, patient: parsed.data.patient } : undefined;
  }
  const report: StreamId | undefined =
    typeof value === 'object' && value !== null && 'report' in value ? parseStreamId(value.report) : undefined;
  const number = typeof value === 'object' && value !== null && 'report' in value ? String(value.report) : undefined;
  return number === undefined ? undefined : { kind, report: report ?? number };
}

function refused(code: string, facts: Readonly<Record<string, string | number>>): LineAnswer {
  return { ok: false, code, facts };
}
