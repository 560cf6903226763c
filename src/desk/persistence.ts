// Whether the browser promises to keep this desk's storage, and what a person can do when it does not.

export interface Persistence {
  readonly persisted: boolean;
  readonly usedBytes: number | undefined;
  readonly quotaBytes: number | undefined;
  /** Opened as an installed app, which browsers are likelier to keep. */
  readonly installed: boolean;
  /** Codes of `kernel/shared/codes/desk.ts` for the status screen, the gravest first; empty when all is well. */
  readonly advice: readonly PersistenceAdvice[];
}

export type PersistenceAdvice = 'storage-nearly-full' | 'storage-not-kept' | 'storage-not-kept-installed';

export interface StorageManagerLike {
  persisted?: () => Promise<boolean>;
  persist?: () => Promise<boolean>;
  estimate?: () => Promise<{ readonly usage?: number; readonly quota?: number }>;
}

/** Below this a day's work may not fit, and people need time to make room. */
const NEARLY_FULL_BYTES = 200 * 1024 * 1024;

/** Asks the browser to keep the storage (it may ask the user, or decide by itself) and says what came of it. */
export async function askToKeep(storage: StorageManagerLike, installed: boolean): Promise<Persistence> {
  const persisted = (await safely(storage.persisted?.())) === true || (await safely(storage.persist?.())) === true;
  const estimate = await safely(storage.estimate?.());
  const usedBytes = estimate?.usage;
  const quotaBytes = estimate?.quota;
  const advice: PersistenceAdvice[] = [];
  if (usedBytes !== undefined && quotaBytes !== undefined && quotaBytes - usedBytes < NEARLY_FULL_BYTES) advice.push('storage-nearly-full');
  if (!persisted) advice.push(installed ? 'storage-not-kept-installed' : 'storage-not-kept');
  return { persisted, usedBytes, quotaBytes, installed, advice };
}

async function safely<T>(asked: Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await asked;
  } catch {
    return undefined;
  }
}
