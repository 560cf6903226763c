// Labels a planned tube, takes it, or says why it was not taken.
import { z } from 'zod';
import { no, YES } from '#kernel/shared/actor.ts';
import { buildCommand, done } from '#kernel/shared/build-command.ts';
import { reject } from '#kernel/shared/command.ts';
import { note, text, typedNumber } from '#kernel/shared/fields.ts';
import { HOUR_MS, instant, instantSchema } from '#kernel/shared/time.ts';
import { findSpecimen, type SpecimenDocument } from './find-specimen.ts';
import { specimenEvent } from './specimen.ts';

/** A collected time further ahead of this desk's clock than this is a typing error: clocks of PCs differ by minutes, not hours. */
export const MAX_AHEAD_MS = HOUR_MS;

const input = z.strictObject({
  accession: typedNumber,
  /** When the blood was drawn, where that is not now. Printing a label is not drawing. */
  collectedAt: instantSchema.optional(),
  site: text(80).optional(),
  identifiersChecked: z.boolean().optional(),
});
const result = z.object({ accession: z.string(), specimen: z.string(), tests: z.array(z.string()), collectedAt: z.number() });

export const collectSpecimen = buildCommand<z.infer<typeof input>, SpecimenDocument, z.infer<typeof result>>({
  name: 'collectSpecimen',
  title: { en: 'Specimen collected', hi: 'नमूना लिया गया' },
  input,
  result,
  writes: ['SpecimenCollected'],
  load: (given, read) => findSpecimen(read, given.accession),
  when(_actor, { state }) {
    if (state.status === 'cancelled') return no('specimen-cancelled');
    if (state.status === 'lost' || state.status === 'rejected') return no('specimen-ended', { status: state.status });
    return state.collected === undefined ? YES : no('specimen-collected-already');
  },
  decide(given, specimen, env) {
    const collectedAt = given.collectedAt === undefined ? env.now : instant(given.collectedAt);
    if (collectedAt > env.now + MAX_AHEAD_MS) return reject('time-in-future', {}, 'collectedAt');
    const { site, identifiersChecked } = given;
    return done({ accession: specimen.state.accession ?? '', specimen: specimen.stream, tests: [...specimen.state.tests], collectedAt }, [
      specimenEvent(specimen.stream, 'SpecimenCollected', { collectedAt, site, identifiersChecked }),
    ]);
  },
});

const labelInput = z.strictObject({ accession: typedNumber, reason: note.optional() });
const labelResult = z.object({ accession: z.string(), copy: z.number().int() });

export const labelSpecimen = buildCommand<z.infer<typeof labelInput>, SpecimenDocument, z.infer<typeof labelResult>>({
  name: 'labelSpecimen',
  title: { en: 'Print tube label', hi: 'ट्यूब का लेबल छापें' },
  input: labelInput,
  result: labelResult,
  writes: ['SpecimenLabelled'],
  load: (given, read) => findSpecimen(read, given.accession),
  when: (_actor, { state }) => (state.status === 'cancelled' ? no('specimen-cancelled') : YES),
  decide(given, specimen) {
    const copy = specimen.state.labels + 1;
    // A second label for one tube is how mix-ups begin, so it says why.
    if (copy > 1 && given.reason === undefined) return reject('reprint-reason-needed', { copy }, 'reason');
    return done({ accession: specimen.state.accession ?? '', copy }, [
      specimenEvent(specimen.stream, 'SpecimenLabelled', { copy, reason: given.reason }),
    ]);
  },
});

const notInput = z.strictObject({ accession: typedNumber, reason: note });
const notResult = z.object({ accession: z.string() });

export const notCollected = buildCommand<z.infer<typeof notInput>, SpecimenDocument, z.infer<typeof notResult>>({
  name: 'notCollected',
  title: { en: 'Not collected', hi: 'नमूना नहीं लिया गया' },
  input: notInput,
  result: notResult,
  writes: ['SpecimenNotCollected'],
  load: (given, read) => findSpecimen(read, given.accession),
  when(_actor, { state }) {
    if (state.status === 'cancelled') return no('specimen-cancelled');
    return state.collected === undefined && state.receipts.length === 0 ? YES : no('specimen-collected-already');
  },
  decide: (given, specimen) =>
    done({ accession: specimen.state.accession ?? '' }, [specimenEvent(specimen.stream, 'SpecimenNotCollected', { reason: given.reason })]),
});
