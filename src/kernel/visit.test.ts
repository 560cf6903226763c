// The first visit from registration to an amended report, by the people who may do each step, and by those who may not.
import { describe, expect, test } from 'vitest';
import { CLERK, hospitalWorld, PATHOLOGIST, PHLEBOTOMIST, received, registered, TECHNICIAN, TECHNICIAN_2 } from './hospital-for-tests.ts';
import type { PatientState } from './patient/patient.ts';
import type { ReportState } from './report/report.ts';
import type { ResultState } from './result/result.ts';
import type { StreamId } from './shared/ids.ts';
import { parseNumber } from './shared/numbers.ts';
import { issueCodes, testStream, type World } from './shared/testing.ts';
import type { SpecimenState } from './specimen/specimen.ts';

async function refused(world: World, command: string, input: unknown, as?: Parameters<World['do']>[2]): Promise<string> {
  const outcome = await world.do(command, input, as);
  return outcome.ok ? 'done' : outcome.rejection.code;
}

describe('the visit, unbroken', () => {
  test('register, collect, receive, enter, call, validate, release, amend', async () => {
    const world = hospitalWorld();
    const { accession, specimens, uhid, order } = await registered(world);
    expect(parseNumber(uhid, 'uhid').ok).toBe(true);
    expect(specimens).toEqual([{ accession, container: 'edta', tests: ['PLT', 'HGB'] }]);
    expect(await refused(world, 'enterResult', { accession, test: 'PLT', value: 8, unit: '10*3/uL' }, TECHNICIAN)).toBe(
      'specimen-not-received',
    );
    await world.done('labelSpecimen', { accession }, PHLEBOTOMIST);
    expect(await refused(world, 'labelSpecimen', { accession }, PHLEBOTOMIST)).toBe('reprint-reason-needed');
    await world.done('collectSpecimen', { accession }, PHLEBOTOMIST);
    expect(await refused(world, 'collectSpecimen', { accession }, PHLEBOTOMIST)).toBe('specimen-collected-already');
    await world.done('dispatchSpecimens', { accessions: [accession] }, PHLEBOTOMIST);
    const receipt = await world.done('receiveSpecimen', { accession }, TECHNICIAN);
    expect(receipt).toMatchObject({ status: 'accepted', already: false });
    expect(await world.done('receiveSpecimen', { accession }, TECHNICIAN)).toMatchObject({ already: true });

    expect(await refused(world, 'enterResult', { accession, test: 'NA', value: 140, unit: 'mmol/L' }, TECHNICIAN)).toBe('test-not-on-tube');
    expect(await refused(world, 'enterResult', { accession, test: 'PLT', value: 8 }, TECHNICIAN)).toBe('unit-needed');
    expect(await refused(world, 'enterResult', { accession, test: 'PLT', value: 8, unit: 'g/dL' }, TECHNICIAN)).toBe('unit-unknown');
    expect(await refused(world, 'enterResult', { accession, test: 'PLT', value: '8,5', unit: '10*3/uL' }, TECHNICIAN)).toBe(
      'value-not-a-number',
    );
    const plt = await world.done('enterResult', { accession, test: 'PLT', value: 8, unit: '10*3/uL' }, TECHNICIAN);
    expect(plt).toMatchObject({ flag: 'critical-low', critical: true, reference: { low: 150, high: 450 } });
    const hgb = await world.done('enterResult', { accession, test: 'HGB', value: 13, unit: 'g/dL' }, TECHNICIAN);
    expect(hgb).toMatchObject({ flag: 'normal', critical: false });

    expect(await refused(world, 'closeCriticalCall', { accession, test: 'PLT' }, TECHNICIAN)).toBe('call-nobody-reached');
    await world.done('recordCriticalCall', { accession, test: 'PLT', attempt: 'not-reached' }, TECHNICIAN);
    expect(await refused(world, 'closeCriticalCall', { accession, test: 'PLT' }, TECHNICIAN)).toBe('call-nobody-reached');
    await world.done('recordCriticalCall', { accession, test: 'PLT', attempt: 'reached', toldName: 'Sister Mary' }, TECHNICIAN);
    expect(await refused(world, 'closeCriticalCall', { accession, test: 'PLT' }, TECHNICIAN)).toBe('told-role-needed');
    await world.done(
      'recordCriticalCall',
      { accession, test: 'PLT', attempt: 'reached', toldName: 'Sister Mary', toldRole: 'ward nurse', readBack: false },
      TECHNICIAN,
    );
    expect(await refused(world, 'closeCriticalCall', { accession, test: 'PLT' }, TECHNICIAN)).toBe('call-not-read-back');
    await world.done(
      'recordCriticalCall',
      { accession, test: 'PLT', attempt: 'reached', toldName: 'Sister Mary', toldRole: 'ward nurse', readBack: true },
      TECHNICIAN,
    );
    await world.done('closeCriticalCall', { accession, test: 'PLT' }, TECHNICIAN);
    expect(await refused(world, 'closeCriticalCall', { accession, test: 'PLT' }, TECHNICIAN)).toBe('call-closed');

    expect(await refused(world, 'releaseReport', { accession }, PATHOLOGIST)).toBe('nothing-validated');
    expect(await refused(world, 'validateMedically', { accession, tests: ['PLT'] }, PATHOLOGIST)).toBe('result-not-technically-validated');
    await world.done('validateTechnically', { accession, tests: ['PLT'] }, TECHNICIAN);
    expect(await refused(world, 'validateTechnically', { accession, tests: ['PLT'] }, TECHNICIAN_2)).toBe('result-validated-already');
    expect(await refused(world, 'validateMedically', { accession }, TECHNICIAN)).toBe('role-missing');
    expect(await refused(world, 'validateMedically', { accession }, { ...TECHNICIAN, permissions: PATHOLOGIST.permissions })).toBe(
      'validated-by-same-person',
    );
    await world.done('validateMedically', { accession, tests: ['PLT'] }, PATHOLOGIST);
    const partial = await world.done('releaseReport', { accession }, PATHOLOGIST);
    expect(partial).toMatchObject({ status: 'partial', version: 1, pending: [{ accession, test: 'HGB' }] });
    expect(await refused(world, 'releaseReport', { accession }, PATHOLOGIST)).toBe('report-released-already');
    await world.done('validateTechnically', { accession }, TECHNICIAN);
    await world.done('validateMedically', { accession }, PATHOLOGIST);
    const full = await world.done('releaseReport', { order: order.number }, PATHOLOGIST);
    expect(full).toMatchObject({ status: 'final', version: 2, number: partial['number'] });
    expect(await refused(world, 'enterResult', { accession, test: 'PLT', value: 9, unit: '10*3/uL' }, TECHNICIAN)).toBe('result-is-final');
    expect(
      await refused(world, 'amendResult', { accession, test: 'PLT', value: 80, unit: '10*3/uL', reason: 'wrong tube' }, TECHNICIAN),
    ).toBe('role-missing');

    const amended = await world.done<{ report: { report: StreamId; version: number }; result: StreamId }>(
      'amendResult',
      { accession, test: 'PLT', value: 80, unit: '10*3/uL', reason: 'clump, recounted' },
      PATHOLOGIST,
    );
    expect(amended).toMatchObject({ flag: 'low', critical: false, report: { version: 3 } });
    const report = world.document<ReportState>(amended.report.report)?.state;
    const line = report?.versions.at(-1)?.lines.find((one) => one.test === 'PLT');
    const result = world.document<ResultState>(amended.result)?.state;
    expect(report?.status).toBe('corrected');
    expect(line).toMatchObject({ value: 80, corrects: { value: 8, reason: 'clump, recounted' }, valueRef: result?.current?.ref });
    expect(report?.versions[0]?.lines.find((one) => one.test === 'PLT')?.value).toBe(8);
    expect(result).toMatchObject({ status: 'final', corrected: true });
    expect(result?.values.map((value) => value.value)).toEqual([8, 80]);
    expect(await refused(world, 'releaseReport', { accession }, PATHOLOGIST)).toBe('report-released-already');
    expect(issueCodes(world)).toEqual([]);
  });

  test('lakhs are platelets too, and the value as typed is kept', async () => {
    const world = hospitalWorld();
    const { accession } = await received(world);
    const entered = await world.done<{ result: StreamId }>(
      'enterResult',
      { accession, test: 'PLT', value: '1.23', unit: 'Lakh/cumm' },
      TECHNICIAN,
    );
    expect(entered).toMatchObject({ value: 123, unit: '10*3/uL', flag: 'low' });
    expect(world.document<ResultState>(entered.result)?.state.current?.typed).toEqual({ value: '1.23', unit: 'Lakh/cumm' });
  });

  test('delta is checked against the last final result of the same test, and is not called passed where there is none', async () => {
    const world = hospitalWorld();
    const first = await received(world, ['NA']);
    expect(
      await world.done('enterResult', { accession: first.accession, test: 'NA', value: 140, unit: 'mmol/L' }, TECHNICIAN),
    ).toMatchObject({ delta: { status: 'not-evaluated' } });
    await world.done('validateTechnically', { accession: first.accession }, TECHNICIAN);
    await world.done('validateMedically', { accession: first.accession }, PATHOLOGIST);
    world.wait(600);
    const again = await world.done<{ specimens: { accession: string }[] }>('placeOrder', { uhid: first.uhid, tests: ['NA'] }, CLERK);
    const accession = again.specimens[0]?.accession ?? '';
    await world.done('collectSpecimen', { accession }, PHLEBOTOMIST);
    await world.done('receiveSpecimen', { accession }, TECHNICIAN);
    expect(await world.done('enterResult', { accession, test: 'NA', value: 124, unit: 'mmol/L' }, TECHNICIAN)).toMatchObject({
      delta: { status: 'failed', previous: 140 },
    });
  });

  test('a slip is counted for its visit: the first of a new visit is no duplicate', async () => {
    const world = hospitalWorld();
    const { patient, uhid } = await registered(world);
    const begin = async (): Promise<StreamId> =>
      (await world.done<{ visit: StreamId }>('startVisit', { uhid, department: 'MED-OPD' })).visit;
    const print = (visit?: StreamId) => world.done('recordPrint', { what: 'slip', of: uhid, ...(visit === undefined ? {} : { visit }) });
    const first = await begin();
    expect(await print(first)).toEqual({ of: patient, copy: 1 });
    expect(await print(first)).toEqual({ of: patient, copy: 2 });
    const second = await begin();
    expect(await print(second)).toEqual({ of: patient, copy: 1 });
    expect(await print()).toEqual({ of: patient, copy: 1 });
    expect(await print(first)).toEqual({ of: patient, copy: 3 }); // a patient's own stream
    expect(world.document<PatientState>(patient as StreamId)?.state).toMatchObject({ copies: 5 });
    expect(await refused(world, 'recordPrint', { what: 'slip', of: uhid, visit: patient })).toBe('paper-subject-wrong');
    expect(await refused(world, 'recordPrint', { what: 'slip', of: first, visit: first })).toBe('paper-subject-wrong');
  });
});

