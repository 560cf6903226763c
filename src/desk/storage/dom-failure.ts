// Turns what a browser throws at a file into the failures of the storage port. It must not retry anything itself.
import { StorageFailure } from '#journal/ports/storage.ts';

/** @param what a sentence fragment for the log, without data of a patient. */
export function storageFailure(error: unknown, what: string): StorageFailure {
  if (error instanceof StorageFailure) return error;
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  const message = `${what}: ${error instanceof Error || error instanceof DOMException ? `${error.name}: ${error.message}` : String(error)}`;
  switch (name) {
    case 'QuotaExceededError':
      // Trying again at once helps nothing; a person must make room. Nothing of the write stayed.
      return new StorageFailure('disk-full', 'permanent', message, { cause: error });
    case 'NoModificationAllowedError':
      return new StorageFailure('locked', 'transient', message, { cause: error });
    case 'NotAllowedError':
    case 'SecurityError':
      return new StorageFailure('read-only', 'permanent', message, { cause: error });
    case 'NotFoundError':
    case 'InvalidStateError':
      return new StorageFailure('gone', 'transient', message, { cause: error });
    default:
      return new StorageFailure('io', 'transient', message, { cause: error });
  }
}
