// When everything works again: do all full replicas hold everything, show the same, and name every contradiction? Asked of the disks.
import { toBase64Url } from '#kernel/shared/bytes.ts';
import type { DeviceState } from '#kernel/device/device.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { UserState } from '#kernel/user/user.ts';
import { parseBody } from '#journal/body.ts';
import type { Commit } from '#journal/commit.ts';
import { commitId, deviceStream, epochId } from '#journal/refs.ts';
import { contradictions } from './contradictions.ts';
import { difference } from './auditor.ts';
import { digestOf, documentsOf } from './digest.ts';
import { words, type Machine } from './machine.ts';
import { Replica } from '#roles/replica/replica.ts';
import type { World } from './world.ts';

/** Everything must be everywhere within this time after the last repair. */
const CONVERGENCE_LIMIT_MS = 15 * 60_000;
/** And then nothing may move for so long. */
const QUIET_MS = 25_000;

export interface FinalFacts {
  readonly convergedMs: number | undefined;
  readonly commits: number;
}

export async function finalChecks(world: World): Promise<FinalFacts> {
  const convergedMs = await converge(world);
  if (convergedMs === undefined)
    world.auditor.violation(
      'P3',
      `the full replicas did not come to hold the same within ${CONVERGENCE_LIMIT_MS / 60_000} minutes: ${await state(world)}`,
    );
  const union = await checkEverythingEverywhere(world);
  world.auditor.checkTimes(union);
  if (convergedMs !== undefined) {
    await checkPictures(world);
    await checkScopedDesks(world);
    await checkChains(world, union);
    await checkNumbers(world, union);
    await checkCommands(world, union);
    await checkForgeries(world);
    await checkContradictions(world, union);
    await checkRebuild(world);
  }
  return { convergedMs, commits: union.size };
}

/** How long until all full replicas hold the same and stay so; undefined when they do not. */
async function converge(world: World): Promise<number | undefined> {
  let same = '';
  let since = world.scheduler.now;
  const took = await world.scheduler.until(
    () => {
      const vectors = new Set(world.fullReplicas.map(vectorOf));
      const [one] = vectors;
      const pushed = world.desks.every((desk) => desk.destroyed || desk.running === undefined || isPushed(desk));
      if (vectors.size !== 1 || one === undefined || one === '' || one !== same || !pushed) {
        same = vectors.size === 1 ? (one ?? '') : '';
        since = world.scheduler.now;
        return false;
      }
      return world.scheduler.now - since >= QUIET_MS;
    },
    CONVERGENCE_LIMIT_MS,
    1000,
  );
  return took === undefined ? undefined : took - QUIET_MS;
}

function isPushed(desk: Machine): boolean {
  const running = desk.running;
  return running !== undefined && (running.desk?.waiting ?? 0) === 0;
}

