// Enters a result on a received tube, amends one that was released, asks for a repeat, or cancels a test.
import { z } from 'zod';
import { no, YES } from '#kernel/shared/actor.ts';
import { buildCommand, done, found, missing, type Found } from '#kernel/shared/build-command.ts';
import type { Reader } from '#kernel/shared/command.ts';
import { catalogueCode, note, typedNumber } from '#kernel/shared/fields.ts';
import { findSpecimen, readResult, type ResultDocument, type SpecimenDocument } from '#kernel/specimen/find-specimen.ts';
import { answerOf, judge, readBasis, readValue, valueInput, valueResult, type Basis, type ValueResult } from './measure.ts';
import { resultEvent } from './result.ts';

export interface OnTube {
  readonly specimen: SpecimenDocument;
  readonly result: ResultDocument | undefined;
  readonly basis: Basis;
}

/** The tube, the test's result on it and what it is judged by. */
export async function readOnTube(read: Reader, given: { readonly accession: string; readonly test: string }): Promise<Found<OnTube>> {
  const specimen = await findSpecimen(read, given.accession);
  if ('missing' in specimen) return specimen;
  const basis = await readBasis(read, specimen.found, given.test);
  if (basis === undefined) return missing('test-unknown', { test: given.test }, 'test');
  return found({ specimen: specimen.found, basis, result: await readResult(read, specimen.found.stream, basis.test.code) });
}

/** Is this test wanted on this tube? A tube whose order nobody here knows takes any test until the order comes. */
export function testOnTube({ specimen: { state }, basis }: OnTube) {
  const { code } = basis.test;
  if (state.cancelledTests.includes(code)) return no('test-cancelled', { test: code });
  if (state.tests.includes(code)) return YES;
  return state.tests.length === 0 && state.claims.every((claim) => claim.order === undefined)
    ? YES
    : no('test-not-on-tube', { test: code, tests: state.tests.join(', ') });
}

const input = z.strictObject({ accession: typedNumber, test: catalogueCode, ...valueInput, comment: note.optional() });

export const enterResult = buildCommand<z.infer<typeof input>, OnTube, ValueResult>({
  name: 'enterResult',
  title: { en: 'Enter result', hi: 'परिणाम दर्ज करें' },
  input,
  result: valueResult,
  writes: ['ResultEntered'],
  load: (given, read) => readOnTube(read, given),
  when(_actor, facts) {
    const { state } = facts.specimen;
    if (state.status === 'rejected') return no('specimen-rejected', { reason: state.rejected?.reason ?? '' });
    if (state.hold === 'identity-disputed') return no('specimen-identity-disputed');
    if (state.receipts.length === 0) return no('specimen-not-received', { status: state.status });
    const onTube = testOnTube(facts);
    if (!onTube.ok) return onTube;
    const status = facts.result?.state.status;
    if (status === 'final') return no('result-is-final');
    return status === 'cancelled' ? no('test-cancelled', { test: facts.basis.test.code }) : YES;
  },
  decide(given, { specimen, result, basis }, env) {
    const { test } = basis;
    const read = readValue(test, given.value, given.unit);
    if ('rejection' in read) return { ok: false, rejection: read.rejection };
    const stream = result?.stream ?? env.derivedStream('result', specimen.stream, test.code);
    const evaluation = judge(basis, read.measured, stream, env.now);
    const entered = resultEvent(stream, 'ResultEntered', {
      specimen: specimen.stream,
      accession: specimen.state.accession ?? '',
      test: test.code,
      patient: basis.patient,
      ...read.measured,
      comment: given.comment,
      evaluation,
    });
    return done(answerOf(stream, read.measured, evaluation), [entered]);
  },
});

const repeatInput = z.strictObject({ accession: typedNumber, test: catalogueCode, reason: note });
const repeatResult = z.object({ result: z.string(), repeats: z.number().int() });

export const repeatTest = buildCommand<z.infer<typeof repeatInput>, OnTube, z.infer<typeof repeatResult>>({
  name: 'repeatTest',
  title: { en: 'Repeat test', hi: 'जाँच दोहराएँ' },
  input: repeatInput,
  result: repeatResult,
  writes: ['ResultRepeatAsked'],
  load: (given, read) => readOnTube(read, given),
  when(_actor, { result }) {
    if (result === undefined || result.state.values.length === 0) return no('result-not-entered');
    return result.state.status === 'final' ? no('result-is-final') : YES;
  },
  decide: (given, { result, specimen, basis }, env) => {
    const stream = result?.stream ?? env.derivedStream('result', specimen.stream, basis.test.code);
    return done({ result: stream, repeats: (result?.state.repeats ?? 0) + 1 }, [
      resultEvent(stream, 'ResultRepeatAsked', { reason: given.reason }),
    ]);
  },
});
