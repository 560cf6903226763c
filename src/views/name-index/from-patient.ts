// One row of the name index from a patient's document. It must not take any clinical fact, alert or issue along.
import { birthInterval } from '#kernel/shared/age.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { DAY_MS } from '#kernel/shared/time.ts';
import type { PatientState } from '#kernel/patient/patient.ts';
import type { NameRow } from './name-row.ts';

/** Blanks as one, so that the parts of a name are what the dictionary counts. */
function tidy(name: string): string {
  return name.trim().replace(/\s+/g, ' ');
}

/**
 * Undefined for a stream that names nobody: no number, or no name in either script.
 * @param intoUhid UHID of the record that this one was linked into, where it was
 */
export function nameRowOf(patient: StreamId, state: PatientState, intoUhid?: string): NameRow | undefined {
  const { uhid, nameHi, relation, phone, sex } = state;
  const name = state.name ?? nameHi;
  if (uhid === undefined || name === undefined) return undefined;
  const born = birthInterval(state.age);
  return {
    patient,
    uhid,
    name: tidy(name),
    ...(nameHi === undefined || state.name === undefined ? {} : { nameHi: tidy(nameHi) }),
    sex,
    ...(born === undefined ? {} : { born: { fromDay: dayOf(born.from), toDay: dayOf(born.to) } }),
    ...(relation === undefined ? {} : { relation: { type: relation.type, name: tidy(relation.name) } }),
    ...(phone === undefined ? {} : { phone }),
    ...(state.linkedInto === undefined || intoUhid === undefined ? {} : { into: { patient: state.linkedInto, uhid: intoUhid } }),
  };
}

function dayOf(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
}
