// The reconcile queue: two desks that were apart decide differently, meet, and both facts stand side by side until somebody settles them.
import { describe, expect, test } from 'vitest';
import { CHECK_NAMES } from '#kernel/checks.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { streams } from '#kernel/streams.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { REPLICA_DDL } from '#roles/replica/schema.ts';
import { checkQueryNames } from './checks/checks.ts';
import { reconcileQuery } from './queries/reconcile.ts';
import { QUERY_SIGNATURES, type QueryInput } from './query-signatures.ts';
import { actorFor, hospitalStory, streamFor, type Story } from './testing/story.ts';
import { openTables } from './testing/table-reader.ts';
import { views } from './views.ts';

async function queue(story: Story, input: QueryInput<'reconcile'> = {}, withJournal = true) {
  const { sql } = await NodeSql.open(':memory:');
  const tables = await openTables(sql, REPLICA_DDL, streams, views);
  await tables.put(...story.documents);
  const read = tables.reader(story.now, actorFor('asha'));
  const answer = await reconcileQuery.run(input, withJournal ? { ...read, history: story.history } : read);
  await sql.close();
  if (!answer.ok) throw new Error('never refused');
  return QUERY_SIGNATURES.reconcile.result.parse(answer.result).rows;
}

const PERSON = {
  name: 'Sunita Devi',
  sex: 'female',
  age: { years: 34 },
  phone: '0123456789',
  relation: { type: 'W/O', name: 'Ramesh Kumar' },
  address: { village: 'Rampur', district: 'Patna' },
};

async function withTube() {
  const story = hospitalStory('one', 1);
  const { uhid, patient } = await story.run('registerPatient', PERSON);
  const placed = await story.run('placeOrder', { uhid, tests: ['PLT'] });
  const [tube] = placed['specimens'] as readonly { accession: string }[];
  return { story, uhid: String(uhid), patient: patient as StreamId, order: String(placed['number']), accession: tube?.accession ?? '' };
}

test('every check of the kernel is asked', () => expect([...checkQueryNames].sort()).toEqual([...CHECK_NAMES].sort()));
test('a hospital without contradictions has none', async () => expect(await queue((await withTube()).story)).toEqual([]));

describe('issues', () => {
  test('one tube received at two desks: who, when, which desk, on both sides; settled, it is gone', async () => {
    const { story, accession, patient } = await withTube();
    await story.run('collectSpecimen', { accession });
    const other = story.part('two', 2);
    await story.run('receiveSpecimen', { accession }, 'asha');
    await other.run('receiveSpecimen', { accession }, 'bina');
    story.join(other);
    const [row] = await queue(story);
    expect(row).toMatchObject({
      kind: 'issue',
      code: 'specimen-received-twice',
      facts: [{ what: 'SpecimenReceived' }, { what: 'SpecimenReceived' }],
    });
    expect(row?.facts.map(({ act }) => act?.userName).sort()).toEqual(['Asha', 'Bina']);
    expect(row?.facts[0]?.patient?.name).toBe('Sunita Devi');
    expect(await queue(story, { patient })).toHaveLength(1);
    expect(await queue(story, { patient: streamFor('patient', 'other') })).toEqual([]);
    // Without the journal the document's own stamps say who.
    const [kept] = await queue(story, {}, false);
    expect(kept?.facts.map(({ act }) => act?.userName).sort()).toEqual(['Asha', 'Bina']);
    await story.run('settleIssue', {
      stream: row?.streams[0],
      issue: row?.key,
      outcome: row?.outcomes[0],
      reason: 'one tube, scanned twice',
    });
    expect(await queue(story)).toEqual([]);
  });

  test('two values for one test', async () => {
    const { story, accession } = await withTube();
    await story.run('collectSpecimen', { accession });
    await story.run('receiveSpecimen', { accession });
    const other = story.part('two', 2);
    await story.run('enterResult', { accession, test: 'PLT', value: '200', unit: '10*3/uL' }, 'asha');
    await other.run('enterResult', { accession, test: 'PLT', value: '20', unit: '10*3/uL' }, 'bina');
    story.join(other);
    const [row] = await queue(story);
    expect(row).toMatchObject({ code: 'result-entered-twice', outcomes: ['value-chosen', 'measure-again'] });
    expect(row?.facts.map(({ values }) => values['value']).sort()).toEqual([20, 200]);
    await story.run('settleIssue', {
      stream: row?.streams[0],
      issue: row?.key,
      outcome: 'value-chosen',
      reason: 'measured again',
      keep: row?.facts[0]?.ref,
    });
    expect(await queue(story)).toEqual([]);
  });
});

