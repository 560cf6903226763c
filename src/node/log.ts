// What a node writes down about itself: an event name and scalar facts. The type leaves no place for a patient: there is
// no free object and no free text in it.
import pino from 'pino';

export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  info(event: string, facts?: Facts): void;
  warn(event: string, facts?: Facts): void;
  /** With the error's name, code and stack frames. Its message only when it is one of ours, which hold no patient data. */
  error(event: string, error?: unknown, facts?: Facts): void;
}

export interface LogOptions {
  /** Absent: stderr. */
  readonly file?: string;
  readonly level?: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** The node's own name, on each line. */
  readonly node?: string;
}

/** Names under which data of a person could slip in; whatever stands there is not written. */
const FORBIDDEN = ['name', 'phone', 'address', 'password', 'pin', 'token', 'body', 'text', 'search', 'uhid', 'authorization', 'cookie'];

export function createLog(options: LogOptions = {}): Log {
  // Written at once, so that the last words before a crash are there and lines keep their order. Nothing on a hot path logs.
  const destination = pino.destination(
    options.file === undefined ? { dest: 2, sync: true } : { dest: options.file, mkdir: true, sync: true },
  );
  const logger = pino(
    {
      level: options.level ?? 'info',
      base: options.node === undefined ? {} : { node: options.node },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: FORBIDDEN, censor: '[not logged]' },
    },
    destination,
  );
  return {
    info: (event, facts = {}) => logger.info({ ...facts, event }),
    warn: (event, facts = {}) => logger.warn({ ...facts, event }),
    error: (event, error, facts = {}) => logger.error({ ...facts, event, ...describeError(error) }),
  };
}

function describeError(error: unknown): Facts {
  if (error === undefined) return {};
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim().slice(3));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const ours = error.name === 'StorageFailure' || error.message.startsWith('invariant:');
  return {
    error: error.name,
    ...(code === undefined ? {} : { code }),
    ...(ours ? { message: error.message } : {}),
    frames: frames.slice(0, 12).join(' < '),
  };
}
