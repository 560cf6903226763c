// A report: the released document with the values as they were released. A corrected version never hides the version before it.
import { z } from 'zod';
import { catalogueCode, eventRefField, note, personName, streamId, text } from '#kernel/shared/fields.ts';
import { commitOf, eventRef, type EventRef, type StreamId } from '#kernel/shared/ids.ts';
import { defineStream, eventMaker } from '#kernel/shared/stream.ts';
import { sameData } from '#kernel/shared/same.ts';
import { instantSchema, type Instant } from '#kernel/shared/time.ts';
import { evaluation } from '#kernel/result/result.ts';

/** One line of the report. `valueRef` names the value that was released, so that a later amendment is seen. */
export const reportLine = z.object({
  result: streamId,
  valueRef: eventRefField,
  accession: z.string().max(20),
  test: catalogueCode,
  name: text(120),
  value: z.union([z.number(), text(200)]),
  unit: text(40).optional(),
  evaluation,
  comment: note.optional(),
  at: instantSchema,
  technicalBy: streamId.optional(),
  medicalBy: streamId.optional(),
  /** The value that was reported before, when this one corrects it. */
  corrects: z
    .object({ value: z.union([z.number(), text(200)]), unit: text(40).optional(), reason: note.optional(), at: instantSchema })
    .optional(),
});
export type ReportLine = z.infer<typeof reportLine>;

const reportBody = {
  lines: z.array(reportLine).min(1).max(100),
  /** Tests that are wanted and not released yet: the report is partial. */
  pending: z.array(z.object({ accession: z.string().max(20), test: catalogueCode })).max(100),
  /** How the tubes got their patient, where it was not by an order. */
  identity: z
    .array(z.object({ accession: z.string().max(20), by: z.enum(['twins', 'second-person', 'temporary']), confirmer: streamId.optional() }))
    .max(60),
};

export const reportEvents = {
  ReportReleased: z.object({
    number: z.string().max(20),
    patient: streamId.optional(),
    order: streamId.optional(),
    specimens: z.array(streamId).max(60),
    /** For a report of somebody who is known by a temporary identity only. */
    temporary: z.object({ number: z.string().max(20), name: personName }).optional(),
    ...reportBody,
  }),
  /** A released value was amended: the same number, a new version. */
  ReportCorrected: z.object({
    reason: note,
    patient: streamId.optional(),
    ...reportBody,
    /** The amended line's value is the event at this index of the same commit: its reference is not known before the commit is made. */
    amended: z.object({ result: streamId, index: z.number().int().min(0).max(500) }),
  }),
  ReportPaperPrinted: z.object({
    what: z.enum(['slip', 'label', 'report', 'rack-sheet']),
    copy: z.number().int().min(1),
    version: z.number().int().min(1).optional(),
    reason: note.optional(),
  }),
};
export const reportEvent = eventMaker(reportEvents);

export interface ReportVersion {
  readonly ref: EventRef;
  readonly version: number;
  readonly status: 'partial' | 'final' | 'corrected';
  readonly at: Instant;
  readonly by: StreamId | undefined;
  readonly reason: string | undefined;
  readonly lines: readonly ReportLine[];
  readonly pending: readonly { readonly accession: string; readonly test: string }[];
  readonly identity: readonly {
    readonly accession: string;
    readonly by: 'twins' | 'second-person' | 'temporary';
    readonly confirmer?: StreamId | undefined;
  }[];
}

export interface ReportState {
  readonly status: 'none' | 'partial' | 'final' | 'corrected';
  readonly number: string | undefined;
  /** Two desks that released apart gave two numbers; both stay readable. */
  readonly numbers: readonly string[];
  readonly patient: StreamId | undefined;
  readonly order: StreamId | undefined;
  readonly specimens: readonly StreamId[];
  readonly temporary: { readonly number: string; readonly name: string } | undefined;
  readonly versions: readonly ReportVersion[];
  readonly copies: number;
}

type Body = { readonly [K in keyof typeof reportBody]: z.output<(typeof reportBody)[K]> };

function addVersion(
  state: ReportState,
  body: Body,
  at: Pick<ReportVersion, 'ref' | 'at' | 'by' | 'reason'>,
  corrected: boolean,
): ReportState {
  const status = corrected || state.status === 'corrected' ? 'corrected' : body.pending.length > 0 ? 'partial' : 'final';
  const version: ReportVersion = {
    ...at,
    version: state.versions.length + 1,
    status,
    lines: body.lines,
    pending: body.pending,
    identity: body.identity,
  };
  return { ...state, status, versions: [...state.versions, version] };
}

/** The values of a version that a reader would act on. */
function released(version: Pick<ReportVersion, 'lines'>): readonly unknown[] {
  const byResult = version.lines.toSorted((a, b) => (a.result < b.result ? -1 : 1));
  return byResult.map((line) => [line.result, line.value, line.unit]);
}

export const reportStream = defineStream<ReportState, typeof reportEvents>({
  type: 'report',
  trust: false,
  events: reportEvents,
  initial: {
    status: 'none',
    number: undefined,
    numbers: [],
    patient: undefined,
    order: undefined,
    specimens: [],
    temporary: undefined,
    versions: [],
    copies: 0,
  },
  on: {
    ReportReleased: (state, data, event, context) => {
      for (const version of state.versions) {
        if (!context.knows(version.ref) && !sameData(released(version), released(data)))
          context.issue('report-released-twice', [version.ref, event.ref]);
      }
      const next = {
        ...state,
        number: state.number ?? data.number,
        numbers: [...new Set([...state.numbers, data.number])],
        patient: data.patient ?? state.patient,
        order: data.order ?? state.order,
        specimens: [...new Set([...state.specimens, ...data.specimens])],
        temporary: data.temporary ?? state.temporary,
      };
      return addVersion(next, data, { ref: event.ref, at: event.occurredAt, by: event.user, reason: undefined }, false);
    },
    ReportCorrected: (state, data, event, context) => {
      for (const version of state.versions) {
        if (!context.knows(version.ref)) context.issue('report-released-and-corrected', [version.ref, event.ref]);
      }
      const { result, index } = data.amended;
      const valueRef = eventRef(commitOf(event.ref), index);
      const lines = data.lines.map((line) => (line.result === result ? { ...line, valueRef } : line));
      return addVersion(
        { ...state, patient: data.patient ?? state.patient },
        { ...data, lines },
        { ref: event.ref, at: event.occurredAt, by: event.user, reason: data.reason },
        true,
      );
    },
    ReportPaperPrinted: (state) => ({ ...state, copies: state.copies + 1 }),
  },
  numbers: (state) => state.numbers,
  links: (state) => [
    ...(state.patient === undefined ? [] : [{ rel: 'patient', to: state.patient }]),
    ...(state.order === undefined ? [] : [{ rel: 'order', to: state.order }]),
    ...state.specimens.map((to) => ({ rel: 'specimen', to })),
  ],
  unit: (state, self) => state.patient ?? state.specimens[0] ?? self,
});