describe('a tube without a known identity', () => {
  test('two identifiers from the start, linked by its twin, reported for the patient', async () => {
    const world = hospitalWorld();
    const tube = await world.done<{ accession: string; temporary: string; name: string; specimen: StreamId }>(
      'collectUnidentified',
      { tests: ['PLT'], container: 'edta', sex: 'male' },
      PHLEBOTOMIST,
    );
    expect(parseNumber(tube.temporary, 'temporary').ok).toBe(true);
    expect(tube.name).toMatch(/^Unknown /);
    await world.done('receiveSpecimen', { accession: tube.accession }, TECHNICIAN);
    expect(
      await world.done('enterResult', { accession: tube.accession, test: 'PLT', value: 250, unit: '10*3/uL' }, TECHNICIAN),
    ).toMatchObject({ flag: 'not-evaluated', why: 'age-unknown' });
    const patient = await world.done<{ uhid: string; patient: StreamId }>(
      'registerPatient',
      { name: 'Ram Lal', sex: 'male', age: { years: 50 } },
      CLERK,
    );
    const other = await registered(world);
    expect(
      await refused(
        world,
        'linkSpecimen',
        { accession: tube.accession, uhid: patient.uhid, by: { kind: 'twins', twin: other.accession } },
        PHLEBOTOMIST,
      ),
    ).toBe('twin-does-not-match');
    expect(
      await refused(
        world,
        'linkSpecimen',
        { accession: other.accession, uhid: patient.uhid, by: { kind: 'twins', twin: other.accession } },
        PHLEBOTOMIST,
      ),
    ).toBe('specimen-has-patient');
    await world.done(
      'linkSpecimen',
      { accession: tube.accession, uhid: patient.uhid, by: { kind: 'twins', twin: tube.temporary } },
      PHLEBOTOMIST,
    );
    const validated = await world.done('validateTechnically', { accession: tube.accession }, TECHNICIAN);
    expect(validated).toMatchObject({ validated: [{ test: 'PLT', flag: 'normal' }] });
    await world.done('validateMedically', { accession: tube.accession }, PATHOLOGIST);
    const report = await world.done<{ report: StreamId }>('releaseReport', { accession: tube.accession }, PATHOLOGIST);
    expect(world.document<ReportState>(report.report)?.state).toMatchObject({
      patient: patient.patient,
      versions: [{ identity: [{ accession: tube.accession, by: 'twins' }] }],
    });
  });

  test('a second person confirms, is somebody else, and stands on the report', async () => {
    const world = hospitalWorld();
    const tube = await world.done<{ accession: string; specimen: StreamId }>(
      'collectUnidentified',
      { name: 'Kamla', age: { years: 60 }, sex: 'female', tests: ['NA'], container: 'sst' },
      PHLEBOTOMIST,
    );
    const { uhid } = await registered(world);
    const by = (confirmer: string) => ({ accession: tube.accession, uhid, by: { kind: 'second-person', confirmer } });
    expect(await refused(world, 'linkSpecimen', by('nobody'), PHLEBOTOMIST)).toBe('confirmer-unknown');
    expect(await refused(world, 'linkSpecimen', by('phlebo'), PHLEBOTOMIST)).toBe('second-person-is-same');
    await world.done('linkSpecimen', by('tech'), PHLEBOTOMIST);
    expect(world.document<SpecimenState>(tube.specimen)?.state).toMatchObject({
      identity: 'linked',
      link: { by2: { kind: 'second-person', confirmer: TECHNICIAN.user } },
    });
  });

  test('a rack sheet is counted on its first tube, apart from the labels of that tube', async () => {
    const world = hospitalWorld();
    const { accession, specimen } = await world.done<{ accession: string; specimen: StreamId }>(
      'collectUnidentified',
      { name: 'Kamla', tests: ['NA'], container: 'sst' },
      PHLEBOTOMIST,
    );
    await world.done('dispatchSpecimens', { accessions: [accession] }, PHLEBOTOMIST);
    const sheet = { what: 'rack-sheet', of: accession };
    expect(await world.done('recordPrint', sheet, PHLEBOTOMIST)).toEqual({ of: specimen, copy: 1 });
    expect(await world.done('recordPrint', sheet, PHLEBOTOMIST)).toEqual({ of: specimen, copy: 2 });
    expect(await refused(world, 'recordPrint', { what: 'label', of: accession }, PHLEBOTOMIST)).toBe('reprint-reason-needed');
    expect(await refused(world, 'recordPrint', { what: 'slip', of: accession }, PHLEBOTOMIST)).toBe('paper-subject-wrong');
    expect(world.document<SpecimenState>(specimen)?.state).toMatchObject({ sheets: 2, labels: 1, status: 'in-transit' });
  });

  test('a pre-printed label is used once', async () => {
    const world = hospitalWorld();
    const tube = await world.done<{ accession: string }>(
      'collectUnidentified',
      { name: 'Kamla', tests: ['NA'], container: 'sst' },
      PHLEBOTOMIST,
    );
    expect(
      await refused(
        world,
        'collectUnidentified',
        { accession: tube.accession, name: 'Vimla', tests: ['NA'], container: 'sst' },
        PHLEBOTOMIST,
      ),
    ).toBe('accession-in-use');
    expect(await refused(world, 'collectUnidentified', { name: 'Vimla', tests: ['NA'], container: 'edta' }, PHLEBOTOMIST)).toBe(
      'test-not-in-container',
    );
  });

  test('a tube that nobody here knows is received, measured, and finds its order when the desks meet', async () => {
    const collection = hospitalWorld();
    const lab = collection.fork('lab');
    const { accession, patient } = await registered(collection, ['PLT']);
    await collection.done('collectSpecimen', { accession }, PHLEBOTOMIST);
    expect(await lab.done('receiveSpecimen', { accession }, TECHNICIAN)).toMatchObject({ status: 'on-hold', hold: 'awaiting-order' });
    expect(await lab.done('enterResult', { accession, test: 'PLT', value: 8, unit: '10*3/uL' }, TECHNICIAN)).toMatchObject({
      flag: 'not-evaluated',
      critical: true,
    });
    await lab.done('validateTechnically', { accession }, TECHNICIAN);
    await lab.done('validateMedically', { accession }, PATHOLOGIST);
    expect(await refused(lab, 'releaseReport', { accession }, PATHOLOGIST)).toBe('specimen-without-identity');
    lab.meet(collection);
    expect(lab.document<SpecimenState>(testStream('specimen', accession))?.state).toMatchObject({
      status: 'accepted',
      patient,
      identity: 'planned',
    });
    expect(issueCodes(lab)).toEqual([]);
    expect(await refused(lab, 'releaseReport', { accession }, PATHOLOGIST)).toBe('done');
  });
});

