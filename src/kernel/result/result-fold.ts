// How the facts about one result make its state. Two values entered apart are both kept, and none is called validated until a person chose.
import type { FoldContext } from '#kernel/shared/document.ts';
import type { FoldEvent } from '#kernel/shared/event.ts';
import type { EventRef } from '#kernel/shared/ids.ts';
import { sameData } from '#kernel/shared/same.ts';
import { defineStream, type Handlers } from '#kernel/shared/stream.ts';
import { instant } from '#kernel/shared/time.ts';
import { resultEvents, type Evaluation, type ResultState, type ResultValue, type Validation } from './result.ts';

const INITIAL: ResultState = {
  status: 'none',
  specimen: undefined,
  accession: undefined,
  test: undefined,
  patient: undefined,
  values: [],
  current: undefined,
  corrected: false,
  rivals: [],
  technical: undefined,
  medical: undefined,
  repeatAsked: undefined,
  repeats: 0,
  cancelled: undefined,
  inError: undefined,
  call: { status: 'none', value: undefined, openedAt: undefined, attempts: [], closed: undefined },
};

interface Measured {
  readonly value: number | string;
  readonly unit?: string | undefined;
  readonly typed?: { readonly value: number | string; readonly unit?: string | undefined } | undefined;
  readonly comment?: string | undefined;
  readonly evaluation: Evaluation;
}

function valueOf(data: Measured, event: FoldEvent, kind: ResultValue['kind'], reason?: string): ResultValue {
  const { value, unit, typed, comment, evaluation } = data;
  return { ref: event.ref, value, unit, typed, comment, evaluation, at: event.occurredAt, by: event.user, kind, reason };
}

function sameValue(a: ResultValue, b: ResultValue): boolean {
  return sameData(a.value, b.value) && a.unit === b.unit;
}

/** A critical value opens a call; a later critical value that is another one opens it again. */
function withCall(state: ResultState, value: ResultValue, event: FoldEvent): ResultState {
  if (!value.evaluation.critical) return state;
  const { call } = state;
  if (call.value !== undefined && state.values.some((earlier) => earlier.ref === call.value && sameValue(earlier, value))) return state;
  return { ...state, call: { ...call, status: 'open', value: value.ref, openedAt: event.occurredAt, closed: undefined } };
}

function derive(state: ResultState): ResultState {
  return { ...state, status: statusOf(state) };
}

function statusOf(state: ResultState): ResultState['status'] {
  const { current } = state;
  if (state.inError !== undefined) return 'entered-in-error';
  if (current === undefined) return state.cancelled !== undefined ? 'cancelled' : state.repeatAsked !== undefined ? 'repeat' : 'none';
  if (state.repeatAsked !== undefined) return 'repeat';
  // Rivals are never validated: nobody has said yet which value is the patient's.
  if (state.rivals.length > 0) return 'resulted';
  // Amending is done by whoever may validate medically, on a result that was final: it is final again at once.
  if (state.medical?.value === current.ref || current.kind === 'amended') return 'final';
  return state.technical?.value === current.ref ? 'technically-validated' : 'resulted';
}

/** A value given without knowing an earlier one that still stands. */
function meetValues(state: ResultState, value: ResultValue, event: FoldEvent, context: FoldContext): ResultState {
  let { rivals } = state;
  for (const earlier of state.values) {
    if (context.knows(earlier.ref) || sameValue(earlier, value)) continue;
    const twice = earlier.kind === 'amended' && value.kind === 'amended';
    context.issue(twice ? 'result-amended-twice' : 'result-entered-twice', [earlier.ref, event.ref]);
    rivals = [...new Set([...rivals, earlier.ref, value.ref])];
  }
  for (const validation of [state.technical, state.medical]) {
    const validated = validation === undefined ? undefined : state.values.find((one) => one.ref === validation.value);
    if (validation !== undefined && validated !== undefined && !context.knows(validation.ref) && !sameValue(validated, value)) {
      context.issue('result-validated-and-reentered', [validation.ref, event.ref]);
    }
  }
  return { ...state, rivals };
}

/** The value that stands after a new one: the newest that knew the old; the first in causal order among rivals. */
function addValue(state: ResultState, value: ResultValue, event: FoldEvent, context: FoldContext): ResultState {
  const met = meetValues(state, value, event, context);
  const knewAll = state.values.every((earlier) => context.knows(earlier.ref));
  const takesOver = state.current === undefined || knewAll;
  const wasFinal = state.status === 'final';
  const duplicate = !knewAll && state.values.some((earlier) => sameValue(earlier, value));
  const next: ResultState = {
    ...met,
    values: [...state.values, value],
    current: takesOver ? value : state.current,
    // Whoever knew every rival and gives a value has chosen.
    rivals: knewAll ? [] : met.rivals,
    corrected: state.corrected || (takesOver && wasFinal && !duplicate),
    repeatAsked: state.repeatAsked !== undefined && context.knows(state.repeatAsked.ref) ? undefined : state.repeatAsked,
  };
  return derive(withCall(next, value, event));
}

