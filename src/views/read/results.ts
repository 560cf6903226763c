// Results as screens and reports show them, from their documents. Nothing is judged here: flags are those of the entry or the validation.
import type { Document } from '#kernel/shared/document.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { Instant } from '#kernel/shared/time.ts';
import type { Evaluation, ResultState, ResultValue, Validation } from '#kernel/result/result.ts';
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import type { ActShape } from '../shapes/common.ts';
import type { EvaluationShape, GivenValue, ResultShape } from '../shapes/laboratory.ts';
import type { ViewReader } from '../view.ts';
import { actOf } from './acts.ts';
import type { Catalogue } from './catalogue.ts';

export function evaluationShapeOf({ flag, critical, criticality, why, reference, delta }: Evaluation): EvaluationShape {
  return {
    flag,
    critical,
    criticality,
    why: why ?? null,
    low: reference?.low ?? null,
    high: reference?.high ?? null,
    criticalLow: reference?.criticalLow ?? null,
    criticalHigh: reference?.criticalHigh ?? null,
    normalTexts: reference?.normalTexts ?? [],
    rangeStatus: reference?.status ?? null,
    delta:
      delta === undefined
        ? null
        : {
            status: delta.status,
            previous: delta.previous ?? null,
            // The schema of the event holds it to a whole number of milliseconds.
            previousAt: (delta.previousAt as Instant | undefined) ?? null,
            percent: delta.percent ?? null,
          },
  };
}

async function given(read: ViewReader, value: ResultValue): Promise<GivenValue> {
  return {
    ref: value.ref,
    value: value.value,
    unit: value.unit ?? null,
    evaluation: evaluationShapeOf(value.evaluation),
    comment: value.comment ?? null,
    kind: value.kind,
    reason: value.reason ?? null,
    act: await sureAct(read, value.at, value.by),
  };
}

export async function sureAct(read: ViewReader, at: Instant, user: StreamId | undefined): Promise<ActShape> {
  return (await actOf(read, { at, user })) as ActShape; // null only for an act that is not there
}

async function validation(read: ViewReader, state: ResultState, one: Validation | undefined): Promise<ActShape | null> {
  // A validation of an earlier value says nothing of the one that stands.
  return one === undefined || one.value !== state.current?.ref ? null : await sureAct(read, one.at, one.by);
}

async function callOf(read: ViewReader, { call }: ResultState): Promise<ResultShape['call']> {
  return {
    status: call.status,
    openedAt: call.openedAt ?? null,
    attempts: await Promise.all(
      call.attempts.map(async (one) => ({
        attempt: one.attempt,
        toldName: one.toldName ?? null,
        toldRole: one.toldRole ?? null,
        at: one.at,
        readBack: one.readBack ?? null,
        escalatedTo: one.escalatedTo ?? null,
        note: one.note ?? null,
        by: await sureAct(read, one.at, one.by),
      })),
    ),
    closed: call.closed === undefined ? null : await sureAct(read, call.closed.at, call.closed.by),
  };
}

/** Undefined for a result whose first event has not arrived: it names no specimen yet. */
export async function resultShapeOf(
  read: ViewReader,
  { stream, state }: Document<ResultState>,
  catalogue: Catalogue,
): Promise<ResultShape | undefined> {
  const { specimen, test, current } = state;
  if (specimen === undefined || test === undefined) return undefined;
  const known = catalogue.test(test);
  const tube = await read.document<SpecimenState>(specimen);
  const rivals = state.values.filter((value) => state.rivals.includes(value.ref));
  return {
    result: stream,
    specimen,
    accession: state.accession ?? tube?.state.accession ?? '',
    test,
    testName: known?.name ?? test,
    testNameHi: known?.nameHi ?? test,
    status: state.status,
    current: current === undefined ? null : await given(read, current),
    corrected: state.corrected,
    earlier: await Promise.all(state.values.filter((value) => value.ref !== current?.ref).map((value) => given(read, value))),
    rivals: await Promise.all(rivals.map((value) => given(read, value))),
    technical: await validation(read, state, state.technical),
    medical: await validation(read, state, state.medical),
    repeatAsked: state.repeatAsked === undefined ? null : { reason: state.repeatAsked.reason, at: state.repeatAsked.at },
    cancelled: state.cancelled?.reason ?? null,
    inError: state.inError?.reason ?? null,
    call: await callOf(read, state),
    collectedAt: tube?.state.collected?.collectedAt ?? null,
  };
}

export async function resultShapes(
  read: ViewReader,
  documents: readonly Document<ResultState>[],
  catalogue: Catalogue,
): Promise<readonly ResultShape[]> {
  const shapes: ResultShape[] = [];
  for (const document of documents) {
    const shape = await resultShapeOf(read, document, catalogue);
    if (shape !== undefined) shapes.push(shape);
  }
  return shapes;
}
