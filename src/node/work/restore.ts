// A history out of folders and files into a new folder, judged on the way as if a stranger had brought it. The identity of
// a device comes only with its own folder: keys are in no export.
import fs from 'node:fs';
import path from 'node:path';
import { fromBase64Url } from '#kernel/shared/bytes.ts';
import { readDeviceFile, writeDeviceFile } from '#roles/founding.ts';
import type { DeviceFile } from '#roles/replica/replica.ts';
import { Refused } from '../cli/exit.ts';
import type { VerifyOutput } from '../cli/services.ts';
import { FileKeyStore } from '../key-store.ts';
import { type Home, holdsNode, openHome } from '../home.ts';
import { NodeFiles } from '../storage/node-files.ts';
import { ReadOnlyFiles } from './read-only-files.ts';
import { fileSource, folderSource, judge, rootOfFile, type Source } from './verify.ts';

interface Found {
  readonly name: string;
  readonly root: Uint8Array;
  readonly source: Source;
  /** Only a folder has one. */
  readonly device: DeviceFile | undefined;
  close(): Promise<void>;
}

export async function restore(options: { readonly dir: string; readonly from: readonly string[] }): Promise<VerifyOutput> {
  const found: Found[] = [];
  try {
    for (const from of options.from) found.push(await find(from, options.dir));
    const [first] = found;
    if (first === undefined) throw new Refused('Nothing to restore from was given.');
    const stranger = found.find((other) => Buffer.compare(other.root, first.root) !== 0);
    if (stranger !== undefined) throw new Refused(`${stranger.name} is of another hospital than ${first.name}. Nothing was written.`);
    const home = await openHome(options.dir, 'new');
    try {
      return await bring(home, first.root, found);
    } finally {
      await home.close();
    }
  } finally {
    for (const one of found) await one.close();
  }
}

async function bring(home: Home, root: Uint8Array, found: readonly Found[]): Promise<VerifyOutput> {
  const all: Source = async (each, problem) => {
    for (const { name, source } of found) await source(each, (one) => problem({ ...one, from: path.basename(name) }));
  };
  const output = await judge(home, all, root, true);
  const identity = await takeIdentity(home, found);
  return { ...output, identity: identity?.device ?? null };
}

/** The key first, the device file last: a crash between leaves a folder that was never enrolled. */
async function takeIdentity(home: Home, found: readonly Found[]): Promise<DeviceFile | undefined> {
  for (const { name, device } of found) {
    const signer = device === undefined ? undefined : await new FileKeyStore(path.join(name, 'keys')).load(device.epoch);
    if (device === undefined || signer === undefined) continue;
    await home.ports.keys.save(device.epoch, signer);
    const tls = path.join(name, 'tls');
    if (fs.existsSync(tls)) fs.cpSync(tls, home.place('tls'), { recursive: true });
    await writeDeviceFile(home.ports, device);
    return device;
  }
  return undefined;
}

async function find(from: string, into: string): Promise<Found> {
  if (/^https?:\/\//i.test(from))
    throw new Refused(`A hub that runs gives its history to a node that has joined: use 'nirantar join --hub ${from}' with a new folder.`);
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
