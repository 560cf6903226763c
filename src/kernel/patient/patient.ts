// A patient: who it is as told, the numbers that name the person, allergies and alerts, and to whom the record is linked.
import { z } from 'zod';
import { ageAsTold, type AgeAsTold } from '#kernel/shared/age.ts';
import { address, alias, eventRefField, note, personName, phone, relation, sex, streamId, text, type Sex } from '#kernel/shared/fields.ts';
import type { EventRef, StreamId } from '#kernel/shared/ids.ts';
import { eventMaker } from '#kernel/shared/stream.ts';
import type { Instant } from '#kernel/shared/time.ts';
import { allergyData, alertData } from './clinical.ts';
import type { SlipCopies } from './slip-copies.ts';

export const unknownPerson = z.object({
  description: note.optional(),
  /** Identification marks, two where there are two. */
  marks: z.array(text(120)).max(4).optional(),
  broughtBy: text(120).optional(),
});

/** What a correction may change. */
export const demographics = z.object({
  name: personName,
  nameHi: personName,
  sex,
  age: ageAsTold,
  relation,
  phone,
  address,
  category: text(40),
});
export type Demographics = { readonly [K in keyof z.infer<typeof demographics>]?: z.infer<typeof demographics>[K] | undefined };
export type DemographicField = keyof z.infer<typeof demographics>;

export const considered = z.object({ patient: streamId, outcome: z.enum(['different', 'ask']) });

export const patientEvents = {
  PatientRegistered: demographics.partial().extend({
    uhid: z.string().max(20),
    aliases: z.array(alias).max(20).optional(),
    unknown: unknownPerson.optional(),
    /** Possible duplicates that the clerk saw, and what the clerk said. */
    considered: z.array(considered).max(20).optional(),
  }),
  /** A card whose record is not held here, accepted as told. */
  CardAccepted: demographics.partial().extend({ uhid: z.string().max(20), legacy: z.boolean() }),
  PatientCorrected: z.object({ changes: demographics.partial(), reason: note.optional() }),
  AliasAdded: alias,
  /** An unknown person has a name now. */
  PatientIdentified: demographics.partial().extend({ by: text(120), proof: text(120).optional() }),
  PatientLinked: z.object({ into: streamId, reason: note }),
  /** Names the links that it undoes; a link made elsewhere at the same time stands. */
  PatientUnlinked: z.object({ links: z.array(eventRefField).max(50), reason: note }),
  AllergyRecorded: allergyData,
  AllergyWithdrawn: z.object({ allergies: z.array(eventRefField).max(50), reason: note }),
  AlertRecorded: alertData,
  AlertWithdrawn: z.object({ alerts: z.array(eventRefField).max(50), reason: note }),
  PatientPaperPrinted: z.object({
    what: z.enum(['slip', 'label', 'report', 'rack-sheet']),
    copy: z.number().int().min(1),
    reason: note.optional(),
    /** The attendance that a slip is of. Events before 2026-11-23 do not name it. */
    visit: streamId.optional(),
  }),
};
export const patientEvent = eventMaker(patientEvents);

export type Allergy = z.infer<typeof allergyData> & { readonly ref: EventRef; readonly at: Instant };
export type Alert = z.infer<typeof alertData> & { readonly ref: EventRef; readonly at: Instant };

export interface PatientState {
  /** `none` before anything that names the person came. `elsewhere`: only a card as told. */
  readonly status: 'none' | 'registered' | 'unknown' | 'elsewhere';
  readonly uhid: string | undefined;
  /** The card number is not one of ours: it is kept as told. */
  readonly legacy: boolean;
  readonly name: string | undefined;
  readonly nameHi: string | undefined;
  readonly sex: Sex;
  readonly age: AgeAsTold | undefined;
  readonly relation: z.infer<typeof relation> | undefined;
  readonly phone: string | undefined;
  readonly address: z.infer<typeof address> | undefined;
  readonly category: string | undefined;
  readonly aliases: readonly z.infer<typeof alias>[];
  readonly unknown: z.infer<typeof unknownPerson> | undefined;
  readonly considered: readonly z.infer<typeof considered>[];
  readonly linkedInto: StreamId | undefined;
  readonly linkRefs: readonly { readonly ref: EventRef; readonly into: StreamId }[];
  readonly unlinked: readonly EventRef[];
  readonly allergyStatus: 'not-asked' | 'none-known' | 'known';
  readonly allergies: readonly Allergy[];
  readonly alerts: readonly Alert[];
  readonly withdrawn: readonly EventRef[];
  /** Which event gave each field, so that two corrections that did not know each other are seen. */
  readonly fieldRefs: Readonly<Partial<Record<DemographicField, EventRef>>>;
  readonly origin: EventRef | undefined;
  readonly registeredAt: Instant | undefined;
  /** Prints of everything. */
  readonly copies: number;
  /** Prints by visit. Absent also where the patient was folded before they were counted so: slip-copies.ts tells the number. */
  readonly slips: readonly SlipCopies[] | undefined;
}
