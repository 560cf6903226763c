// A history out of folders, files and running hubs into a new folder, judged on the way as if a stranger had brought it. The
// identity of a device comes only with its own folder, a new one only with an invite: keys are in no export.
import fs from 'node:fs';
import path from 'node:path';
import { fromBase64Url } from '#kernel/shared/bytes.ts';
import { hospitalDomain } from '#roles/domain.ts';
import { readInvite } from '#roles/enrolment.ts';
import { readDeviceFile, writeDeviceFile } from '#roles/founding.ts';
import { Links } from '#roles/links.ts';
import { type DeviceFile, identityOf } from '#roles/replica/device-file.ts';
import { Replica } from '#roles/replica/replica.ts';
import { Refused } from '../cli/exit.ts';
import type { VerifyOutput } from '../cli/services.ts';
import { type Home, holdsNode, openHome } from '../home.ts';
import { FileKeyStore, writeSecret } from '../key-store.ts';
import { NodeFiles } from '../storage/node-files.ts';
import { joinHome } from './desk.ts';
import { trustKeptRoot } from './hub-tls.ts';
import { ReadOnlyFiles } from './read-only-files.ts';
import { originOf, stationPorts } from './station-ports.ts';
import { fileSource, folderSource, type Problem, rootOfFile, type Source, takeIn, verdict } from './verify.ts';

/** Stands in the folder until everything is in: a second start goes on where the first was interrupted. */
const MARK_FILE = 'restoring.json';

export interface RestoreOptions {
  readonly dir: string;
  readonly from: readonly string[];
  /** For a running hub among the sources: the new folder joins it as a hub. */
  readonly invite?: string;
}

interface Found {
  readonly name: string;
  readonly root: Uint8Array;
  readonly source: Source;
  /** Only a folder has one. */
  readonly device: DeviceFile | undefined;
  close(): Promise<void>;
}

export async function restore(options: RestoreOptions): Promise<VerifyOutput> {
  const urls = options.from.filter(isUrl).map((text) => new URL(text));
  const found: Found[] = [];
  try {
    for (const from of options.from) if (!isUrl(from)) found.push(await find(from, options.dir));
    const root = rootOf(options, urls, found);
    const going = markOf(options.dir);
    if (going !== undefined && going !== toText(root))
      throw new Refused(`The folder ${options.dir} was begun for another hospital. Take a new one; nothing was touched.`);
    begin(options.dir, going, root);
    const home = await openHome(options.dir, 'existing');
    let output: VerifyOutput;
    try {
      output = await bring(home, root, found, urls, options.invite);
    } finally {
      await home.close();
    }
    // Last of all: until then a second start goes on.
    if (output.ok) fs.rmSync(path.join(options.dir, MARK_FILE));
    return output;
  } finally {
    for (const one of found) await one.close();
  }
}

/** The mark first, so that whatever a crash leaves behind is known as ours. */
function begin(dir: string, going: string | undefined, root: Uint8Array): void {
  if (going === undefined) {
    const held = fs.existsSync(dir) ? fs.readdirSync(dir) : [];
    if (held.some((name) => name !== `${MARK_FILE}.tmp`))
      throw new Refused(`The folder ${dir} is not empty. Take a new one; nothing was touched.`);
    fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
    writeSecret(path.join(dir, MARK_FILE), JSON.stringify({ root: toText(root) }));
  }
  fs.mkdirSync(path.join(dir, 'journal'), { recursive: true, mode: 0o700 });
}

/** The one root key that every source and the invite name. */
function rootOf(options: RestoreOptions, urls: readonly URL[], found: readonly Found[]): Uint8Array {
  const [first] = found;
  const stranger = found.find((other) => toText(other.root) !== toText(found[0]?.root ?? other.root));
  if (stranger !== undefined) throw new Refused(`${stranger.name} is of another hospital than ${first?.name ?? ''}. Nothing was written.`);
  const invite = options.invite === undefined ? undefined : readInvite(options.invite)?.invite;
  if (options.invite !== undefined && invite === undefined)
    throw new Refused("The invite cannot be read. Give the code that 'nirantar invite' printed, whole.");
  const [url] = urls;
  if (url !== undefined && invite === undefined && found.every((one) => one.device === undefined))
    throw new Refused(
      `The hub at ${originOf(url)} gives its history to hubs of its hospital only. Make a code there with 'nirantar invite --dir D --role hub', and give it with --invite; or name the folder of the lost hub as a further source.`,
    );
  if (invite !== undefined && url === undefined) throw new Refused('An invite is for a running hub: give its address behind --from.');
  if (invite !== undefined && invite.role !== 'hub')
    throw new Refused(`This invite is for a ${invite.role}, which does not hold the whole history. Make one with --role hub.`);
  const invited = invite === undefined ? undefined : fromBase64Url(invite.root);
  if (first !== undefined && invited !== undefined && toText(first.root) !== toText(invited))
    throw new Refused(`${first.name} is of another hospital than the invite. Nothing was written.`);
  const root = first?.root ?? invited;
  if (root === undefined) throw new Refused('Nothing to restore from was given.');
  return root;
}

