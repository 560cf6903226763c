// Each pair of facts that two cut-off desks can state: in both orders it ends as one issue with both facts kept, and as none when the later author knew the earlier fact.
import { describe, expect, test } from 'vitest';
import { CLERK, hospitalWorld, PATHOLOGIST, PHLEBOTOMIST, received, registered, TECHNICIAN, TECHNICIAN_2 } from './hospital-for-tests.ts';
import type { PatientState } from './patient/patient.ts';
import type { ResultState } from './result/result.ts';
import type { Actor } from './shared/actor.ts';
import type { StreamId } from './shared/ids.ts';
import { issueCodes, testStream, type World } from './shared/testing.ts';
import type { SpecimenState } from './specimen/specimen.ts';

interface Case {
  readonly what: string;
  /** Before the desks part. */
  readonly before: (world: World) => Promise<Readonly<Record<string, string>>>;
  readonly one: Step;
  readonly other: Step;
  readonly codes: readonly string[];
  /** When the second desk has heard of the first: refused with this code, or done without an issue. */
  readonly knowing: string;
  /** What must hold of the picture afterwards, on both. */
  readonly kept?: (world: World, names: Readonly<Record<string, string>>) => void;
}
type Step = readonly [command: string, input: (names: Readonly<Record<string, string>>) => unknown, as: Actor];

async function setUp(world: World, how: 'registered' | 'received', tests?: readonly string[]): Promise<Record<string, string>> {
  const made = await (how === 'registered' ? registered(world, tests) : received(world, tests));
  return { accession: made.accession, uhid: made.uhid, patient: made.patient, order: made.order.number };
}

const specimenOf = (world: World, names: Readonly<Record<string, string>>) =>
  world.document<SpecimenState>(testStream('specimen', names['accession'] ?? ''))?.state;
const resultOf = (world: World, names: Readonly<Record<string, string>>) =>
  world.document<ResultState>(testStream('result', `${testStream('specimen', names['accession'] ?? '')} PLT`))?.state;
const plt = (value: number) => (names: Readonly<Record<string, string>>) => ({
  accession: names['accession'],
  test: 'PLT',
  value,
  unit: '10*3/uL',
});
const byAccession = (names: Readonly<Record<string, string>>) => ({ accession: names['accession'] });

async function resulted(world: World, upTo: 'entered' | 'technical' | 'final') {
  const names = await setUp(world, 'received', ['PLT']);
  await world.done('enterResult', plt(200)(names), TECHNICIAN);
  if (upTo === 'entered') return names;
  await world.done('validateTechnically', byAccession(names), TECHNICIAN);
  if (upTo === 'technical') return names;
  await world.done('validateMedically', byAccession(names), PATHOLOGIST);
  await world.done('releaseReport', byAccession(names), PATHOLOGIST);
  return names;
}