describe('reject, recollect, cancel', () => {
  test('a rejected tube is replaced by one that says which it replaces', async () => {
    const world = hospitalWorld();
    const { accession } = await received(world);
    expect(await refused(world, 'recollectSpecimen', { accession }, TECHNICIAN)).toBe('specimen-not-rejected');
    expect(await refused(world, 'rejectSpecimen', { accession, reason: 'ugly' }, TECHNICIAN)).toBe('input-invalid');
    await world.done('rejectSpecimen', { accession, reason: 'clotted' }, TECHNICIAN);
    expect(await refused(world, 'enterResult', { accession, test: 'PLT', value: 8, unit: '10*3/uL' }, TECHNICIAN)).toBe(
      'specimen-rejected',
    );
    const again = await world.done<{ accession: string; tests: string[] }>('recollectSpecimen', { accession }, TECHNICIAN);
    expect(again.tests).toEqual(['PLT', 'HGB']);
    expect(await refused(world, 'recollectSpecimen', { accession }, TECHNICIAN)).toBe('specimen-recollected-already');
    expect(world.document<SpecimenState>(testStream('specimen', again.accession))?.state.replaces).toBe(testStream('specimen', accession));
  });

  test('an order is cancelled with its tubes that were not taken; one with results stays', async () => {
    const world = hospitalWorld();
    const first = await registered(world, ['PLT', 'NA']);
    const [edta, sst] = [first.specimens.find((one) => one.container === 'edta'), first.specimens.find((one) => one.container === 'sst')];
    await world.done('collectSpecimen', { accession: edta?.accession }, PHLEBOTOMIST);
    expect(await world.done('cancelOrder', { number: first.order.number, reason: 'patient left' }, CLERK)).toMatchObject({
      cancelled: [sst?.accession],
      kept: [edta?.accession],
    });
    expect(await refused(world, 'cancelOrder', { order: first.order.number, reason: 'again' }, CLERK)).toBe('order-cancelled');
    expect(await refused(world, 'collectSpecimen', { accession: sst?.accession }, PHLEBOTOMIST)).toBe('specimen-cancelled');
    const second = await received(world);
    await world.done('enterResult', { accession: second.accession, test: 'PLT', value: 200, unit: '10*3/uL' }, TECHNICIAN);
    expect(await refused(world, 'cancelOrder', { order: second.order.order, reason: 'late' }, CLERK)).toBe('order-has-results');
    await world.done('cancelTest', { accession: second.accession, test: 'HGB', reason: 'not wanted' }, TECHNICIAN);
    expect(await refused(world, 'enterResult', { accession: second.accession, test: 'HGB', value: 12, unit: 'g/dL' }, TECHNICIAN)).toBe(
      'test-cancelled',
    );
  });

  test('a tube of a cancelled order that came all the same waits until a person says what to do', async () => {
    const world = hospitalWorld();
    const { accession, order } = await registered(world);
    await world.done('cancelOrder', { number: order.number, reason: 'patient left' }, CLERK);
    expect(await world.done('receiveSpecimen', { accession }, TECHNICIAN)).toMatchObject({ status: 'on-hold', hold: 'cancelled-before' });
    await world.done('resolveHold', { accession, reason: 'department wants it' }, TECHNICIAN);
    const status = () => world.document<SpecimenState>(testStream('specimen', accession))?.state.status;
    expect(status()).toBe('accepted');
    expect(await refused(world, 'resolveHold', { accession, reason: 'again' }, TECHNICIAN)).toBe('specimen-not-on-hold');
    await world.done('holdSpecimen', { accession, reason: 'label smeared' }, TECHNICIAN);
    expect(status()).toBe('on-hold');
    await world.done('resolveHold', { accession, reason: 'read by two' }, TECHNICIAN);
    expect(status()).toBe('accepted');
  });

  test('a test added later uses a tube that is there', async () => {
    const world = hospitalWorld();
    const { accession, order } = await received(world, ['PLT']);
    const added = await world.done<{ specimens: { accession: string; container: string }[] }>(
      'addTest',
      { order: order.number, tests: ['WBC', 'NA'] },
      TECHNICIAN,
    );
    expect(added.specimens.map((one) => [one.container, one.accession === accession])).toEqual([
      ['edta', true],
      ['sst', false],
    ]);
    expect(await refused(world, 'addTest', { order: order.number, tests: ['WBC'] }, TECHNICIAN)).toBe('test-ordered-already');
  });
});

