// Shapes of what is printed, as src/print takes it: texts, numbers and dates as they are to be read. Language, QR texts, the
// time and the person printing are added by whoever prints.
import { z } from 'zod';
import { flag } from '#kernel/result/result.ts';
import { list, numberInput, streamId } from './common.ts';

export const slipContentInput = z.object({ patient: streamId });
export const labelContentInput = z.object({ accession: numberInput });
/** At most 200 tubes a sheet: a rack holds 50 to 100. */
export const rackSheetContentInput = z.object({ accessions: z.array(numberInput).min(1).max(200).readonly() });
export const reportContentInput = z.object({
  report: streamId,
  /** The version in force when absent. */ version: z.number().int().min(1).optional(),
});

const text = z.string();
const maybe = <T extends z.ZodType>(schema: T) => z.exactOptional(schema);
export const bothShape = z.object({ en: text, hi: text }).readonly();

export const patientContentShape = z
  .object({
    name: z.object({ latin: maybe(text), devanagari: maybe(text) }).readonly(),
    number: z.object({ kind: z.enum(['uhid', 'temporary', 'external']), digits: text }).readonly(),
    age: bothShape,
    sex: bothShape,
    relation: maybe(bothShape),
    phone: maybe(text),
  })
  .readonly();
export type PatientContentShape = z.infer<typeof patientContentShape>;

export const hospitalContentShape = z.object({ name: bothShape, place: maybe(bothShape), phone: maybe(text) }).readonly();
export const testContentShape = z.object({ code: text, name: bothShape, sensitive: z.boolean() }).readonly();
export const tubeContentShape = z
  .object({ accession: text, container: bothShape, tests: list(testContentShape), collectedAt: maybe(text) })
  .readonly();
export const visitContentShape = z
  .object({ number: text, department: bothShape, room: maybe(bothShape), date: text, token: maybe(text) })
  .readonly();
const askedListShape = z.discriminatedUnion('status', [
  z.object({ status: z.literal('not-asked') }).readonly(),
  z.object({ status: z.literal('none'), askedOn: text }).readonly(),
  z.object({ status: z.literal('listed'), items: list(bothShape) }).readonly(),
]);
export type AskedListShape = z.infer<typeof askedListShape>;

export const slipContentResult = z.object({
  /** Streams whose commits the QR carries: patient, open visit, open orders, their tubes, in that order. */
  streams: list(streamId),
  content: z
    .object({
      hospital: hospitalContentShape,
      patient: patientContentShape,
      allergies: askedListShape,
      alerts: askedListShape,
      visit: maybe(visitContentShape),
      orders: list(z.object({ number: text, orderedAt: text, urgent: z.boolean(), tests: list(testContentShape) }).readonly()),
      tubes: list(tubeContentShape),
      next: list(bothShape),
      copy: z.number().int(),
    })
    .readonly(),
});

export const labelContentResult = z.object({
  specimen: streamId,
  content: z
    .object({
      accession: text,
      patient: z.object({ name: patientContentShape.unwrap().shape.name, number: patientContentShape.unwrap().shape.number }).readonly(),
      ageSex: text,
      container: text,
      tests: list(testContentShape),
      urgent: z.boolean(),
      collector: maybe(text),
      collectedAt: maybe(text),
      unidentified: z.boolean(),
    })
    .readonly(),
  /** 1 for the first print. */
  copy: z.number().int(),
});

export const rackSheetContentResult = z.object({
  /** Streams whose commits the QRs carry, each once. */
  streams: list(streamId),
  /** Numbers asked for that this desk has no tube for. */
  notFound: list(text),
  /** The first tube of the sheet, on which its prints are counted; null when no tube was found. */
  firstTube: streamId.nullable(),
  content: z
    .object({
      hospital: hospitalContentShape,
      tubes: list(tubeContentShape.unwrap().extend({ patient: patientContentShape, urgent: z.boolean() }).readonly()),
      copy: z.number().int(),
    })
    .readonly(),
});

const validatorShape = z.object({ name: text, role: bothShape, at: text }).readonly();
export const reportContentResult = z.object({
  /** Streams whose commits the QR carries: the report, its results and tubes. */
  streams: list(streamId),
  /** The patient, for the record of who read it; null for a temporary identity. */
  patient: streamId.nullable(),
  content: z
    .object({
      hospital: hospitalContentShape,
      laboratory: bothShape,
      number: text,
      status: z.enum(['preliminary', 'final', 'corrected']),
      patient: patientContentShape,
      visit: maybe(visitContentShape),
      orderedBy: maybe(text),
      specimens: list(
        z
          .object({ accession: text, type: bothShape, collectedAt: maybe(text), receivedAt: maybe(text), condition: maybe(bothShape) })
          .readonly(),
      ),
      sections: list(
        z
          .object({
            title: bothShape,
            accession: text,
            rows: list(
              z
                .object({
                  name: bothShape,
                  value: text,
                  unit: text,
                  range: maybe(text),
                  flag,
                  note: maybe(bothShape),
                  correction: maybe(z.object({ oldValue: text, oldUnit: text, reason: text, by: text, at: text }).readonly()),
                })
                .readonly(),
            ),
          })
          .readonly(),
      ),
      technicalValidator: maybe(validatorShape),
      medicalValidator: maybe(validatorShape),
      reportedAt: text,
      identityLink: maybe(z.object({ confirmedBy: text, at: text }).readonly()),
      comments: list(bothShape),
      copy: z.number().int(),
    })
    .readonly(),
});
