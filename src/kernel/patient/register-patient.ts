// Registers a patient, with the visit and the first order in the same commit where they are given: one slip holds it.
import { z } from 'zod';
import { buildCommand, done, found, missing } from '#kernel/shared/build-command.ts';
import { reject } from '#kernel/shared/command.ts';
import type { NewEvent } from '#kernel/shared/event.ts';
import { alias, catalogueCode, sex, typedNumber, urgency } from '#kernel/shared/fields.ts';
import { parseNumber } from '#kernel/shared/numbers.ts';
import { readDepartment, type Department } from '#kernel/shared/read-trust.ts';
import { pickTests, plannedSpecimen, planOrder, readLabCatalogue, type LabCatalogue, type PlannedOrder } from '#kernel/order/plan-order.ts';
import { visitEvent } from '#kernel/visit/visit.ts';
import { demographicInput, readAge } from './demographic-input.ts';
import { lookupForm } from './patient-fold.ts';
import { considered, patientEvent, unknownPerson } from './patient.ts';
import { temporaryName } from './temporary-name.ts';

const input = z.strictObject({
  ...demographicInput,
  sex,
  aliases: z.array(alias).max(20).optional(),
  /** Somebody who cannot say who they are: a name is not needed, and a temporary one is given. */
  unknown: unknownPerson.optional(),
  considered: z.array(considered).max(20).optional(),
  visit: z.strictObject({ department: catalogueCode }).optional(),
  tests: z.array(catalogueCode).max(60).optional(),
  urgency: urgency.optional(),
  /** Importer only: a UHID of ours that was issued before, or a number of another system, which becomes an alias. */
  uhid: typedNumber.optional(),
});

const result = z.object({
  patient: z.string(),
  uhid: z.string(),
  name: z.string(),
  visit: z.object({ visit: z.string(), number: z.string() }).optional(),
  order: z.object({ order: z.string(), number: z.string() }).optional(),
  specimens: z.array(plannedSpecimen).optional(),
});

interface Facts {
  readonly catalogue: LabCatalogue | undefined;
  readonly department: Department | undefined;
  /** The given UHID or an alias is on a patient already. */
  readonly taken: number;
}

export const registerPatient = buildCommand<z.infer<typeof input>, Facts, z.infer<typeof result>>({
  name: 'registerPatient',
  title: { en: 'Register patient', hi: 'मरीज़ का पंजीकरण' },
  input,
  result,
  writes: ['PatientRegistered', 'VisitStarted', 'OrderPlaced', 'SpecimenPlanned'],
  async load(given, read) {
    const department = given.visit === undefined ? undefined : await readDepartment(read, given.visit.department);
    if (given.visit !== undefined && department === undefined)
      return missing('department-unknown', { department: given.visit.department }, 'visit.department');
    const numbers = given.uhid === undefined ? [] : [lookupForm(given.uhid)];
    let taken = 0;
    for (const number of numbers) taken += (await read.byNumber(number, 'patient')).length;
    return found({
      department,
      taken,
      catalogue: given.tests === undefined || given.tests.length === 0 ? undefined : await readLabCatalogue(read),
    });
  },
  decide(given, facts, env) {
    if (facts.taken > 0) return reject('uhid-taken', {}, 'uhid');
    if (given.name === undefined && given.nameHi === undefined && given.unknown === undefined) return reject('name-needed', {}, 'name');
    const age = readAge(given, env.now);
    if ('rejection' in age) return { ok: false, rejection: age.rejection };
    const picked = facts.catalogue === undefined ? { tests: [] } : pickTests(facts.catalogue, given.tests ?? []);
    if ('rejection' in picked) return { ok: false, rejection: picked.rejection };

    const own = given.uhid === undefined ? undefined : parseNumber(given.uhid, 'uhid');
    const uhid = own?.ok === true ? own.number : env.mint('uhid');
    if (uhid === undefined) return reject('numbers-used-up', { kind: 'uhid' });
    const legacy =
      own !== undefined && !own.ok && given.uhid !== undefined ? [{ system: 'uhid-legacy', value: lookupForm(given.uhid) }] : [];
    const aliases = [...(given.aliases ?? []), ...legacy];
    const patient = env.newStream('patient', 0);
    const name = given.name ?? (given.nameHi === undefined ? temporaryName(uhid) : undefined);
    const { nameHi, relation, phone, address, category, unknown } = given;
    const events: NewEvent[] = [
      patientEvent(patient, 'PatientRegistered', {
        uhid,
        name,
        nameHi,
        sex: given.sex,
        age: age.age,
        relation,
        phone,
        address,
        category,
        unknown,
        aliases: aliases.length === 0 ? undefined : aliases,
        considered: given.considered,
      }),
    ];
    let visit: { readonly visit: ReturnType<typeof env.newStream>; readonly number: string } | undefined;
    if (facts.department !== undefined) {
      const number = env.mint('visit');
      if (number === undefined) return reject('numbers-used-up', { kind: 'visit' });
      visit = { visit: env.newStream('visit', 0), number };
      events.push(visitEvent(visit.visit, 'VisitStarted', { number, patient, department: facts.department.code }));
    }
    let order: PlannedOrder | undefined;
    if (facts.catalogue !== undefined) {
      order = planOrder(
        env,
        { patient, visit: visit?.visit, urgency: given.urgency ?? 'routine' },
        picked.tests,
        facts.catalogue.containers,
      );
      if (order === undefined) return reject('numbers-used-up', { kind: 'order' });
      events.push(...order.events);
    }
    return done(
      {
        patient,
        uhid,
        name: name ?? nameHi ?? '',
        ...(visit === undefined ? {} : { visit }),
        ...(order === undefined ? {} : { order: { order: order.order, number: order.number }, specimens: [...order.specimens] }),
      },
      events,
    );
  },
});