describe('the patient', () => {
  test('a name, or unknown with a temporary name; age may be left out; a birth date of tomorrow’s year is refused', async () => {
    const world = hospitalWorld();
    expect(await refused(world, 'registerPatient', { sex: 'female' }, CLERK)).toBe('name-needed');
    const unknown = await world.done<{ uhid: string; patient: StreamId; name: string }>(
      'registerPatient',
      { sex: 'male', unknown: { marks: ['scar left arm'] } },
      CLERK,
    );
    expect(world.document<PatientState>(unknown.patient)?.state).toMatchObject({
      status: 'unknown',
      uhid: unknown.uhid,
      name: unknown.name,
    });
    expect(await refused(world, 'registerPatient', { name: 'A', sex: 'male', birthDate: '2032-01-01' }, CLERK)).toBe(
      'birth-date-in-future',
    );
    expect(await refused(world, 'registerPatient', { name: 'A', sex: 'male', birthDate: '1990-02-30' }, CLERK)).toBe('input-invalid');
    await world.done('identifyPatient', { uhid: unknown.uhid, name: 'Mohan', age: { years: 40 }, by: 'brother' }, { ...CLERK });
    expect(world.document<PatientState>(unknown.patient)?.state).toMatchObject({ status: 'registered', name: 'Mohan', uhid: unknown.uhid });
    expect(await refused(world, 'identifyPatient', { uhid: unknown.uhid, name: 'Sohan', by: 'brother' }, CLERK)).toBe(
      'patient-not-unknown',
    );
  });

  test('an age that nobody knows is recorded as such', async () => {
    const world = hospitalWorld();
    const one = await world.done<{ patient: StreamId }>('registerPatient', { name: 'A', sex: 'male', age: { unknown: true } }, CLERK);
    expect(world.document<PatientState>(one.patient)?.state.age).toEqual({ kind: 'unknown' });
    expect(await refused(world, 'registerPatient', { name: 'A', sex: 'male', age: {} }, CLERK)).toBe('input-invalid');
  });

  test('a card without a record keeps its number, and its record takes over when it arrives', async () => {
    const here = hospitalWorld();
    const there = here.fork('there');
    const { uhid, patient } = await registered(there);
    expect(await refused(here, 'placeOrder', { uhid, tests: ['PLT'] }, CLERK)).toBe('patient-not-here');
    const wrong = `${uhid.slice(0, 11)}${(Number(uhid[11]) + 1) % 10}`;
    expect(await refused(here, 'acceptCard', { uhid: wrong, name: 'Sunita' }, CLERK)).toBe('number-check-digit');
    expect(await refused(here, 'acceptCard', { uhid: '12', legacy: true }, CLERK)).toBe('legacy-number-form');
    await here.done('acceptCard', { uhid: '101 234 567 89', legacy: true, name: 'Old Card' }, CLERK);
    const card = await here.done<{ patient: StreamId; uhid: string }>('acceptCard', { uhid, name: 'Sunita', sex: 'female' }, CLERK);
    expect(card.uhid).toBe(uhid);
    expect(await refused(here, 'acceptCard', { uhid }, CLERK)).toBe('card-held-here');
    const order = await here.done<{ order: StreamId }>('placeOrder', { uhid, tests: ['PLT'] }, CLERK);
    expect(here.document<{ patient: string }>(order.order)?.state.patient).toBe(card.patient);
    here.meet(there);
    expect(here.byNumber(uhid, 'patient')).toEqual([card.patient, patient].sort());
    const next = await here.done<{ order: StreamId }>('placeOrder', { uhid, tests: ['NA'] }, CLERK);
    expect(here.document<{ patient: string }>(next.order)?.state.patient).toBe(patient);
    await here.done('settleCheck', {
      check: 'record-elsewhere-arrived',
      subjects: [card.patient, patient],
      outcome: 'same-linked',
      reason: 'same card',
    });
    expect(
      await refused(here, 'settleCheck', { check: 'record-elsewhere-arrived', subjects: [card.patient], outcome: 'maybe', reason: 'x' }),
    ).toBe('outcome-unknown');
  });

  test('a link carries the number over, and is taken back', async () => {
    const world = hospitalWorld();
    const [a, b] = [await registered(world), await registered(world)];
    expect(await refused(world, 'linkPatients', { patient: a.uhid, into: a.uhid, reason: 'x' })).toBe('link-to-itself');
    await world.done('linkPatients', { patient: a.uhid, into: b.uhid, reason: 'same person' });
    const order = await world.done<{ order: StreamId }>('placeOrder', { uhid: a.uhid, tests: ['PLT'] }, CLERK);
    expect(world.document<{ patient: string }>(order.order)?.state.patient).toBe(b.patient);
    expect(await refused(world, 'linkPatients', { patient: b.uhid, into: a.patient, reason: 'x' })).toBe('link-in-circle');
    await world.done('unlinkPatients', { patient: a.patient, reason: 'two sisters' });
    expect(await refused(world, 'unlinkPatients', { patient: a.patient, reason: 'again' })).toBe('patient-not-linked');
    expect(await refused(world, 'recordAllergy', { uhid: a.uhid, status: 'known' }, CLERK)).toBe('allergy-substance-needed');
    await world.done('recordAllergy', { uhid: a.uhid, status: 'known', substance: 'penicillin' }, CLERK);
    expect(await refused(world, 'recordAllergy', { uhid: a.uhid, status: 'none-known' }, CLERK)).toBe('allergy-known-already');
    expect(world.document<PatientState>(a.patient as StreamId)?.state.allergyStatus).toBe('known');
    expect(world.document<PatientState>(b.patient as StreamId)?.state.allergyStatus).toBe('not-asked');
  });
});
