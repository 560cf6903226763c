// Settles a contradiction: within a stream (an issue) or between streams (a check). The facts stay; the answer stands beside them.
import { z } from 'zod';
import { no, YES } from '#kernel/shared/actor.ts';
import { buildCommand, done, found, missing } from '#kernel/shared/build-command.ts';
import { reject } from '#kernel/shared/command.ts';
import type { Document } from '#kernel/shared/document.ts';
import type { NewEvent } from '#kernel/shared/event.ts';
import { eventRefField, note, streamId, text } from '#kernel/shared/fields.ts';
import { streamType } from '#kernel/shared/ids.ts';
import { resultEvent, type ResultState } from '#kernel/result/result.ts';
import { CHECKS } from '#kernel/checks.ts';
import { checkEvent } from './check.ts';

const issueInput = z.strictObject({
  stream: streamId,
  /** The issue's id, as shown in the reconcile queue. */
  issue: z.string().min(1).max(400),
  outcome: text(60),
  reason: note,
  /** Of two values of a result, the one that stands. */
  keep: eventRefField.optional(),
});
const issueResult = z.object({ stream: z.string(), issue: z.string() });

interface IssueFacts {
  readonly document: Document;
  readonly open: boolean;
}

export const settleIssue = buildCommand<z.infer<typeof issueInput>, IssueFacts, z.infer<typeof issueResult>>({
  name: 'settleIssue',
  title: { en: 'Settle a contradiction', hi: 'विरोधाभास सुलझाएँ' },
  input: issueInput,
  result: issueResult,
  writes: ['IssueSettled', 'ResultValueChosen'],
  async load(given, read) {
    const document = await read.document(given.stream);
    const issue = document?.issues.find((one) => one.id === given.issue);
    return document === undefined || issue === undefined
      ? missing('issue-not-here', {}, 'issue')
      : found({ document, open: issue.settled === undefined });
  },
  when: (_actor, { open }) => (open ? YES : no('issue-settled-already')),
  decide(given, { document }) {
    const { outcome, reason, keep } = given;
    const events: NewEvent[] = [{ stream: given.stream, type: 'IssueSettled', data: { issue: given.issue, outcome, reason } }];
    if (keep !== undefined) {
      // The state of a result stream is a ResultState: the stream's type says so.
      const state = streamType(given.stream) === 'result' ? (document.state as ResultState) : undefined;
      if (state?.values.some((value) => value.ref === keep) !== true) return reject('value-not-of-result', {}, 'keep');
      events.push(resultEvent(given.stream, 'ResultValueChosen', { value: keep, reason }));
    }
    return done({ stream: given.stream, issue: given.issue }, events);
  },
});

const checkInput = z.strictObject({ check: text(60), subjects: z.array(streamId).min(1).max(20), outcome: text(60), reason: note });
const checkResult = z.object({ check: z.string(), stream: z.string() });

/** The parts from which the stream of a check is derived: the same wherever it is settled. */
export function checkParts(check: string, subjects: readonly string[]): readonly string[] {
  return [check, ...[...new Set(subjects)].sort()];
}

export const settleCheck = buildCommand<z.infer<typeof checkInput>, true, z.infer<typeof checkResult>>({
  name: 'settleCheck',
  title: { en: 'Settle a check', hi: 'जाँच-सूची की बात सुलझाएँ' },
  input: checkInput,
  result: checkResult,
  writes: ['CheckSettled'],
  async load(given, read) {
    const check = CHECKS.find((one) => one.name === given.check);
    if (check === undefined) return missing('check-unknown', { check: given.check }, 'check');
    if (!check.outcomes.includes(given.outcome)) return missing('outcome-unknown', { outcomes: check.outcomes.join(', ') }, 'outcome');
    for (const subject of given.subjects)
      if ((await read.document(subject)) === undefined) return missing('subject-not-here', {}, 'subjects');
    return found(true as const);
  },
  decide(given, _facts, env) {
    const subjects = [...new Set(given.subjects)].sort();
    const stream = env.derivedStream('check', ...checkParts(given.check, subjects));
    return done({ check: given.check, stream }, [
      checkEvent(stream, 'CheckSettled', { check: given.check, subjects, outcome: given.outcome, reason: given.reason }),
    ]);
  },
});
