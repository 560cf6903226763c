// Opens the replica of a folder under the identity that was given to it when it was enrolled.
import { fromBase64Url } from '#kernel/shared/bytes.ts';
import { hospitalDomain } from '#roles/domain.ts';
import { readDeviceFile } from '#roles/founding.ts';
import { type DeviceFile, identityOf } from '#roles/replica/device-file.ts';
import { Replica } from '#roles/replica/replica.ts';
import { Refused } from '../cli/exit.ts';
import { type Home, openHome } from '../home.ts';

export interface OpenedReplica {
  readonly home: Home;
  readonly replica: Replica;
  readonly file: DeviceFile;
}

export async function openReplica(dir: string): Promise<OpenedReplica> {
  const home = await openHome(dir, 'existing');
  try {
    const file = await readDeviceFile(home.ports);
    const signer = file === undefined ? undefined : await home.ports.keys.load(file.epoch);
    const root = file === undefined ? undefined : fromBase64Url(file.root);
    if (file === undefined || root === undefined)
      throw new Refused(`The folder ${dir} was never enrolled. Use 'nirantar init' or 'nirantar join' with a new folder.`);
    if (signer === undefined)
      throw new Refused(`The key of this device is not in ${dir}/keys. Restore the folder with its keys, or join again with a new folder.`);
    return { home, file, replica: await Replica.open(home.ports, hospitalDomain, root, identityOf(file, signer)) };
  } catch (error) {
    await home.close();
    throw error;
  }
}
