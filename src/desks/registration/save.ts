// Turns a filled form into commands, in one go and with keys that make a repeat harmless. It draws nothing.
import type { Rejection } from '#kernel/shared/rejection.ts';
import type { useDo } from '#desk/app/desk-context.tsx';
import { changesOf, type Considered, type Form, whoOf } from './form.ts';

export type Command = ReturnType<typeof useDo>['command'];

export interface Saved {
  readonly uhid: string | undefined;
  readonly patient: string;
  readonly name: string;
  readonly order: string | undefined;
  /** What could not be done after the patient was saved; the patient stands. */
  readonly refused: Rejection | undefined;
}
export type SaveAnswer = { readonly ok: true; readonly saved: Saved } | { readonly ok: false; readonly rejection: Rejection };

interface Registered {
  readonly uhid?: string;
  readonly patient: string;
  readonly name?: string;
  readonly visit?: { readonly visit: string };
  readonly order?: { readonly order: string };
}

export async function saveNew(form: Form, considered: readonly Considered[], key: string, command: Command): Promise<SaveAnswer> {
  const first =
    form.uhidTold === ''
      ? await command<Registered>(
          'registerPatient',
          {
            ...whoOf(form),
            ...(considered.length === 0 ? {} : { considered }),
            ...(form.unknown ? { unknown: form.marks.trim() === '' ? {} : { marks: [form.marks.trim()] } } : {}),
            // One command, one commit: so one slip carries all of it.
            ...(form.department === '' ? {} : { visit: { department: form.department } }),
            ...(form.tests.length === 0 ? {} : { tests: form.tests, urgency: form.urgent ? 'urgent' : 'routine' }),
          },
          key,
        )
      : await command<Registered>('acceptCard', { uhid: form.uhidTold, ...whoOf(form) }, key);
  if (!first.ok) return first;
  const { patient, uhid, name, order } = first.result;
  const who = {
    patient,
    uhid: uhid ?? (form.uhidTold === '' ? undefined : form.uhidTold),
    name: name ?? (form.name === '' ? form.nameHi : form.name),
  };
  // A card as told has no visit in its own command; a new patient has.
  if (form.uhidTold !== '') return saveVisit(form, who, key, command);
  const rest = await saveVisit({ ...form, department: '', tests: [] }, who, key, command);
  return rest.ok ? { ok: true, saved: { ...rest.saved, order: order?.order } } : rest;
}

export interface KnownPatient {
  readonly patient: string;
  readonly uhid: string | undefined;
  readonly name: string;
}

/** Allergies, visit and order of a patient who is registered. Each is its own fact: what fails does not undo the others. */
export async function saveVisit(form: Form, who: KnownPatient, key: string, command: Command): Promise<SaveAnswer> {
  let refused: Rejection | undefined;
  let order: string | undefined;
  const target = { uhid: who.patient };
  if (form.allergy !== 'not-asked') {
    const done = await command(
      'recordAllergy',
      { ...target, status: form.allergy, ...(form.allergy === 'known' ? { substance: form.substance.trim() } : {}) },
      `${key}-allergy`,
    );
    if (!done.ok) refused = done.rejection;
  }
  let visit: string | undefined;
  if (form.department !== '') {
    const done = await command<{ readonly visit: string }>('startVisit', { ...target, department: form.department }, `${key}-visit`);
    if (done.ok) visit = done.result.visit;
    else refused = done.rejection;
  }
  if (form.tests.length > 0) {
    const done = await command<{ readonly order: string }>(
      'placeOrder',
      { ...target, tests: form.tests, ...(form.urgent ? { urgency: 'urgent' } : {}), ...(visit === undefined ? {} : { visit }) },
      `${key}-order`,
    );
    if (done.ok) order = done.result.order;
    else refused = done.rejection;
  }
  return { ok: true, saved: { uhid: who.uhid, patient: who.patient, name: who.name, order, refused } };
}

export async function saveCorrection(
  before: Form,
  after: Form,
  patient: string,
  reason: string,
  key: string,
  command: Command,
): Promise<Rejection | undefined> {
  const changes = changesOf(before, after);
  if (Object.keys(changes).length === 0) return undefined;
  const done = await command(
    'correctPatient',
    { uhid: patient, ...changes, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) },
    key,
  );
  return done.ok ? undefined : done.rejection;
}
