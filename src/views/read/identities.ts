// A patient as the comparison of identities takes it, and pairs that people have already judged.
import type { Document } from '#kernel/shared/document.ts';
import type { Identity } from '#kernel/patient/duplicates.ts';
import type { PatientState } from '#kernel/patient/patient.ts';

export function identityOf({ state }: Document<PatientState>): Identity {
  return {
    name: state.name,
    nameHi: state.nameHi,
    sex: state.sex,
    age: state.age,
    relation: state.relation,
    phone: state.phone,
    address: state.address,
    aliases: state.aliases,
    unknown: state.status === 'unknown',
  };
}

/** At the registration of one somebody saw the other and said "different", or they were linked and are one. */
export function judged(a: Document<PatientState>, b: Document<PatientState>): boolean {
  const different = (one: Document<PatientState>, other: Document<PatientState>): boolean =>
    one.state.considered.some(({ patient, outcome }) => patient === other.stream && outcome === 'different');
  return different(a, b) || different(b, a) || a.state.linkedInto !== undefined || b.state.linkedInto !== undefined;
}