async function bring(
  home: Home,
  root: Uint8Array,
  found: readonly Found[],
  urls: readonly URL[],
  invite: string | undefined,
): Promise<VerifyOutput> {
  const [first] = urls;
  if (first !== undefined && invite !== undefined && (await readDeviceFile(home.ports)) === undefined) await joinHome(home, first, invite);
  const replica = await Replica.open(home.ports, hospitalDomain, root, undefined);
  const problems: Problem[] = [];
  const sources: { from: string; commits: number }[] = [];
  for (const { name, source } of found) {
    const before = replica.position.n;
    for (const problem of await takeIn(replica, source)) problems.push({ ...problem, from: path.basename(name) });
    sources.push({ from: name, commits: replica.position.n - before });
  }
  const identity = (await readDeviceFile(home.ports)) ?? (await takeIdentity(home, found));
  for (const url of urls) {
    const before = replica.position.n;
    const problem = identity === undefined ? 'no-identity' : await pullFrom(home, replica, identity, url);
    if (problem !== undefined) problems.push({ kind: problem, from: originOf(url) });
    sources.push({ from: originOf(url), commits: replica.position.n - before });
  }
  // What one source lacks another may have had: a file's own damage counts only when something is missing in the end.
  const whole = verdict(replica, [], true);
  const output = verdict(
    replica,
    urls.length > 0 && whole.ok ? problems.filter((problem) => isUrl(String(problem['from']))) : problems,
    true,
  );
  return { ...output, identity: identity?.device ?? null, sources };
}

/** Everything that a running hub holds, as one hub gives it to another. @returns what stood in the way */
async function pullFrom(home: Home, replica: Replica, file: DeviceFile, url: URL): Promise<string | undefined> {
  if (replica.own === undefined) {
    const signer = await home.ports.keys.load(file.epoch);
    if (signer === undefined) return 'key-missing';
    await replica.adopt(identityOf(file, signer));
  }
  trustKeptRoot(home);
  const { timers, transport } = stationPorts();
  const links = new Links({ replica, timers, transport, scope: { kind: 'all' }, pushes: false, wanted: 0, onStatus: () => undefined });
  links.use([originOf(url)]);
  try {
    return (await links.once()) === undefined ? 'no-hub-answers' : undefined;
  } finally {
    links.stop();
  }
}

/** The key first, the device file last: a crash between leaves a folder that was never enrolled. */
async function takeIdentity(home: Home, found: readonly Found[]): Promise<DeviceFile | undefined> {
  for (const { name, device } of found) {
    const signer = device === undefined ? undefined : await new FileKeyStore(path.join(name, 'keys')).load(device.epoch);
    if (device === undefined || signer === undefined) continue;
    await home.ports.keys.save(device.epoch, signer);
    const tls = path.join(name, 'tls');
    if (fs.existsSync(tls))
      for (const file of fs.readdirSync(tls))
        writeSecret(path.join(home.place('tls'), file), fs.readFileSync(path.join(tls, file), 'utf8'));
    await writeDeviceFile(home.ports, device);
    return device;
  }
  return undefined;
}

async function find(from: string, into: string): Promise<Found> {
  if (path.resolve(from) === path.resolve(into)) throw new Refused('A folder cannot be restored from itself.');
  if (!fs.existsSync(from)) throw new Refused(`There is no ${from}.`);
  if (!fs.statSync(from).isDirectory()) {
    return { name: from, root: await rootOfFile(from), source: fileSource(from), device: undefined, close: () => Promise.resolve() };
  }
  if (!holdsNode(from)) throw new Refused(`There is no node in ${from}.`);
  const files = new ReadOnlyFiles(await NodeFiles.open(path.join(from, 'journal')));
  const device = await readDeviceFile({ storage: { files, sql: undefined as never, notes: [] } }); // it reads a file and no SQL
  const root = device === undefined ? undefined : fromBase64Url(device.root);
  if (device === undefined || root === undefined)
    throw new Refused(`The folder ${from} was never enrolled: there is no root key to judge by.`);
  return { name: from, root, device, source: folderSource(files, path.join(from, 'index/index.db')), close: () => files.close() };
}

/** The root key, as text, of a restore that was begun in this folder and not ended. */
function markOf(dir: string): string | undefined {
  try {
    const mark: unknown = JSON.parse(fs.readFileSync(path.join(dir, MARK_FILE), 'utf8'));
    return typeof mark === 'object' && mark !== null && 'root' in mark && typeof mark.root === 'string' ? mark.root : undefined;
  } catch {
    return undefined; // no such file, or torn by the crash that it is there for: then the folder is not touched
  }
}

function isUrl(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