describe('checks', () => {
  test('one person registered at two desks; settled as different, it is gone', async () => {
    const story = hospitalStory('one', 1);
    const other = story.part('two', 2);
    await story.run('registerPatient', PERSON);
    await other.run('registerPatient', { ...PERSON, name: 'Suneeta Devi', age: { years: 35 } });
    await other.run('registerPatient', { ...PERSON, name: 'Anita Devi', age: { years: 8 } });
    story.join(other);
    const [row, ...rest] = await queue(story);
    expect(rest).toEqual([]);
    expect(row).toMatchObject({
      kind: 'check',
      check: 'patient-registered-twice',
      code: 'check-patient-registered-twice',
      facts: [{ what: 'registered' }, { what: 'registered' }],
    });
    await story.run('settleCheck', { check: row?.check, subjects: row?.streams, outcome: 'different', reason: 'two sisters-in-law' });
    expect(await queue(story)).toEqual([]);
  });

  test('linked, or called different at the registration, they are no contradiction', async () => {
    const story = hospitalStory('one', 1);
    const { uhid, patient } = await story.run('registerPatient', PERSON);
    await story.run('registerPatient', { ...PERSON, considered: [{ patient, outcome: 'different' }] });
    expect(await queue(story)).toEqual([]);
    const again = await story.run('registerPatient', { ...PERSON, considered: [{ patient, outcome: 'ask' }] });
    expect((await queue(story)).length).toBeGreaterThan(0);
    await story.run('linkPatients', { patient: again['uhid'], into: uhid, reason: 'same card' });
    expect(
      (await queue(story)).filter(
        ({ streams: subjects }) => subjects.includes(again['patient'] as StreamId) && subjects.includes(patient as StreamId),
      ),
    ).toEqual([]);
  });

  test('one number on two patients: a cloned desk', async () => {
    const story = hospitalStory('one', 1);
    const clone = story.part('two', 1);
    await story.run('registerPatient', PERSON);
    await clone.run('registerPatient', { name: 'Rakesh Chaudhary', sex: 'male', age: { years: 50 } });
    story.join(clone);
    const rows = await queue(story);
    expect(rows).toMatchObject([{ check: 'number-on-two-streams', facts: [{ values: { kind: 'uhid' } }, { values: { kind: 'uhid' } }] }]);
  });

  test('a card accepted as told, and the record arrives', async () => {
    const story = hospitalStory('one', 1);
    const other = story.part('two', 2);
    const { uhid } = await story.run('registerPatient', PERSON);
    await other.run('acceptCard', { uhid, name: 'Sunita' });
    story.join(other);
    const [row] = await queue(story);
    expect(row).toMatchObject({ check: 'record-elsewhere-arrived', outcomes: ['same-linked', 'different'] });
    expect(row?.facts.map(({ what }) => what).sort()).toEqual(['card-accepted', 'registered']);
  });

  test('an order cancelled here, its tube received there', async () => {
    const { story, accession, order } = await withTube();
    const other = story.part('two', 2);
    await story.run('cancelOrder', { order, reason: 'by mistake' });
    await other.run('collectSpecimen', { accession });
    await other.run('receiveSpecimen', { accession });
    story.join(other);
    expect((await queue(story)).map(({ check, code }) => check ?? code)).toContain('order-cancelled-tube-received');
  });

  test('a tube that was known to be taken when the order was cancelled is no contradiction', async () => {
    const { story, accession, order } = await withTube();
    await story.run('collectSpecimen', { accession });
    await story.run('cancelOrder', { order, reason: 'patient went home' });
    expect((await queue(story)).map(({ check }) => check)).not.toContain('order-cancelled-tube-received');
  });

  test('a report released here, its result amended there', async () => {
    const { story, accession } = await withTube();
    await story.run('collectSpecimen', { accession });
    await story.run('receiveSpecimen', { accession });
    await story.run('enterResult', { accession, test: 'PLT', value: '200', unit: '10*3/uL' }, 'bina');
    await story.run('validateTechnically', { accession }, 'bina');
    await story.run('validateMedically', { accession }, 'chand');
    const other = story.part('two', 2);
    await story.run('releaseReport', { accession }, 'chand');
    await other.run('amendResult', { accession, test: 'PLT', value: '20', unit: '10*3/uL', reason: 'wrong tube' }, 'deepa');
    story.join(other);
    const row = (await queue(story)).find(({ check }) => check === 'report-older-than-result');
    expect(row?.facts.map(({ what, act }) => [what, act?.userName])).toEqual([
      ['reported', 'Chand'],
      ['amended', 'Deepa'],
    ]);
  });

  test('a tube rejected here, its result final there', async () => {
    const { story, accession } = await withTube();
    await story.run('collectSpecimen', { accession });
    await story.run('receiveSpecimen', { accession });
    const other = story.part('two', 2);
    await story.run('rejectSpecimen', { accession, reason: 'clotted' }, 'bina');
    await other.run('enterResult', { accession, test: 'PLT', value: '200', unit: '10*3/uL' }, 'bina');
    await other.run('validateTechnically', { accession }, 'bina');
    await other.run('validateMedically', { accession }, 'chand');
    story.join(other);
    const row = (await queue(story)).find(({ check }) => check === 'rejected-specimen-has-result');
    expect(row?.facts.map(({ what }) => what)).toEqual(['result-final', 'tube-rejected']);
  });

  test('one range on two devices', async () => {
    const story = hospitalStory('one', 1);
    story.commit([
      {
        stream: streamFor('device', 'two'),
        type: 'DeviceEnrolled',
        data: { name: 'Two', role: 'desk', deskKinds: [], publicKey: 'key', epoch: 'epochepochepoch1', ranges: [1], writes: [] },
      },
    ]);
    expect(await queue(story)).toMatchObject([
      { check: 'range-on-two-devices', facts: [{ values: { range: 1 } }, { values: { range: 1 } }] },
    ]);
  });
});