function validate(
  state: ResultState,
  step: 'technical' | 'medical',
  data: { readonly value: EventRef; readonly evaluation?: Evaluation | undefined },
  event: FoldEvent,
  context: FoldContext,
): ResultState {
  const validated = state.values.find((one) => one.ref === data.value);
  for (const other of state.values) {
    if (!context.knows(other.ref) && (validated === undefined || !sameValue(other, validated))) {
      context.issue('result-validated-and-reentered', [other.ref, event.ref]);
    }
  }
  const earlier = state[step];
  if (earlier !== undefined && !context.knows(earlier.ref) && earlier.value !== data.value) {
    context.issue('result-validated-twice', [earlier.ref, event.ref]);
  }
  if (state.cancelled !== undefined && !context.knows(state.cancelled.ref))
    context.issue('test-cancelled-and-resulted', [state.cancelled.ref, event.ref]);
  const validation: Validation = { ref: event.ref, value: data.value, at: event.occurredAt, by: event.user };
  const { evaluation } = data;
  const judged = evaluation === undefined ? state : withEvaluation(state, data.value, evaluation, event);
  return derive({ ...judged, [step]: validation });
}

/** Validation judges again (the tube may have a patient by now); the new judgement takes the old one's place. */
function withEvaluation(state: ResultState, ref: EventRef, evaluation: Evaluation, event: FoldEvent): ResultState {
  const values = state.values.map((one) => (one.ref === ref ? { ...one, evaluation } : one));
  const changed = values.find((one) => one.ref === ref);
  const next = { ...state, values, current: state.current?.ref === ref ? changed : state.current };
  return changed === undefined ? next : withCall(next, changed, event);
}

function cancelledMeetsValue(state: ResultState, event: FoldEvent, context: FoldContext): void {
  if (state.cancelled !== undefined && !context.knows(state.cancelled.ref))
    context.issue('test-cancelled-and-resulted', [state.cancelled.ref, event.ref]);
}

const on: Handlers<ResultState, typeof resultEvents> = {
  ResultEntered: (state, data, event, context) => {
    cancelledMeetsValue(state, event, context);
    const known = { ...state, specimen: data.specimen, accession: data.accession, test: data.test, patient: data.patient ?? state.patient };
    return addValue(known, valueOf(data, event, 'entered'), event, context);
  },
  ResultAmended: (state, data, event, context) => {
    cancelledMeetsValue(state, event, context);
    return addValue({ ...state, patient: data.patient ?? state.patient }, valueOf(data, event, 'amended', data.reason), event, context);
  },
  ResultRepeatAsked: (state, data, event, context) => {
    if (state.medical !== undefined && !context.knows(state.medical.ref))
      context.issue('repeat-asked-and-validated', [state.medical.ref, event.ref]);
    return derive({ ...state, repeats: state.repeats + 1, repeatAsked: { ref: event.ref, at: event.occurredAt, reason: data.reason } });
  },
  ResultValidatedTechnically: (state, data, event, context) =>
    validate({ ...state, patient: data.patient ?? state.patient }, 'technical', data, event, context),
  ResultValidatedMedically: (state, data, event, context) => {
    if (state.repeatAsked !== undefined && !context.knows(state.repeatAsked.ref))
      context.issue('repeat-asked-and-validated', [state.repeatAsked.ref, event.ref]);
    return validate({ ...state, patient: data.patient ?? state.patient }, 'medical', data, event, context);
  },
  ResultValueChosen: (state, data) => {
    const chosen = state.values.find((value) => value.ref === data.value);
    return chosen === undefined ? state : derive({ ...state, current: chosen, rivals: [] });
  },
  ResultCancelled: (state, data, event, context) => {
    for (const value of state.values) if (!context.knows(value.ref)) context.issue('test-cancelled-and-resulted', [value.ref, event.ref]);
    return derive({
      ...state,
      specimen: state.specimen ?? data.specimen,
      accession: state.accession ?? data.accession,
      test: state.test ?? data.test,
      patient: state.patient ?? data.patient,
      cancelled: state.cancelled ?? { ref: event.ref, reason: data.reason },
    });
  },
  ResultEnteredInError: (state, data, event) => derive({ ...state, inError: { ref: event.ref, reason: data.reason } }),
  CriticalCallRecorded: (state, data, event) => {
    const { attempt, toldName, toldRole, readBack, escalatedTo } = data;
    const made = {
      ref: event.ref,
      attempt,
      toldName,
      toldRole,
      at: instant(data.at),
      readBack,
      escalatedTo,
      note: data.note,
      by: event.user,
    };
    return { ...state, call: { ...state.call, attempts: [...state.call.attempts, made] } };
  },
  CriticalCallClosed: (state, _data, event) => ({
    ...state,
    call: { ...state.call, status: 'closed', closed: state.call.closed ?? { ref: event.ref, at: event.occurredAt, by: event.user } },
  }),
};

export const resultStream = defineStream<ResultState, typeof resultEvents>({
  type: 'result',
  trust: false,
  events: resultEvents,
  initial: INITIAL,
  on,
  numbers: () => [],
  // `test:CODE` finds the earlier results of one test of a patient, and the one result of a test on a specimen, without reading the others.
  links: (state) => [
    ...(state.specimen === undefined ? [] : [{ rel: 'specimen', to: state.specimen }]),
    ...(state.specimen === undefined || state.test === undefined ? [] : [{ rel: `test:${state.test}`, to: state.specimen }]),
    ...(state.patient === undefined ? [] : [{ rel: 'patient', to: state.patient }]),
    ...(state.patient === undefined || state.test === undefined ? [] : [{ rel: `test:${state.test}`, to: state.patient }]),
  ],
  unit: (state, self) => state.patient ?? state.specimen ?? self,
});
