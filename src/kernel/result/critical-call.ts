// The call that a critical value demands: every attempt is kept, and it is closed only when somebody was told and read it back.
import { z } from 'zod';
import { no, YES } from '#kernel/shared/actor.ts';
import { buildCommand, done } from '#kernel/shared/build-command.ts';
import { reject } from '#kernel/shared/command.ts';
import { catalogueCode, note, personName, text, typedNumber } from '#kernel/shared/fields.ts';
import { instant, instantSchema } from '#kernel/shared/time.ts';
import { MAX_AHEAD_MS } from '#kernel/specimen/collect.ts';
import { readOnTube, type OnTube } from './enter-result.ts';
import { resultEvent, type CallAttempt, type ResultState } from './result.ts';

const input = z.strictObject({
  accession: typedNumber,
  test: catalogueCode,
  attempt: z.enum(['reached', 'not-reached']),
  toldName: personName.optional(),
  toldRole: text(60).optional(),
  /** When the call was made, where that is not now. */
  at: instantSchema.optional(),
  readBack: z.boolean().optional(),
  escalatedTo: text(120).optional(),
  note: note.optional(),
});
const result = z.object({ result: z.string(), attempts: z.number().int(), complete: z.boolean() });

/** Is this the attempt that may close the call: reached, who, which role, and read back? Time is always there. */
export function isComplete(attempt: Pick<CallAttempt, 'attempt' | 'toldName' | 'toldRole' | 'readBack'>): boolean {
  return attempt.attempt === 'reached' && attempt.toldName !== undefined && attempt.toldRole !== undefined && attempt.readBack === true;
}

/** The attempt that tells the value that opened the call: one from before it opened cannot. */
function completeAttempt({ call }: ResultState): CallAttempt | undefined {
  return call.attempts.find(
    (attempt) => isComplete(attempt) && (call.openedAt === undefined || attempt.at >= call.openedAt - MAX_AHEAD_MS),
  );
}

export const recordCriticalCall = buildCommand<z.infer<typeof input>, OnTube, z.infer<typeof result>>({
  name: 'recordCriticalCall',
  title: { en: 'Record call of critical value', hi: 'गंभीर मान की सूचना दर्ज करें' },
  input,
  result,
  writes: ['CriticalCallRecorded'],
  load: (given, read) => readOnTube(read, given),
  when: (_actor, { result: document }) =>
    document?.state.call.status === 'open' ? YES : no(document?.state.call.status === 'closed' ? 'call-closed' : 'call-not-open'),
  decide(given, { result: document, specimen, basis }, env) {
    const at = given.at === undefined ? env.now : instant(given.at);
    if (at > env.now + MAX_AHEAD_MS) return reject('time-in-future', {}, 'at');
    const { attempt, toldName, toldRole, readBack, escalatedTo } = given;
    if (attempt === 'reached' && toldName === undefined) return reject('told-name-needed', {}, 'toldName');
    const stream = document?.stream ?? env.derivedStream('result', specimen.stream, basis.test.code);
    const attempts = (document?.state.call.attempts.length ?? 0) + 1;
    return done({ result: stream, attempts, complete: isComplete({ attempt, toldName, toldRole, readBack }) }, [
      resultEvent(stream, 'CriticalCallRecorded', { attempt, toldName, toldRole, at, readBack, escalatedTo, note: given.note }),
    ]);
  },
});

const closeInput = z.strictObject({ accession: typedNumber, test: catalogueCode });
const closeResult = z.object({ result: z.string() });

/** Why the call cannot be closed yet: the first thing that is missing on the best attempt. */
function whyNotComplete({ call }: ResultState): string {
  const reached = call.attempts.findLast((attempt) => attempt.attempt === 'reached');
  if (reached === undefined) return 'call-nobody-reached';
  if (reached.toldName === undefined) return 'told-name-needed';
  if (reached.toldRole === undefined) return 'told-role-needed';
  return reached.readBack === true ? 'call-before-value' : 'call-not-read-back';
}

export const closeCriticalCall = buildCommand<z.infer<typeof closeInput>, OnTube, z.infer<typeof closeResult>>({
  name: 'closeCriticalCall',
  title: { en: 'Close call of critical value', hi: 'गंभीर मान की सूचना पूरी करें' },
  input: closeInput,
  result: closeResult,
  writes: ['CriticalCallClosed'],
  load: (given, read) => readOnTube(read, given),
  when(_actor, { result: document }) {
    if (document === undefined || document.state.call.status === 'none') return no('call-not-open');
    if (document.state.call.status === 'closed') return no('call-closed');
    return completeAttempt(document.state) === undefined ? no(whyNotComplete(document.state)) : YES;
  },
  decide(_given, { result: document }) {
    const attempt = document === undefined ? undefined : completeAttempt(document.state);
    if (document === undefined || attempt === undefined) return reject('call-nobody-reached');
    return done({ result: document.stream }, [resultEvent(document.stream, 'CriticalCallClosed', { call: attempt.ref })]);
  },
});
