// Where a desk keeps its signing keys: non-extractable CryptoKeys in IndexedDB. It must not hold anything that can be copied out.
import type { KeyStore, Signer } from '#journal/ports/crypto.ts';
import { StorageFailure } from '#journal/ports/storage.ts';
import { BrowserSigner } from './crypto.ts';
import { storageFailure } from './storage/dom-failure.ts';

const STORE = 'keys';
const VERSION = 1;

interface StoredKey {
  readonly publicKey: Uint8Array;
  readonly key: CryptoKey;
}

/** @param database name in IndexedDB; one per desk profile. */
export function browserKeyStore(database: string): KeyStore {
  return {
    async load(epoch) {
      return withStore(database, 'readonly', async (store) => {
        const found = await settled<StoredKey | undefined>(store.get(epoch));
        return found === undefined ? undefined : new BrowserSigner(found.publicKey, found.key);
      });
    },
    async save(epoch: string, signer: Signer) {
      if (!(signer instanceof BrowserSigner)) throw new TypeError('invariant: only a signer made in this browser can be kept here');
      const stored: StoredKey = { publicKey: signer.publicKey, key: signer.key };
      await withStore(database, 'readwrite', (store) => settled(store.put(stored, epoch)));
    },
  };
}

async function withStore<T>(database: string, mode: IDBTransactionMode, work: (store: IDBObjectStore) => Promise<T>): Promise<T> {
  try {
    const db = await opened(database);
    try {
      // A key that is lost with the power costs an epoch: wait for the disk.
      const transaction = db.transaction(STORE, mode, { durability: 'strict' });
      const done = finished(transaction);
      const result = await work(transaction.objectStore(STORE));
      await done;
      return result;
    } finally {
      db.close();
    }
  } catch (error) {
    throw storageFailure(error, 'the key of this desk');
  }
}

function opened(database: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(database, VERSION);
    request.addEventListener('upgradeneeded', () => {
      if (!request.result.objectStoreNames.contains(STORE)) request.result.createObjectStore(STORE);
    });
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB did not open')));
    request.addEventListener('blocked', () => reject(new StorageFailure('locked', 'transient', 'another tab holds the keys open')));
  });
}

function settled<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result as T)); // the caller wrote what it reads
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB refused')));
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    const failed = (): void => reject(transaction.error ?? new Error('IndexedDB gave up'));
    transaction.addEventListener('abort', failed);
    transaction.addEventListener('error', failed);
  });
}
