// Rows are pure functions of one document: the same for the same state, none for what nobody waits for.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import { checkParts } from '#kernel/check/settle-commands.ts';
import type { PatientState } from '#kernel/patient/patient.ts';
import { patientStream } from '#kernel/patient/patient-fold.ts';
import { askedWords, MATCH_STEPS, matchOf } from '../search/match.ts';
import { patientWords, phoneDigits } from '../search/patient-words.ts';
import { smallHash } from '../search/small-hash.ts';
import { hospitalStory } from '../testing/story.ts';
import { checkKey } from './checks-settled.ts';
import { patientsView } from './patients.ts';
import { specimenWorkView } from './specimen-work.ts';
import { tubeTestsView } from './tube-tests.ts';

const patient = (state: Partial<PatientState>): PatientState => ({
  ...(patientStream.initial as PatientState),
  status: 'registered',
  ...state,
});

describe('words of a patient', () => {
  test('both scripts, sounds once, relation, village, phone forwards and backwards', () => {
    const words = patientWords(
      patient({
        name: 'Smt. Sunita Devi',
        nameHi: 'सुनीता देवी',
        relation: { type: 'W/O', name: 'Ramesh' },
        phone: '+91 98765-43210',
        address: { village: 'Rampur' },
      }),
    );
    expect(words).toEqual(['nsunita', 'ndevi', 'nसुनीता', 'nदेवी', 'ssnt', 'sdv', 'rrms', 'vrmpr', 'p9876543210', 'q0123456789']);
  });
  test('are letters and digits only, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (name) => {
        for (const word of patientWords(patient({ name }))) expect(word).toMatch(/^[nsrvpq][\p{L}\p{M}\p{N}]+$/u);
      }),
    );
  });
  test('a match expression is quoted words joined by our own operators, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constantFrom(...MATCH_STEPS), (typed, step) => {
        const match = matchOf(askedWords(typed), step) ?? '';
        expect(match.replace(/"[nsrvpq][\p{L}\p{M}\p{N}]+"\*?/gu, '').replace(/ AND | OR |[()]/g, '')).toBe('');
      }),
    );
  });
  test('a phone is its last ten digits; fewer than four are none', () => {
    expect(phoneDigits('+91 98765 43210')).toBe('9876543210');
    expect(phoneDigits('098765 43210')).toBe('9876543210');
    expect(phoneDigits('12')).toBeUndefined();
  });
});

describe('keys that find one person twice', () => {
  const keys = (state: Partial<PatientState>) =>
    patientsView
      .rows({ stream: 'patient/aaaaaaaaaaaaaaaa' as never, state: patient(state), heads: [], issues: [], events: 1 })[0]
      ?.slice(1);
  const person = {
    name: 'Mohammed Irfan',
    phone: '9876543210',
    relation: { type: 'S/O', name: 'Abdul' },
    address: { village: 'Rampur' },
  } as const;
  test('another spelling has the same keys, another first name has not', () => {
    expect(keys({ ...person, name: 'Mohamad Irfaan' })).toEqual(keys(person));
    expect(keys({ ...person, name: 'Imran' })).not.toEqual(keys(person));
  });
  test('nothing told, linked or unknown: no key', () => {
    expect(keys({ name: 'Ram' })).toEqual([null, null]);
    expect(keys({ ...person, linkedInto: 'patient/bbbbbbbbbbbbbbbb' as never })).toEqual([null, null]);
    expect(keys({ ...person, status: 'unknown' })).toEqual([null, null]);
  });
  test('a hash is a whole number that SQLite and JavaScript both hold', () => {
    fc.assert(
      fc.property(
        fc.string(),
        (text) => Number.isSafeInteger(smallHash(text)) && smallHash(text) >= 0 && smallHash(text) === smallHash(text),
      ),
    );
  });
});

describe('open work', () => {
  test('a tube is on one list at a time, and its tests only once it was received', async () => {
    const story = hospitalStory();
    const { uhid } = await story.run('registerPatient', { name: 'Ram', sex: 'male', age: { years: 30 } });
    const placed = await story.run('placeOrder', { uhid, tests: ['PLT', 'HGB'] });
    const [tube] = placed['specimens'] as readonly { specimen: string; accession: string }[];
    const look = () => {
      const document = story.documents.find(({ stream }) => stream.startsWith('specimen/'));
      if (document === undefined) throw new Error('no tube');
      const typed = { ...document, state: document.state as SpecimenState }; // the stream's type says so
      return [specimenWorkView.rows(typed).map(([step]) => step), tubeTestsView.rows(typed).map(([slot]) => slot)];
    };
    expect(look()).toEqual([['to-collect'], []]);
    await story.run('collectSpecimen', { accession: tube?.accession });
    expect(look()).toEqual([['to-receive'], []]);
    await story.run('receiveSpecimen', { accession: tube?.accession });
    expect(look()).toEqual([[], [`${tube?.accession} PLT`, `${tube?.accession} HGB`]]);
    await story.run('rejectSpecimen', { accession: tube?.accession, reason: 'clotted' });
    expect(look()).toEqual([[], []]);
  });
  test('a settled check has the key under which the queue looks for it', () => {
    expect(checkKey('patient-registered-twice', ['patient/b', 'patient/a', 'patient/b'])).toBe(
      checkParts('patient-registered-twice', ['patient/a', 'patient/b']).join(' '),
    );
  });
});
