// Checks: one number on two streams; and its harmless case, a card accepted as told whose record has arrived.
import { parseNumber } from '#kernel/shared/numbers.ts';
import { streamType } from '#kernel/shared/ids.ts';
import type { Document } from '#kernel/shared/document.ts';
import type { PatientState } from '#kernel/patient/patient.ts';
import { lookupForm } from '#kernel/patient/patient-fold.ts';
import type { ViewReader } from '../view.ts';
import { pairs, type CheckQuery, type Contradiction } from './check.ts';

export const NUMBER_TWICE_SQL = 'SELECT number FROM number_twice ORDER BY number LIMIT ?';

async function sharedNumbers(read: ViewReader, limit: number): Promise<readonly (readonly [Document, Document, string])[]> {
  const found: (readonly [Document, Document, string])[] = [];
  for (const row of await read.rows(NUMBER_TWICE_SQL, [limit])) {
    const number = String(row['number']);
    const documents = await read.documents(await read.byNumber(number));
    for (const [a, b] of pairs(documents)) found.push([a, b, number]);
  }
  return found;
}

/** One record was linked into the other, or both into a third: people have said that they are one person. */
function joined(a: PatientState, b: PatientState, first: Document, second: Document): boolean {
  return a.linkedInto === second.stream || b.linkedInto === first.stream || (a.linkedInto !== undefined && a.linkedInto === b.linkedInto);
}

function patientsOf(first: Document, second: Document): readonly [PatientState, PatientState] | undefined {
  if (streamType(first.stream) !== 'patient' || streamType(second.stream) !== 'patient') return undefined;
  return [first.state as PatientState, second.state as PatientState]; // the streams' type says so
}

function contradiction(check: Contradiction['check'], first: Document, second: Document, what: string, number: string): Contradiction {
  const subjects = [first.stream, second.stream].sort();
  const parsed = parseNumber(number);
  // A number of the hospital is shown; an alias may say who a person is and stays on the record.
  const values = parsed.ok ? { number, kind: parsed.kind } : { kind: 'alias' };
  return { check, subjects, says: subjects.map((subject) => ({ what, values: { ...values, type: streamType(subject) } })) };
}

export const numberOnTwoStreams: CheckQuery = {
  check: 'number-on-two-streams',
  async find(read, limit) {
    const shared = await sharedNumbers(read, limit);
    return shared.flatMap(([first, second, number]) => {
      const patients = patientsOf(first, second);
      if (patients !== undefined) {
        const [a, b] = patients;
        if (joined(a, b, first, second) || a.status === 'elsewhere' || b.status === 'elsewhere') return [];
      }
      return [contradiction('number-on-two-streams', first, second, 'bears-number', number)];
    });
  },
};

export const recordElsewhereArrived: CheckQuery = {
  check: 'record-elsewhere-arrived',
  async find(read, limit) {
    const shared = await sharedNumbers(read, limit);
    return shared.flatMap(([first, second, number]) => {
      const patients = patientsOf(first, second);
      if (patients === undefined) return [];
      const [a, b] = patients;
      if (joined(a, b, first, second) || (a.status !== 'elsewhere' && b.status !== 'elsewhere')) return [];
      // Two desks that accepted the same card are one doubt as well.
      if (![a, b].some((state) => state.uhid !== undefined && lookupForm(state.uhid) === number)) return [];
      const found = contradiction('record-elsewhere-arrived', first, second, 'record', number);
      const stateOf = (stream: string): PatientState => (stream === first.stream ? a : b);
      return [
        {
          ...found,
          says: found.says.map((say, index) => {
            const state = stateOf(found.subjects[index] ?? '');
            return { ...say, what: state.status === 'elsewhere' ? 'card-accepted' : 'registered', at: state.registeredAt };
          }),
        },
      ];
    });
  },
};
