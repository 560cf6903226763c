// Shapes of what is printed: the facts only; layout, QR and words belong to src/print.
import { z } from 'zod';
import { actShape, instantShape, list, numberInput, personShape, streamId } from './common.ts';
import { allergiesShape, alertShape, orderRowShape } from './patients.ts';
import { reportResult } from './laboratory.ts';

export const slipContentInput = z.object({ patient: streamId });
export const labelContentInput = z.object({ accession: numberInput });
/** At most 200 tubes a sheet: a rack holds 50 to 100. */
export const rackSheetContentInput = z.object({ accessions: z.array(numberInput).min(1).max(200).readonly() });
export const reportContentInput = z.object({ report: streamId });

/** The slip carries the patient, allergies and alerts when recorded, and the orders (issue 2, section 6). */
export const slipContentResult = z.object({
  patient: personShape,
  allergies: allergiesShape,
  alerts: list(alertShape),
  /** Orders that are not finished, newest first. */
  orders: list(orderRowShape),
  /** Streams whose commits the QR carries: patient, open visit, open orders, in that order. */
  streams: list(streamId),
  asOf: instantShape,
});

export const labelContentResult = z.object({
  accession: z.string(),
  specimen: streamId,
  /** The two identifiers of the tube: number, and name with age and sex, as known or as told at the collection. */
  name: z.string(),
  nameHi: z.string().nullable(),
  age: personShape.unwrap().shape.age,
  sex: personShape.unwrap().shape.sex,
  uhid: z.string().nullable(),
  temporaryNumber: z.string().nullable(),
  container: z.string().nullable(),
  containerName: z.string().nullable(),
  containerNameHi: z.string().nullable(),
  tests: list(z.string()),
  urgency: z.string().nullable(),
  department: z.string().nullable(),
  collectedAt: instantShape.nullable(),
  collector: actShape.nullable(),
});
export type LabelContent = z.infer<typeof labelContentResult>;

export const rackSheetContentResult = z.object({
  specimens: list(labelContentResult.readonly()),
  /** Streams whose commits the QRs carry, each once. */
  streams: list(streamId),
  /** Numbers asked for that this desk has no tube for. */
  notFound: list(z.string()),
  asOf: instantShape,
});

export const reportContentResult = reportResult.extend({
  orderNumber: z.string().nullable(),
  department: z.string().nullable(),
  departmentName: z.string().nullable(),
  departmentNameHi: z.string().nullable(),
  orderedBy: actShape.nullable(),
  specimens: list(z.object({ accession: z.string(), container: z.string().nullable(), collectedAt: instantShape.nullable(), receivedAt: instantShape.nullable(), identity: z.string() }).readonly()),
  /** Streams whose commits the QR carries. */
  streams: list(streamId),
  asOf: instantShape,
});