function vectorOf(machine: Machine): string {
  const replica = machine.running?.replica;
  if (replica === undefined) return '';
  const chains = [...replica.index.chains].map(([epoch, chain]) => [epoch, chain.have, chain.count, chain.headHash]);
  return JSON.stringify(chains.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}

async function state(world: World): Promise<string> {
  const out: string[] = [];
  for (const machine of world.machines.values()) {
    if (machine.destroyed) continue;
    const replica = machine.running?.replica;
    const links = (machine.running?.desk ?? machine.running?.hub)?.links.status() ?? [];
    const { commits } = await world.auditor.scan(machine);
    out.push(
      `${machine.name} ${commits.size} (n ${replica?.position.n ?? '-'}, waiting ${machine.running?.desk?.waiting ?? '-'}, pending ${replica?.evidence.pending.length ?? '-'}) [${links.map((link) => `${link.url.slice(7)} ${link.state} ${link.why ?? ''}`).join('; ')}]`,
    );
  }
  return out.join(' / ');
}

/** P3: the union of all surviving disks is on every full replica. */
async function checkEverythingEverywhere(world: World): Promise<ReadonlyMap<string, Commit>> {
  const union = new Map<string, Commit>();
  const scans = new Map<Machine, ReadonlyMap<string, Commit>>();
  for (const machine of world.machines.values()) {
    if (machine.destroyed) continue;
    await world.auditor.checkDisk(machine);
    const { commits } = await world.auditor.scan(machine);
    scans.set(machine, commits);
    for (const [name, commit] of commits) union.set(name, commit);
  }
  for (const machine of world.fullReplicas) {
    const held = scans.get(machine);
    const missing = [...union].filter(([name]) => held?.has(name) !== true);
    const first = missing[0]?.[1];
    if (first !== undefined) {
      const where = [...scans].filter(([, commits]) => commits.has(commitId(first.hash))).map(([other]) => other.name);
      world.auditor.violation(
        'P3',
        `${machine.name} lacks ${missing.length} of ${union.size} commits, the first is seq ${first.header.seq} of ${toBase64Url(first.header.epoch)}, held by ${where.join(', ')}`,
      );
    }
  }
  return union;
}

/** P4: same commits, same picture. */
async function checkPictures(world: World): Promise<void> {
  await world.auditor.checkSamePicture();
  for (const machine of world.fullReplicas) {
    const position = machine.running?.replica.position;
    if (position !== undefined && position.n !== position.applied)
      world.auditor.violation('P4', `${machine.name} holds ${position.n} commits and shows ${position.applied}`);
  }
}

/** A scoped desk shows of each patient that it holds whole what a hub shows, and every trust stream. */
async function checkScopedDesks(world: World): Promise<void> {
  const hub = world.hubs.find((machine) => machine.isUp);
  if (hub === undefined) return;
  const truth = await documentsOf(hub.stays.sql);
  for (const desk of world.desks) {
    if (desk.destroyed || desk.spec.scope.kind === 'all' || desk.running === undefined) continue;
    const covered = new Set((await desk.stays.sql.read('SELECT unit FROM covered')).map((row) => String(row['unit'])));
    const held = await documentsOf(desk.stays.sql);
    for (const [stream, text] of held) {
      const unit = text.slice(0, text.indexOf(' '));
      if (unit !== 'null' && !covered.has(unit)) continue;
      const there = truth.get(stream);
      if (there !== text)
        world.auditor.violation('P4', `${desk.name} shows ${stream} differently from ${hub.name}: ${difference(there ?? 'nothing', text)}`);
    }
    for (const [stream, text] of truth) {
      if (text.startsWith('null ') && !stream.startsWith('access/') && !held.has(stream))
        world.auditor.violation('P3', `${desk.name} lacks the trust stream ${stream}`);
    }
  }
}

/** P6: no device signs two commits at one place, unless it was copied, restored or robbed; then everybody sees it and the key is closed. */
async function checkChains(world: World, union: ReadonlyMap<string, Commit>): Promise<void> {
  const places = new Map<string, Commit>();
  const forked = new Map<string, Commit>();
  for (const commit of union.values()) {
    const place = `${toBase64Url(commit.header.epoch)} ${commit.header.seq}`;
    if (places.has(place)) forked.set(toBase64Url(commit.header.epoch), commit);
    places.set(place, commit);
  }
  for (const [epoch, commit] of forked) {
    const device = deviceStream(commit.header.device);
    if (!world.auditor.tainted.has(device))
      world.auditor.violation('P6', `${device} signed two commits at seq ${commit.header.seq} of ${epoch} although nobody touched it`);
    for (const machine of world.fullReplicas) {
      const replica = machine.running?.replica;
      if (replica === undefined) continue;
      if (replica.index.chain(epochId(commit.header.epoch))?.forkedAt === undefined)
        world.auditor.violation('P6', `${machine.name} holds two histories of ${epoch} and does not say so`);
      const known = (await replica.document<DeviceState>(device))?.state.epochs.find((one) => one.epoch === epoch);
      if (known !== undefined && known.status !== 'closed')
        world.auditor.violation('P6', `${machine.name} has not closed ${epoch}, which has two histories`);
    }
  }
  for (const machine of world.machines.values()) {
    const own = machine.running?.replica.own;
    if (own === undefined || machine.destroyed) continue;
    if (forked.has(own.epoch)) world.auditor.violation('P6', `${machine.name} still writes in ${own.epoch}, which has two histories`);
  }
}

/** P6: a number is given once, or two things bear it and everybody sees both. */
async function checkNumbers(world: World, union: ReadonlyMap<string, Commit>): Promise<void> {
  const given = new Map<string, Set<string>>();
  for (const { commit, numbers, name } of world.auditor.acknowledged) {
    if (!MINTING.has(name)) continue;
    for (const number of numbers) given.set(number, (given.get(number) ?? new Set()).add(commit));
  }
  const hub = world.hubs.find((machine) => machine.isUp)?.running?.replica;
  for (const [number, commits] of given) {
    if (commits.size < 2) continue;
    const makers = [...commits].flatMap((commit) => {
      const found = union.get(commit);
      return found === undefined ? [] : [found];
    });
    const honest = makers.filter((commit) => !world.auditor.tainted.has(deviceStream(commit.header.device)));
    if (honest.length > 1 || (honest.length > 0 && makers.length > honest.length))
      world.auditor.violation('P6', `the number ${number} was given ${commits.size} times`);
    if (makers.length < 2 || hub === undefined) continue;
    const streams = await hub.byNumber(number);
    const issues = await Promise.all(streams.map(async (stream) => (await hub.document(stream))?.issues.length ?? 0));
    if (streams.length < 2 && issues.every((count) => count === 0))
      world.auditor.violation('P6', `the number ${number} was given twice and nobody can see it`);
  }
}

/** Commands whose answer names only numbers that they made. */
const MINTING = new Set(['registerPatient']);

/** No command took effect twice on one device, however often it was repeated. */
async function checkCommands(world: World, union: ReadonlyMap<string, Commit>): Promise<void> {
  const seen = new Map<string, string>();
  await Promise.resolve();
  for (const [name, commit] of union) {
    const device = deviceStream(commit.header.device);
    if (world.auditor.tainted.has(device)) continue;
    const body = commit.body === undefined ? undefined : parseBody(commit.body);
    if (body === undefined) continue;
    const id = body.command.replace(/-\d+$/, '');
    const key = `${device} ${body.user === undefined ? body.command : id}`;
    if (seen.has(key)) world.auditor.violation('P1', `${device} carried out ${body.do} ${body.command} twice`);
    seen.set(key, name);
  }
}

/** P5: what a thief wrote is kept, and what it may not write has no effect. */
async function checkForgeries(world: World): Promise<void> {
  for (const machine of world.fullReplicas) {
    const replica = machine.running?.replica;
    if (replica === undefined) continue;
    for (const person of world.people) {
      const user = await replica.document<UserState>(person.user);
      const extra = user?.state.grants.find((grant) => grant.role !== person.role);
      if (extra !== undefined)
        world.auditor.violation('P5', `${machine.name} believes that ${person.login} is ${extra.role}: a desk said so`);
    }
    for (const [hash, { why }] of world.auditor.stolen) {
      const { commits } = await world.auditor.scan(machine);
      const commit = commits.get(hash);
      const body = commit?.body === undefined ? undefined : parseBody(commit.body);
      if (why !== 'stolen-trust' && why !== 'stolen-user' && why !== 'stolen-kind') continue;
      for (const event of body?.events ?? []) {
        const document = await replica.document(event.stream as StreamId); // parseBody checked the form
        if (document?.issues.some((issue) => issue.code === 'event-set-aside') !== true)
          world.auditor.violation('P5', `${machine.name} does not show that ${why} was set aside`);
      }
    }
  }
}

async function checkContradictions(world: World, union: ReadonlyMap<string, Commit>): Promise<void> {
  for (const { stream, what, code } of contradictions([...union.values()])) {
    for (const machine of world.fullReplicas) {
      const document = await machine.running?.replica.document(stream);
      if (document === undefined) continue;
      if (!document.issues.some((issue) => issue.code === code || issue.code === 'event-set-aside'))
        world.auditor.violation('P4', `${machine.name} does not say that ${what} (${stream})`);
    }
  }
}

/** P4, P8: rebuilt from its journal alone, a replica shows what it showed. */
async function checkRebuild(world: World): Promise<void> {
  for (const machine of [world.fullReplicas[0], world.fullReplicas.at(-1)]) {
    const running = machine?.running;
    if (machine === undefined || running === undefined) continue;
    const before = await digestOf(machine.stays.sql, world.parts.domain);
    const fresh = await world.newSql();
    const ports = { ...running.ports, storage: { ...running.ports.storage, sql: fresh } };
    try {
      await Replica.open(ports, world.parts.domain, running.replica.root, undefined);
      const after = await digestOf(fresh, world.parts.domain);
      if (after !== before) world.auditor.violation('P4', `${machine.name} rebuilt shows something else: ${difference(before, after)}`);
    } catch (error) {
      world.auditor.violation('P4', `${machine.name} cannot be rebuilt: ${words(error)}`);
    }
  }
}
