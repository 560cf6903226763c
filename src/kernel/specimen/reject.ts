// Rejects a tube with a reason from the list, plans another in its place, or says that it is lost.
import { z } from 'zod';
import { no, YES } from '#kernel/shared/actor.ts';
import { buildCommand, done, found } from '#kernel/shared/build-command.ts';
import { reject } from '#kernel/shared/command.ts';
import { note, typedNumber } from '#kernel/shared/fields.ts';
import { findSpecimen, readResults, type ResultDocument, type SpecimenDocument } from './find-specimen.ts';
import { rejectionReason, specimenEvent } from './specimen.ts';

const input = z.strictObject({ accession: typedNumber, reason: rejectionReason, note: note.optional() });
const result = z.object({ accession: z.string() });

export const rejectSpecimen = buildCommand<
  z.infer<typeof input>,
  { readonly specimen: SpecimenDocument; readonly results: readonly ResultDocument[] },
  z.infer<typeof result>
>({
  name: 'rejectSpecimen',
  title: { en: 'Reject specimen', hi: 'नमूना अस्वीकार करें' },
  input,
  result,
  writes: ['SpecimenRejected'],
  async load(given, read) {
    const specimen = await findSpecimen(read, given.accession);
    return 'missing' in specimen ? specimen : found({ specimen: specimen.found, results: await readResults(read, specimen.found.stream) });
  },
  when(_actor, { specimen: { state }, results }) {
    if (state.status === 'rejected') return no('specimen-rejected', { reason: state.rejected?.reason ?? '' });
    if (state.collected === undefined && state.receipts.length === 0)
      return no('specimen-not-collected', { accession: state.accession ?? '' });
    return results.some((one) => one.state.status === 'final') ? no('specimen-has-final-results') : YES;
  },
  decide: (given, { specimen }) =>
    done({ accession: specimen.state.accession ?? '' }, [
      specimenEvent(specimen.stream, 'SpecimenRejected', { reason: given.reason, note: given.note }),
    ]),
});

const recollectInput = z.strictObject({ accession: typedNumber });
const recollectResult = z.object({ accession: z.string(), container: z.string(), tests: z.array(z.string()), replaces: z.string() });

export const recollectSpecimen = buildCommand<z.infer<typeof recollectInput>, SpecimenDocument, z.infer<typeof recollectResult>>({
  name: 'recollectSpecimen',
  title: { en: 'Take again', hi: 'दोबारा नमूना लें' },
  input: recollectInput,
  result: recollectResult,
  writes: ['SpecimenPlanned', 'SpecimenRecollected'],
  load: (given, read) => findSpecimen(read, given.accession),
  when(_actor, { state }) {
    if (state.replacedBy !== undefined) return no('specimen-recollected-already', { accession: state.replacedBy.accession });
    if (!['rejected', 'lost', 'not-collected'].includes(state.status)) return no('specimen-not-rejected');
    return state.patient === undefined || state.order === undefined ? no('specimen-without-order') : YES;
  },
  decide(_given, { stream, state }, env) {
    const { patient, order, container } = state;
    if (patient === undefined || order === undefined || container === undefined) return reject('specimen-without-order');
    const accession = env.mint('accession');
    if (accession === undefined) return reject('numbers-used-up', { kind: 'accession' });
    const again = env.derivedStream('specimen', accession);
    const tests = [...state.tests];
    return done({ accession, container, tests, replaces: state.accession ?? '' }, [
      specimenEvent(again, 'SpecimenPlanned', {
        accession,
        patient,
        order,
        visit: state.visit,
        tests,
        container,
        urgency: state.urgency,
        replaces: stream,
      }),
      specimenEvent(stream, 'SpecimenRecollected', { by: again, accession }),
    ]);
  },
});

const lostInput = z.strictObject({ accession: typedNumber, reason: note.optional() });

export const markSpecimenLost = buildCommand<z.infer<typeof lostInput>, SpecimenDocument, z.infer<typeof result>>({
  name: 'markSpecimenLost',
  title: { en: 'Specimen is lost', hi: 'नमूना खो गया' },
  input: lostInput,
  result,
  writes: ['SpecimenLost'],
  load: (given, read) => findSpecimen(read, given.accession),
  when: (_actor, { state }) =>
    ['collected', 'in-transit'].includes(state.status) ? YES : no('specimen-not-on-its-way', { status: state.status }),
  decide: (given, specimen) =>
    done({ accession: specimen.state.accession ?? '' }, [specimenEvent(specimen.stream, 'SpecimenLost', { reason: given.reason })]),
});
