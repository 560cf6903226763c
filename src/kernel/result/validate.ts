// Validates results, technically at the bench and medically by the pathologist: never both by one person.
import { z } from 'zod';
import { no, YES, type Actor, type May } from '#kernel/shared/actor.ts';
import { buildCommand, done, found, missing, type Found } from '#kernel/shared/build-command.ts';
import { reject, type DecideEnvironment, type Decision, type Reader } from '#kernel/shared/command.ts';
import type { NewEvent } from '#kernel/shared/event.ts';
import { catalogueCode, typedNumber } from '#kernel/shared/fields.ts';
import { sameData } from '#kernel/shared/same.ts';
import { findSpecimen, readResults, type ResultDocument, type SpecimenDocument } from '#kernel/specimen/find-specimen.ts';
import { judge, readBasis, type Basis } from './measure.ts';
import { resultEvent } from './result.ts';

const input = z.strictObject({
  accession: typedNumber,
  /** Left out: all that can be validated now. */
  tests: z.array(catalogueCode).min(1).max(60).optional(),
});
type Input = z.infer<typeof input>;

const result = z.object({
  validated: z.array(z.object({ test: z.string(), result: z.string(), flag: z.string(), critical: z.boolean() })),
  /** What was not, and why, as codes. */
  left: z.array(z.object({ test: z.string(), code: z.string() })),
});
type Result = z.infer<typeof result>;

interface Line {
  readonly test: string;
  readonly document: ResultDocument | undefined;
  readonly basis: Basis | undefined;
}

interface Facts {
  readonly specimen: SpecimenDocument;
  readonly lines: readonly Line[];
  /** The tests were named one by one: then each that cannot be validated is a refusal. */
  readonly named: boolean;
}

async function load(given: Input, read: Reader): Promise<Found<Facts>> {
  const specimen = await findSpecimen(read, given.accession);
  if ('missing' in specimen) return specimen;
  const results = await readResults(read, specimen.found.stream);
  const tests = given.tests?.map((test) => test.toUpperCase()) ?? results.flatMap((one) => one.state.test ?? []);
  if (tests.length === 0) return missing('result-not-entered', {}, 'tests');
  const lines: Line[] = [];
  for (const test of new Set(tests)) {
    const document = results.find((one) => one.state.test?.toUpperCase() === test.toUpperCase());
    lines.push({ test, document, basis: await readBasis(read, specimen.found, test) });
  }
  return found({ specimen: specimen.found, lines, named: given.tests !== undefined });
}

type Step = 'technical' | 'medical';

/** May this person validate this one result now? */
export function mayValidate(step: Step, actor: Pick<Actor, 'user'>, document: ResultDocument | undefined, basis: Basis | undefined): May {
  const state = document?.state;
  const current = state?.current;
  if (state === undefined || current === undefined || basis === undefined) return no('result-not-entered');
  if (state.rivals.length > 0) return no('result-disputed');
  if (state.status === 'final') return no('result-is-final');
  if (state.status === 'repeat') return no('result-repeat-open');
  if (state.status === 'entered-in-error' || state.status === 'cancelled') return no('result-withdrawn');
  const { settings } = basis;
  const entered = current.by === actor.user;
  if (step === 'technical') {
    if (state.status === 'technically-validated') return no('result-validated-already');
    return entered && !settings.enteredMayValidateTechnically ? no('entered-by-same-person') : YES;
  }
  if (state.status !== 'technically-validated') return no('result-not-technically-validated');
  if (state.technical?.by === actor.user) return no('validated-by-same-person');
  return entered && !settings.enteredMayValidateMedically ? no('entered-by-same-person') : YES;
}

function when(step: Step, actor: Actor, { specimen, lines, named }: Facts): May {
  if (specimen.state.hold === 'identity-disputed') return no('specimen-identity-disputed');
  if (specimen.state.status === 'rejected') return no('specimen-rejected', { reason: specimen.state.rejected?.reason ?? '' });
  let first: May | undefined;
  for (const line of lines) {
    const may = mayValidate(step, actor, line.document, line.basis);
    if (!may.ok && named) return withTest(may, line.test);
    if (may.ok && !named) return YES;
    first ??= may.ok ? may : withTest(may, line.test);
  }
  return first ?? YES;
}

function withTest(may: May, test: string): May {
  return may.ok ? may : { ok: false, rejection: { ...may.rejection, facts: { ...may.rejection.facts, test } } };
}

function decide(step: Step, { lines }: Facts, env: DecideEnvironment): Decision<Result> {
  const events: NewEvent[] = [];
  const validated: Result['validated'] = [];
  const left: Result['left'] = [];
  for (const { test, document, basis } of lines) {
    const may = mayValidate(step, env.actor, document, basis);
    const current = document?.state.current;
    if (!may.ok || document === undefined || basis === undefined || current === undefined) {
      left.push({ test, code: may.ok ? 'result-not-entered' : may.rejection.code });
      continue;
    }
    // The tube may have got its patient, or the patient an age, since the value was entered.
    const judged = judge(basis, { value: current.value, unit: current.unit, typed: undefined }, document.stream, env.now);
    const changed = sameData(judged, current.evaluation) ? undefined : judged;
    const type = step === 'technical' ? 'ResultValidatedTechnically' : 'ResultValidatedMedically';
    events.push(resultEvent(document.stream, type, { value: current.ref, evaluation: changed, patient: basis.patient }));
    validated.push({ test, result: document.stream, flag: judged.flag, critical: judged.critical });
  }
  return events.length === 0
    ? reject(left[0]?.code ?? 'result-not-entered', { test: left[0]?.test ?? '' })
    : done({ validated, left }, events);
}

export const validateTechnically = buildCommand<Input, Facts, Result>({
  name: 'validateTechnically',
  title: { en: 'Validate technically', hi: 'तकनीकी सत्यापन' },
  input,
  result,
  writes: ['ResultValidatedTechnically'],
  load,
  when: (actor, facts) => when('technical', actor, facts),
  decide: (_given, facts, env) => decide('technical', facts, env),
});

export const validateMedically = buildCommand<Input, Facts, Result>({
  name: 'validateMedically',
  title: { en: 'Validate medically', hi: 'चिकित्सकीय सत्यापन' },
  input,
  result,
  writes: ['ResultValidatedMedically'],
  load,
  when: (actor, facts) => when('medical', actor, facts),
  decide: (_given, facts, env) => decide('medical', facts, env),
});
