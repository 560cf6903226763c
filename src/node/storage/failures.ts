// Turns what the operating system and SQLite say into a StorageFailure with a class. It must not know what was written.
import { StorageFailure, type FailureClass, type StorageFailureCode } from '#journal/ports/storage.ts';

/** What was being done: after a failed sync nobody knows what reached the disk, so its class is ambiguous. */
export type FileAction = 'read' | 'write' | 'sync';

interface Kind {
  readonly code: StorageFailureCode;
  readonly failureClass: FailureClass;
  readonly advice: string;
}

const FULL: Kind = {
  code: 'disk-full',
  failureClass: 'transient',
  advice: 'The disk is full. Free some space; nothing that was acknowledged is lost.',
};
const READ_ONLY: Kind = {
  code: 'read-only',
  failureClass: 'permanent',
  advice: 'The folder cannot be written. Check the disk and the rights of the user that runs Nirantar.',
};
const GONE: Kind = {
  code: 'gone',
  failureClass: 'permanent',
  advice: 'The file or folder is not there any more. Is the disk still connected?',
};
const BUSY: Kind = {
  code: 'io',
  failureClass: 'transient',
  advice: 'The machine could not open the file just now. It will be tried again.',
};
const UNREADABLE: Kind = { code: 'io', failureClass: 'permanent', advice: 'The file may not be read by the user that runs Nirantar.' };
const DAMAGED: Kind = {
  code: 'io',
  failureClass: 'transient',
  advice: 'The disk reported an error. If it comes again, replace the disk; the journal is on the other replicas.',
};

const KINDS: Readonly<Record<string, Kind>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  // A limit on file size (ulimit -f) is a full disk to whoever writes.
  EFBIG: FULL,
  EROFS: READ_ONLY,
  EACCES: READ_ONLY,
  EPERM: READ_ONLY,
  ENOENT: GONE,
  ENOTDIR: GONE,
  ENODEV: GONE,
  ENXIO: GONE,
  EMFILE: BUSY,
  ENFILE: BUSY,
  EBUSY: BUSY,
  EAGAIN: BUSY,
  EINTR: BUSY,
};

/** The failure for an error of `fs`. @param what a file or folder name, without its path: it goes into messages and logs. */
export function fileFailure(error: unknown, action: FileAction, what: string): StorageFailure {
  if (error instanceof StorageFailure) return error;
  const errno = errnoOf(error);
  let kind = KINDS[errno] ?? DAMAGED;
  if (kind === READ_ONLY && action === 'read') kind = UNREADABLE;
  const failureClass = action === 'sync' ? 'ambiguous' : kind.failureClass;
  return new StorageFailure(kind.code, failureClass, `${what} (${action}, ${errno}): ${kind.advice}`, { cause: error });
}

/** The failure for an error of SQLite, or undefined when it is a mistake in our own SQL: that is a bug and stays one. */
export function sqlFailure(error: unknown): StorageFailure | undefined {
  if (error instanceof StorageFailure) return error;
  const code = sqliteCodeOf(error);
  const message = (advice: string): string => `the index (${code}): ${advice}`;
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new StorageFailure('damaged', 'permanent', message('It is damaged and is rebuilt from the journal.'), { cause: error });
  }
  if (code === 'SQLITE_FULL') return new StorageFailure(FULL.code, FULL.failureClass, message(FULL.advice), { cause: error });
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_PERM') {
    return new StorageFailure(READ_ONLY.code, READ_ONLY.failureClass, message(READ_ONLY.advice), { cause: error });
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new StorageFailure('locked', 'transient', message('Another process uses it.'), { cause: error });
  }
  if (code.startsWith('SQLITE_CANTOPEN')) return new StorageFailure(BUSY.code, BUSY.failureClass, message(BUSY.advice), { cause: error });
  if (code.startsWith('SQLITE_IOERR'))
    return new StorageFailure(DAMAGED.code, DAMAGED.failureClass, message(DAMAGED.advice), { cause: error });
  return undefined;
}

export function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}

/** The add-on puts SQLite's code on `code`, except for a file that it could not even open. */
function sqliteCodeOf(error: unknown): string {
  const code = errnoOf(error);
  if (code !== 'unknown') return code;
  return error instanceof Error && error.message.includes('sqlite open error') ? 'SQLITE_CANTOPEN' : code;
}