const CASES: readonly Case[] = [
  {
    what: 'a specimen received twice',
    before: async (world) => setUp(world, 'registered'),
    one: ['receiveSpecimen', byAccession, TECHNICIAN],
    other: ['receiveSpecimen', byAccession, TECHNICIAN_2],
    codes: ['specimen-received-twice'],
    knowing: 'done',
    kept: (world, names) => expect(specimenOf(world, names)?.receipts).toHaveLength(2),
  },
  {
    what: 'cancelled here and received there',
    before: async (world) => setUp(world, 'registered'),
    one: ['cancelOrder', (names) => ({ order: names['order'], reason: 'patient left' }), CLERK],
    other: ['receiveSpecimen', byAccession, TECHNICIAN],
    codes: ['cancel-requested-specimen-taken'],
    knowing: 'done',
    kept: (world, names) => expect(specimenOf(world, names)).toMatchObject({ status: 'on-hold', hold: 'cancelled-before' }),
  },
  {
    what: 'cancelled here and collected there',
    before: async (world) => setUp(world, 'registered'),
    one: ['cancelOrder', (names) => ({ order: names['order'], reason: 'patient left' }), CLERK],
    other: ['collectSpecimen', byAccession, PHLEBOTOMIST],
    codes: ['cancel-requested-specimen-taken'],
    knowing: 'specimen-cancelled',
    kept: (world, names) => expect(specimenOf(world, names)?.status).toBe('collected'),
  },
  {
    what: 'collected twice',
    before: async (world) => setUp(world, 'registered'),
    one: ['collectSpecimen', byAccession, PHLEBOTOMIST],
    other: ['collectSpecimen', byAccession, PHLEBOTOMIST],
    codes: ['specimen-collected-twice'],
    knowing: 'specimen-collected-already',
  },
  {
    what: 'not collected here and collected there',
    before: async (world) => setUp(world, 'registered'),
    one: ['notCollected', (names) => ({ ...byAccession(names), reason: 'no vein' }), PHLEBOTOMIST],
    other: ['collectSpecimen', byAccession, PHLEBOTOMIST],
    codes: ['not-collected-and-collected'],
    knowing: 'done',
    kept: (world, names) => expect(specimenOf(world, names)?.status).toBe('collected'),
  },
  {
    what: 'a result entered twice with two values',
    before: async (world) => setUp(world, 'received', ['PLT']),
    one: ['enterResult', plt(200), TECHNICIAN],
    other: ['enterResult', plt(20), TECHNICIAN_2],
    codes: ['result-entered-twice'],
    knowing: 'done',
    kept: (world, names) => {
      expect(
        resultOf(world, names)
          ?.values.map((value) => value.value)
          .sort(),
      ).toEqual([20, 200]);
      // The critical one of the two opens its call whichever of them stands.
      expect(resultOf(world, names)?.call.status).toBe('open');
    },
  },
  {
    what: 'a result entered twice with one value',
    before: async (world) => setUp(world, 'received', ['PLT']),
    one: ['enterResult', plt(200), TECHNICIAN],
    other: ['enterResult', plt(200), TECHNICIAN_2],
    codes: [],
    knowing: 'done',
  },
  {
    what: 'validated here and entered again there',
    before: async (world) => resulted(world, 'entered'),
    one: ['validateTechnically', byAccession, TECHNICIAN],
    other: ['enterResult', plt(90), TECHNICIAN_2],
    codes: ['result-validated-and-reentered'],
    knowing: 'done',
  },
  {
    what: 'a repeat asked for here and validated there',
    before: async (world) => resulted(world, 'technical'),
    one: ['repeatTest', (names) => ({ ...byAccession(names), test: 'PLT', reason: 'clumps' }), TECHNICIAN],
    other: ['validateMedically', byAccession, PATHOLOGIST],
    codes: ['repeat-asked-and-validated'],
    knowing: 'result-repeat-open',
  },
  {
    what: 'amended twice',
    before: async (world) => resulted(world, 'final'),
    one: ['amendResult', (names) => ({ ...plt(90)(names), reason: 'recounted' }), PATHOLOGIST],
    other: ['amendResult', (names) => ({ ...plt(95)(names), reason: 'counted by hand' }), PATHOLOGIST],
    codes: ['report-released-and-corrected', 'result-amended-twice'],
    knowing: 'done',
    kept: (world, names) => expect(resultOf(world, names)?.values).toHaveLength(3),
  },
  {
    what: 'a test cancelled here and measured there',
    before: async (world) => setUp(world, 'received', ['PLT']),
    one: ['cancelTest', (names) => ({ ...byAccession(names), test: 'PLT', reason: 'not wanted' }), TECHNICIAN],
    other: ['enterResult', plt(200), TECHNICIAN_2],
    codes: ['test-cancelled-and-resulted'],
    knowing: 'test-cancelled',
    kept: (world, names) => expect(resultOf(world, names)?.current?.value).toBe(200),
  },
  {
    what: 'a patient corrected differently',
    before: async (world) => setUp(world, 'registered'),
    one: ['correctPatient', (names) => ({ uhid: names['uhid'], phone: '9800000001' }), CLERK],
    other: ['correctPatient', (names) => ({ uhid: names['uhid'], phone: '9800000002' }), CLERK],
    codes: ['patient-corrected-differently'],
    knowing: 'done',
  },
  {
    what: 'a patient corrected in different fields',
    before: async (world) => setUp(world, 'registered'),
    one: ['correctPatient', (names) => ({ uhid: names['uhid'], phone: '9800000001' }), CLERK],
    other: ['correctPatient', (names) => ({ uhid: names['uhid'], category: 'BPL' }), CLERK],
    codes: [],
    knowing: 'done',
    kept: (world, names) =>
      expect(world.document<PatientState>(names['patient'] as StreamId)?.state).toMatchObject({ phone: '9800000001', category: 'BPL' }),
  },
  {
    what: 'an allergy here and none known there',
    before: async (world) => setUp(world, 'registered'),
    one: ['recordAllergy', (names) => ({ uhid: names['uhid'], status: 'none-known' }), CLERK],
    other: ['recordAllergy', (names) => ({ uhid: names['uhid'], status: 'known', substance: 'penicillin' }), CLERK],
    codes: ['allergy-recorded-differently'],
    knowing: 'done',
    kept: (world, names) => expect(world.document<PatientState>(names['patient'] as StreamId)?.state.allergyStatus).toBe('known'),
  },
  {
    what: 'an order cancelled here and added to there',
    before: async (world) => setUp(world, 'registered'),
    one: ['cancelOrder', (names) => ({ order: names['order'], reason: 'patient left' }), CLERK],
    other: ['addTest', (names) => ({ order: names['order'], tests: ['WBC'] }), CLERK],
    codes: ['order-cancelled-and-added-to'],
    knowing: 'order-cancelled',
  },
];

async function step(world: World, [command, input, as]: Step, names: Readonly<Record<string, string>>): Promise<string> {
  const outcome = await world.do(command, input(names), as);
  return outcome.ok ? 'done' : outcome.rejection.code;
}

