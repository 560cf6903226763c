// Sends tubes off and takes them in. Receiving accepts in one step; a tube that nobody here knows is taken in too and waits for its order.
import { z } from 'zod';
import { ageInput, toldAge } from '#kernel/shared/age.ts';
import { no, YES } from '#kernel/shared/actor.ts';
import { buildCommand, done, found } from '#kernel/shared/build-command.ts';
import { reject } from '#kernel/shared/command.ts';
import { catalogueCode, note, personName, sex, text, typedNumber } from '#kernel/shared/fields.ts';
import { dateAt } from '#kernel/shared/time.ts';
import { pickTests, readLabCatalogue, type LabCatalogue } from '#kernel/order/plan-order.ts';
import { findSpecimen, scan, type Scanned, type SpecimenDocument } from './find-specimen.ts';
import { specimenEvent } from './specimen.ts';

const input = z.strictObject({
  accession: typedNumber,
  condition: text(120).optional(),
  /** For a tube that is not known here: what its label says. */
  name: personName.optional(),
  age: ageInput.optional(),
  sex: sex.optional(),
  tests: z.array(catalogueCode).max(60).optional(),
  container: catalogueCode.optional(),
});
const result = z.object({
  accession: z.string(),
  specimen: z.string(),
  status: z.enum(['accepted', 'on-hold']),
  /** Why it is on hold, as `HoldReason`. */
  hold: z.string().optional(),
  tests: z.array(z.string()),
  /** It had been received before, and this is only a second scan. */
  already: z.boolean(),
  receivedAt: z.number(),
});

interface Facts extends Scanned {
  readonly catalogue: LabCatalogue;
}

export const receiveSpecimen = buildCommand<z.infer<typeof input>, Facts, z.infer<typeof result>>({
  name: 'receiveSpecimen',
  title: { en: 'Receive specimen', hi: 'नमूना प्राप्त करें' },
  input,
  result,
  writes: ['SpecimenReceived'],
  async load(given, read) {
    const scanned = await scan(read, given.accession);
    return 'missing' in scanned ? scanned : found({ ...scanned.found, catalogue: await readLabCatalogue(read) });
  },
  when: (_actor, { specimen }) =>
    specimen?.state.status === 'rejected' ? no('specimen-rejected', { reason: specimen.state.rejected?.reason ?? '' }) : YES,
  decide(given, { accession, specimen, catalogue }, env) {
    const stream = specimen?.stream ?? env.derivedStream('specimen', accession);
    const state = specimen?.state;
    const earlier = state?.receipts[0];
    if (specimen !== undefined && state !== undefined && earlier !== undefined) {
      const held = state.status === 'on-hold';
      const answer = { accession, specimen: stream, tests: [...state.tests], already: true, receivedAt: earlier.at };
      return done(held ? { ...answer, status: 'on-hold', hold: state.hold ?? 'held' } : { ...answer, status: 'accepted' }, []);
    }
    if (state === undefined || state.claims.length === 0) return receiveOrphan();
    const hold =
      state.identity === 'disputed'
        ? 'identity-disputed'
        : state.cancelled !== undefined
          ? 'cancelled-before'
          : state.held !== undefined
            ? 'held'
            : undefined;
    const answer = { accession, specimen: stream, tests: [...state.tests], already: false, receivedAt: env.now };
    return done(hold === undefined ? { ...answer, status: 'accepted' } : { ...answer, status: 'on-hold', hold }, [
      specimenEvent(stream, 'SpecimenReceived', { accession, condition: given.condition }),
    ]);

    function receiveOrphan() {
      const picked = pickTests(catalogue, given.tests ?? []);
      if ('rejection' in picked) return { ok: false as const, rejection: picked.rejection };
      if (given.container !== undefined && !catalogue.containers.has(given.container))
        return reject('container-unknown', { container: given.container }, 'container');
      const tests = picked.tests.map((test) => test.code);
      const { name, container } = given;
      const age = given.age === undefined ? undefined : toldAge(given.age, dateAt(env.now));
      return done(
        { accession, specimen: stream, status: 'on-hold' as const, hold: 'awaiting-order', tests, already: false, receivedAt: env.now },
        [
          specimenEvent(stream, 'SpecimenReceived', {
            accession,
            condition: given.condition,
            orphan: { name, age, sex: given.sex, tests, container },
          }),
        ],
      );
    }
  },
});

