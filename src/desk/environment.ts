// What this browser, opened at this address, lacks to be a desk, and how to mend it. It must not start anything.
import { DESK_CODES } from '#kernel/shared/codes/desk.ts';

export type Lack =
  | 'desk-not-secure'
  | 'desk-no-service-worker'
  | 'desk-no-storage'
  | 'desk-no-locks'
  | 'desk-no-crypto'
  | 'desk-no-workers';

/** The parts of a window that are looked at. */
export interface Surroundings {
  readonly isSecureContext: boolean;
  readonly location: { readonly protocol: string; readonly hostname: string };
  readonly navigator: {
    readonly serviceWorker?: unknown;
    readonly locks?: unknown;
    readonly storage?: { getDirectory?: () => Promise<unknown> };
  };
  readonly crypto?: {
    readonly subtle?: { generateKey: (algorithm: 'Ed25519', extractable: boolean, usages: readonly KeyUsage[]) => Promise<unknown> };
  };
  readonly Worker?: unknown;
  readonly BroadcastChannel?: unknown;
}

/** Empty when everything is there. An insecure address is told alone: it is why the rest is missing. */
export async function lacks(around: Surroundings): Promise<readonly Lack[]> {
  if (!around.isSecureContext) return ['desk-not-secure'];
  const [privateFiles, signatures] = await Promise.all([hasPrivateFiles(around), hasSignatures(around)]);
  const found: Lack[] = [];
  if (around.navigator.serviceWorker === undefined) found.push('desk-no-service-worker');
  if (!privateFiles) found.push('desk-no-storage');
  if (around.navigator.locks === undefined) found.push('desk-no-locks');
  if (!signatures) found.push('desk-no-crypto');
  if (around.Worker === undefined || around.BroadcastChannel === undefined) found.push('desk-no-workers');
  return found;
}

/** Private windows and some policies offer the method and refuse when it is called. */
async function hasPrivateFiles(around: Surroundings): Promise<boolean> {
  const storage = around.navigator.storage;
  if (storage?.getDirectory === undefined) return false;
  try {
    await storage.getDirectory();
    return true;
  } catch {
    return false;
  }
}

async function hasSignatures(around: Surroundings): Promise<boolean> {
  const subtle = around.crypto?.subtle;
  if (subtle === undefined) return false;
  try {
    await subtle.generateKey('Ed25519', false, ['sign', 'verify']);
    return true;
  } catch {
    return false;
  }
}

/** The sentence for a lack in one language, with the address put in. */
export function lackText(lack: Lack, language: 'en' | 'hi', host: string): string {
  return DESK_CODES[lack][language].replaceAll('{host}', host);
}