describe('two desks that could not talk', () => {
  for (const { what, before, one, other, codes, knowing, kept } of CASES) {
    for (const order of ['this first', 'the other first'] as const) {
      test(`${what}, ${order}`, async () => {
        const here = hospitalWorld();
        const names = await before(here);
        const there = here.fork('there');
        // Who acts first by the clock comes first in the fold.
        (order === 'this first' ? there : here).wait(5);
        expect(await step(here, one, names)).toBe('done');
        expect(await step(there, other, names)).toBe('done');
        here.meet(there);
        there.meet(here);
        expect(issueCodes(here)).toEqual(codes);
        expect(issueCodes(there)).toEqual(codes);
        expect(here.all('result').map((one) => one.state)).toEqual(there.all('result').map((one) => one.state));
        for (const world of [here, there]) kept?.(world, names);
      });
    }
    test(`${what}: whoever knew the first fact does not contradict it`, async () => {
      const world = hospitalWorld();
      const names = await before(world);
      expect(await step(world, one, names)).toBe('done');
      expect(await step(world, other, names)).toBe(knowing);
      expect(issueCodes(world)).toEqual([]);
    });
  }

  test('rivals are not validated; choosing one settles it, and the other value stays readable', async () => {
    const here = hospitalWorld();
    const names = await setUp(here, 'received', ['PLT']);
    const there = here.fork('there');
    await here.done('enterResult', plt(200)(names), TECHNICIAN);
    await there.done('enterResult', plt(90)(names), TECHNICIAN_2);
    here.meet(there);
    expect(await step(here, ['validateTechnically', byAccession, TECHNICIAN], names)).toBe('result-disputed');
    const [issue] = here.issues();
    const keep = resultOf(here, names)?.values.find((value) => value.value === 90)?.ref;
    const settle = { stream: issue?.stream, issue: issue?.id, outcome: 'chosen', reason: 'counted by hand' };
    const wrong = await here.do('settleIssue', { ...settle, keep: 'AAAAAAAAAAA.0' }, PATHOLOGIST);
    expect(wrong.ok ? 'done' : wrong.rejection.code).toBe('value-not-of-result');
    await here.done('settleIssue', { ...settle, keep }, PATHOLOGIST);
    expect(issueCodes(here)).toEqual([]);
    expect(resultOf(here, names)).toMatchObject({ current: { value: 90 }, rivals: [] });
    expect(resultOf(here, names)?.values).toHaveLength(2);
    const again = await here.do('settleIssue', settle, PATHOLOGIST);
    expect(again.ok ? 'done' : again.rejection.code).toBe('issue-settled-already');
    expect(await step(here, ['validateTechnically', byAccession, TECHNICIAN], names)).toBe('done');
  });

  test('a report released while the result was amended elsewhere: the report shows the older value, by reference', async () => {
    const here = hospitalWorld();
    const names = await resulted(here, 'technical');
    await here.done('validateMedically', byAccession(names), PATHOLOGIST);
    const there = here.fork('there');
    const released = await here.done<{ report: StreamId }>('releaseReport', byAccession(names), PATHOLOGIST);
    await there.done('amendResult', { ...plt(90)(names), reason: 'recounted' }, PATHOLOGIST);
    here.meet(there);
    const report = here.document<{ versions: { lines: { valueRef: string }[] }[] }>(released.report)?.state;
    expect(report?.versions.at(-1)?.lines[0]?.valueRef).not.toBe(resultOf(here, names)?.current?.ref);
    // Released again, knowing both: the report is right again.
    await here.done('releaseReport', byAccession(names), PATHOLOGIST);
    expect(here.document<typeof report>(released.report)?.state?.versions.at(-1)?.lines[0]?.valueRef).toBe(
      resultOf(here, names)?.current?.ref,
    );
  });

  test('a cloned desk that repeats an accession number: never merged, nothing is reported', async () => {
    const here = hospitalWorld();
    const clone = here.fork('clone', { clone: true });
    const [a, b] = [await registered(here, ['PLT']), await registered(clone, ['PLT'], { name: 'Ram Lal', sex: 'male' })];
    expect(a.accession).toBe(b.accession);
    expect(a.uhid).toBe(b.uhid);
    await here.done('collectSpecimen', { accession: a.accession }, PHLEBOTOMIST);
    await here.done('receiveSpecimen', { accession: a.accession }, TECHNICIAN);
    here.meet(clone);
    expect(issueCodes(here)).toEqual(['accession-used-twice']);
    expect(specimenOf(here, a as unknown as Record<string, string>)).toMatchObject({
      status: 'on-hold',
      hold: 'identity-disputed',
      patient: undefined,
    });
    expect(here.byNumber(a.uhid, 'patient')).toHaveLength(2);
    const order = await here.do('placeOrder', { uhid: a.uhid, tests: ['PLT'] }, CLERK);
    expect(order.ok ? 'done' : order.rejection.code).toBe('number-on-two-patients');
    expect(await step(here, ['enterResult', plt(200), TECHNICIAN], { accession: a.accession })).toBe('specimen-identity-disputed');
  });
});
