// How the facts about one patient make the picture of it; contradictions of desks that did not know each other become issues.
import type { FoldContext } from '#kernel/shared/document.ts';
import type { FoldEvent } from '#kernel/shared/event.ts';
import type { EventRef } from '#kernel/shared/ids.ts';
import { defineStream, type Handlers } from '#kernel/shared/stream.ts';
import { sameData } from '#kernel/shared/same.ts';
import { demographics, patientEvents, type DemographicField, type Demographics, type PatientState } from './patient.ts';
import { countSlip } from './slip-copies.ts';

const INITIAL: PatientState = {
  status: 'none',
  uhid: undefined,
  legacy: false,
  name: undefined,
  nameHi: undefined,
  sex: 'unknown',
  age: undefined,
  relation: undefined,
  phone: undefined,
  address: undefined,
  category: undefined,
  aliases: [],
  unknown: undefined,
  considered: [],
  linkedInto: undefined,
  linkRefs: [],
  unlinked: [],
  allergyStatus: 'not-asked',
  allergies: [],
  alerts: [],
  withdrawn: [],
  fieldRefs: {},
  origin: undefined,
  registeredAt: undefined,
  copies: 0,
  slips: undefined,
};

const FIELDS = Object.keys(demographics.shape) as readonly DemographicField[]; // the keys of that schema

/** Takes over the fields that `changes` has; a field that another changed unknown to this author becomes an issue. */
function applyFields(state: PatientState, changes: Demographics, event: FoldEvent, context: FoldContext): PatientState {
  const next: Record<string, unknown> = {};
  const fieldRefs: Partial<Record<DemographicField, EventRef>> = { ...state.fieldRefs };
  for (const field of FIELDS) {
    const value = changes[field];
    if (value === undefined) continue;
    const earlier = state.fieldRefs[field];
    if (earlier !== undefined && !context.knows(earlier) && !sameData(state[field], value)) {
      context.issue('patient-corrected-differently', [earlier, event.ref], { field });
    }
    next[field] = value;
    fieldRefs[field] = event.ref;
  }
  return { ...state, ...next, fieldRefs };
}

function withLinks(state: PatientState): PatientState {
  const open = state.linkRefs.filter((link) => !state.unlinked.includes(link.ref));
  return { ...state, linkedInto: open.at(-1)?.into };
}

function withAllergies(state: PatientState): PatientState {
  const open = state.allergies.filter((allergy) => !state.withdrawn.includes(allergy.ref));
  const known = open.some((allergy) => allergy.status === 'known');
  // A known allergy is never hidden by somebody's "none known".
  return { ...state, allergyStatus: known ? 'known' : open.length > 0 ? 'none-known' : 'not-asked' };
}

const on: Handlers<PatientState, typeof patientEvents> = {
  PatientRegistered: (state, data, event, context) => {
    if (state.origin !== undefined && !context.knows(state.origin)) context.issue('patient-stream-begun-twice', [state.origin, event.ref]);
    const next = applyFields(state, data, event, context);
    return {
      ...next,
      status: data.unknown === undefined ? 'registered' : 'unknown',
      uhid: data.uhid,
      legacy: false,
      aliases: [...next.aliases, ...(data.aliases ?? [])],
      unknown: data.unknown,
      considered: data.considered ?? [],
      origin: state.origin ?? event.ref,
      registeredAt: event.occurredAt,
    };
  },
  CardAccepted: (state, data, event, context) => {
    if (state.status !== 'none' && state.status !== 'elsewhere') return state;
    const next = applyFields(state, data, event, context);
    return {
      ...next,
      status: 'elsewhere',
      uhid: data.uhid,
      legacy: data.legacy,
      origin: state.origin ?? event.ref,
      registeredAt: state.registeredAt ?? event.occurredAt,
    };
  },
  PatientCorrected: (state, data, event, context) => applyFields(state, data.changes, event, context),
  AliasAdded: (state, data) =>
    state.aliases.some((alias) => alias.system === data.system && alias.value === data.value)
      ? state
      : { ...state, aliases: [...state.aliases, data] },
  PatientIdentified: (state, data, event, context) => ({
    ...applyFields(state, data, event, context),
    status: state.status === 'elsewhere' ? 'elsewhere' : 'registered',
  }),
  PatientLinked: (state, data, event, context) => {
    for (const link of state.linkRefs) {
      if (!state.unlinked.includes(link.ref) && !context.knows(link.ref) && link.into !== data.into) {
        context.issue('patient-linked-differently', [link.ref, event.ref]);
      }
    }
    return withLinks({ ...state, linkRefs: [...state.linkRefs, { ref: event.ref, into: data.into }] });
  },
  PatientUnlinked: (state, data) => withLinks({ ...state, unlinked: [...new Set([...state.unlinked, ...data.links])] }),
  AllergyRecorded: (state, data, event, context) => {
    for (const other of state.allergies) {
      if (other.status !== data.status && !context.knows(other.ref) && !state.withdrawn.includes(other.ref)) {
        context.issue('allergy-recorded-differently', [other.ref, event.ref]);
      }
    }
    return withAllergies({ ...state, allergies: [...state.allergies, { ...data, ref: event.ref, at: event.occurredAt }] });
  },
  AllergyWithdrawn: (state, data) => withAllergies({ ...state, withdrawn: [...new Set([...state.withdrawn, ...data.allergies])] }),
  AlertRecorded: (state, data, event) => ({ ...state, alerts: [...state.alerts, { ...data, ref: event.ref, at: event.occurredAt }] }),
  AlertWithdrawn: (state, data) => ({ ...state, withdrawn: [...new Set([...state.withdrawn, ...data.alerts])] }),
  PatientPaperPrinted: (state, data) => ({ ...state, copies: state.copies + 1, slips: countSlip(state, data.visit) }),
};

/** A number or alias as it is looked up: without blanks and hyphens, in capitals. */
export function lookupForm(value: string): string {
  return value
    .normalize('NFKC')
    .replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x0966))
    .replace(/[\s-]/g, '')
    .toUpperCase();
}

export const patientStream = defineStream<PatientState, typeof patientEvents>({
  type: 'patient',
  trust: false,
  events: patientEvents,
  initial: INITIAL,
  on,
  numbers: (state) => [
    ...new Set([...(state.uhid === undefined ? [] : [state.uhid]), ...state.aliases.map((alias) => alias.value)].map(lookupForm)),
  ],
  links: (state) => (state.linkedInto === undefined ? [] : [{ rel: 'into', to: state.linkedInto }]),
  unit: (_state, self) => self,
});

/** Allergies and alerts that stand now. */
export function standing<T extends { readonly ref: EventRef }>(state: PatientState, items: readonly T[]): readonly T[] {
  return items.filter((item) => !state.withdrawn.includes(item.ref));
}
