import { expect, test } from 'vitest';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { PlainDate } from '#kernel/shared/time.ts';
import { patientStream } from '#kernel/patient/patient-fold.ts';
import type { PatientState } from '#kernel/patient/patient.ts';
import { nameRowOf } from './from-patient.ts';

const patient = 'patient/AAAAAAAAAAAAAAAA' as StreamId; // 16 letters
const state = (more: Partial<PatientState>): PatientState => ({ ...patientStream.initial, ...more });

test('who it is, and nothing else', () => {
  const row = nameRowOf(
    patient,
    state({
      status: 'registered',
      uhid: '100042000179',
      name: ' Sunita  Devi',
      nameHi: 'सुनीता देवी',
      sex: 'female',
      phone: '0123456789',
      category: 'BPL',
      age: { kind: 'told', value: 34, precision: 'years', asOf: '2026-11-23' as PlainDate },
      relation: { type: 'W/O', name: 'Ramesh' },
      allergyStatus: 'known',
    }),
  );
  expect(row).toEqual({
    patient,
    uhid: '100042000179',
    name: 'Sunita Devi',
    nameHi: 'सुनीता देवी',
    sex: 'female',
    born: { fromDay: 7997, toDay: 8362 },
    relation: { type: 'W/O', name: 'Ramesh' },
    phone: '0123456789',
  });
  expect(new Date(8362 * 86_400_000).toISOString().slice(0, 10)).toBe('1992-11-23');
});

test('a name in Devanagari only is the name; an unknown age is left out', () => {
  expect(nameRowOf(patient, state({ uhid: '1', nameHi: 'राम', age: { kind: 'unknown' } }))).toEqual({
    patient,
    uhid: '1',
    name: 'राम',
    sex: 'unknown',
  });
});

test('nobody without a number or a name', () => {
  expect([
    nameRowOf(patient, state({ uhid: '1' })),
    nameRowOf(patient, state({ name: 'A' })),
    nameRowOf(patient, patientStream.initial),
  ]).toEqual([undefined, undefined, undefined]);
});