const holdInput = z.strictObject({ accession: typedNumber, reason: note });
const holdResult = z.object({ accession: z.string() });

export const holdSpecimen = buildCommand<z.infer<typeof holdInput>, SpecimenDocument, z.infer<typeof holdResult>>({
  name: 'holdSpecimen',
  title: { en: 'Hold specimen', hi: 'नमूना रोकें' },
  input: holdInput,
  result: holdResult,
  writes: ['SpecimenHeld'],
  load: (given, read) => findSpecimen(read, given.accession),
  when: (_actor, { state }) => (state.status === 'accepted' ? YES : no('specimen-not-received', { status: state.status })),
  decide: (given, specimen) =>
    done({ accession: specimen.state.accession ?? '' }, [specimenEvent(specimen.stream, 'SpecimenHeld', { reason: given.reason })]),
});

export const resolveHold = buildCommand<z.infer<typeof holdInput>, SpecimenDocument, z.infer<typeof holdResult>>({
  name: 'resolveHold',
  title: { en: 'Use the tube on hold', hi: 'रोकी गई ट्यूब काम में लें' },
  input: holdInput,
  result: holdResult,
  writes: ['HoldResolved'],
  load: (given, read) => findSpecimen(read, given.accession),
  when(_actor, { state }) {
    if (state.hold === 'cancelled-before' || state.hold === 'held') return YES;
    if (state.hold === 'identity-disputed') return no('specimen-identity-disputed');
    return no(state.hold === 'awaiting-order' ? 'specimen-without-identity' : 'specimen-not-on-hold');
  },
  decide: (given, specimen) =>
    done({ accession: specimen.state.accession ?? '' }, [specimenEvent(specimen.stream, 'HoldResolved', { reason: given.reason })]),
});

const dispatchInput = z.strictObject({ accessions: z.array(typedNumber).min(1).max(100) });
const dispatchResult = z.object({ dispatched: z.array(z.string()), already: z.array(z.string()) });

export const dispatchSpecimens = buildCommand<z.infer<typeof dispatchInput>, readonly SpecimenDocument[], z.infer<typeof dispatchResult>>({
  name: 'dispatchSpecimens',
  title: { en: 'Send tubes to the laboratory', hi: 'ट्यूब प्रयोगशाला भेजें' },
  input: dispatchInput,
  result: dispatchResult,
  writes: ['SpecimenDispatched'],
  async load(given, read) {
    const specimens = new Map<string, SpecimenDocument>();
    for (const [index, accession] of given.accessions.entries()) {
      const specimen = await findSpecimen(read, accession);
      if ('missing' in specimen)
        return { missing: { ...specimen.missing, facts: { ...specimen.missing.facts, tube: index + 1 }, field: `accessions.${index}` } };
      specimens.set(specimen.found.stream, specimen.found);
    }
    return found([...specimens.values()]);
  },
  when(_actor, specimens) {
    const untaken = specimens.find(({ state }) => state.collected === undefined && state.receipts.length === 0);
    return untaken === undefined ? YES : no('specimen-not-collected', { accession: untaken.state.accession ?? '' });
  },
  decide(_given, specimens, env) {
    const fresh = specimens.filter(({ state }) => state.dispatched === undefined && state.receipts.length === 0);
    const batch = env.commandId;
    const names = (some: readonly SpecimenDocument[]) => some.flatMap(({ state }) => state.accession ?? []);
    return done(
      { dispatched: names(fresh), already: names(specimens.filter((one) => !fresh.includes(one))) },
      fresh.map((one) => specimenEvent(one.stream, 'SpecimenDispatched', { batch })),
    );
  },
});
