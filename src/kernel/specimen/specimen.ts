// A specimen: one tube. Its stream follows from its accession number, so that a tube received where nobody knew it meets its order later.
import { z } from 'zod';
import { ageAsTold, type AgeAsTold } from '#kernel/shared/age.ts';
import { catalogueCode, note, personName, sex, streamId, text, urgency, type Sex, type Urgency } from '#kernel/shared/fields.ts';
import type { EventRef, StreamId } from '#kernel/shared/ids.ts';
import { eventMaker } from '#kernel/shared/stream.ts';
import { instantSchema, type Instant } from '#kernel/shared/time.ts';

/** Seeded from facts/lab.md 1.5; the sentence for each is in `reasons.ts`. */
export const rejectionReason = z.enum([
  'unlabelled',
  'mislabelled',
  'mismatch-slip-tube',
  'wrong-tube',
  'clotted',
  'haemolysed',
  'quantity-not-sufficient',
  'leaking',
  'too-old',
  'wrong-temperature',
  'no-order',
]);
export type RejectionReason = z.infer<typeof rejectionReason>;

/** How somebody made sure to whom a tube belongs. */
export const linkedBy = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('twins'), twin: z.string().max(20) }),
  z.object({ kind: z.literal('second-person'), confirmer: streamId }),
]);
export type LinkedBy = z.infer<typeof linkedBy>;

const accession = z.string().max(20);
const tests = z.array(catalogueCode).max(60);

export const specimenEvents = {
  SpecimenPlanned: z.object({
    accession,
    patient: streamId,
    order: streamId,
    visit: streamId.optional(),
    tests,
    container: catalogueCode,
    urgency,
    /** The rejected tube that this one is taken again for. */
    replaces: streamId.optional(),
  }),
  SpecimenLabelled: z.object({ copy: z.number().int().min(1), reason: note.optional() }),
  /** A sheet that travels with a rack is counted on its first tube. */
  SpecimenPaperPrinted: z.object({ what: z.enum(['rack-sheet']), copy: z.number().int().min(1), reason: note.optional() }),
  SpecimenCollected: z.object({ collectedAt: instantSchema, site: text(80).optional(), identifiersChecked: z.boolean().optional() }),
  /** Taken from somebody whose record is not known here; the number and the name as told are its two identifiers. */
  UnidentifiedCollected: z.object({
    accession,
    temporary: z.string().max(20),
    name: personName,
    nameIsTemporary: z.boolean(),
    age: ageAsTold.optional(),
    sex,
    tests,
    container: catalogueCode,
    department: catalogueCode.optional(),
    collectedAt: instantSchema,
    urgency,
  }),
  SpecimenLinked: z.object({ patient: streamId, order: streamId.optional(), by: linkedBy, reason: note.optional() }),
  TestsAdded: z.object({ tests }),
  SpecimenTestCancelled: z.object({ test: catalogueCode, reason: note }),
  SpecimenNotCollected: z.object({ reason: note }),
  SpecimenCancelled: z.object({ reason: note }),
  SpecimenDispatched: z.object({ batch: text(64).optional() }),
  SpecimenReceived: z.object({
    accession,
    condition: text(120).optional(),
    /** The receiver knew no order for it. Tests and names are then as read from the tube. */
    orphan: z
      .object({ name: personName.optional(), age: ageAsTold.optional(), sex: sex.optional(), tests, container: catalogueCode.optional() })
      .optional(),
  }),
  SpecimenHeld: z.object({ reason: note }),
  /** A person looked at a tube on hold and says that it may be used. */
  HoldResolved: z.object({ reason: note }),
  SpecimenRejected: z.object({ reason: rejectionReason, note: note.optional() }),
  SpecimenLost: z.object({ reason: note.optional() }),
  /** This tube was rejected, and another is to be taken instead. */
  SpecimenRecollected: z.object({ by: streamId, accession }),
};
export const specimenEvent = eventMaker(specimenEvents);

/** Somebody's plan or collection under this number; two of them are two tubes with one number. */
export interface Claim {
  readonly ref: EventRef;
  readonly patient: StreamId | undefined;
  readonly order: StreamId | undefined;
  readonly visit: StreamId | undefined;
  readonly temporary: string | undefined;
  readonly tests: readonly string[];
  readonly container: string | undefined;
}

export interface Told {
  readonly name: string | undefined;
  readonly nameIsTemporary: boolean;
  readonly age: AgeAsTold | undefined;
  readonly sex: Sex;
}

export interface Stamp {
  readonly ref: EventRef;
  readonly at: Instant;
  readonly by: StreamId | undefined;
  readonly device: StreamId;
}

export type SpecimenStatus =
  | 'none'
  | 'planned'
  | 'labelled'
  | 'not-collected'
  | 'collected'
  | 'in-transit'
  | 'accepted'
  | 'on-hold'
  | 'rejected'
  | 'cancelled'
  | 'lost';

export type HoldReason = 'awaiting-order' | 'cancelled-before' | 'identity-disputed' | 'held';

export interface SpecimenState {
  /** Follows from the facts below; physical facts beat clerical ones. */
  readonly status: SpecimenStatus;
  readonly hold: HoldReason | undefined;
  readonly accession: string | undefined;
  readonly claims: readonly Claim[];
  /** Undefined while nobody knows, or when two claims disagree. */
  readonly patient: StreamId | undefined;
  readonly order: StreamId | undefined;
  readonly visit: StreamId | undefined;
  readonly temporary: string | undefined;
  readonly told: Told | undefined;
  readonly container: string | undefined;
  readonly department: string | undefined;
  readonly urgency: Urgency;
  /** Codes of the tests wanted on this tube, cancelled ones left out. */
  readonly tests: readonly string[];
  readonly cancelledTests: readonly string[];
  readonly identity: 'none' | 'planned' | 'temporary' | 'linked' | 'disputed';
  readonly link: (Stamp & { readonly patient: StreamId; readonly order: StreamId | undefined; readonly by2: LinkedBy }) | undefined;
  /** Labels printed, first one included. */
  readonly labels: number;
  /** Rack sheets printed that begin with this tube. Absent also where the tube was folded before they were counted. */
  readonly sheets: number | undefined;
  readonly collected:
    | (Stamp & { readonly collectedAt: Instant; readonly site: string | undefined; readonly identifiersChecked: boolean | undefined })
    | undefined;
  readonly notCollected: (Stamp & { readonly reason: string }) | undefined;
  readonly dispatched: Stamp | undefined;
  readonly receipts: readonly (Stamp & { readonly condition: string | undefined; readonly orphan: boolean })[];
  readonly held: (Stamp & { readonly reason: string }) | undefined;
  readonly resolved: (Stamp & { readonly reason: string }) | undefined;
  readonly rejected: (Stamp & { readonly reason: RejectionReason; readonly note: string | undefined }) | undefined;
  readonly cancelled: (Stamp & { readonly reason: string }) | undefined;
  readonly lost: Stamp | undefined;
  readonly replaces: StreamId | undefined;
  readonly replacedBy: { readonly ref: EventRef; readonly stream: StreamId; readonly accession: string } | undefined;
}
