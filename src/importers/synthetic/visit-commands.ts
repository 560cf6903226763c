// The commands that synthetic visits give, by name and input: the one place to change when a command changes. It knows no randomness.
import type { Instant } from '#kernel/shared/time.ts';
import type { RejectionReason } from '#kernel/specimen/specimen.ts';
import type { SyntheticPatient } from './patients.ts';

/** A role of the kernel's defaults. */
export type StepRole = 'registration-clerk' | 'doctor' | 'phlebotomist' | 'lab-technician' | 'pathologist';

/** One command of a synthetic visit, as somebody in that role would give it at that time. */
export interface Step {
  /** The time at which it happened: give it as the event's time of occurrence, or set the replica's clock to it. */
  readonly at: Instant;
  readonly as: StepRole;
  readonly do: string;
  readonly with: Readonly<Record<string, unknown>>;
  /** The same for the same seed: use it as command id, so that a repeated load has no second effect. */
  readonly key: string;
}

/** What the replica said: the command's result, or undefined when it was refused. */
export type StepResult = Readonly<Record<string, unknown>> | undefined;

type Order = Pick<Step, 'as' | 'do' | 'with'>;

export function registerPatient(patient: SyntheticPatient): Order {
  const { name, nameHi, sex, age, relation, phone, address } = patient;
  return {
    as: 'registration-clerk',
    do: 'registerPatient',
    with: {
      name,
      ...(nameHi === undefined ? {} : { nameHi }),
      sex,
      age,
      relation: { type: relation.kind, name: relation.name },
      ...(phone === undefined ? {} : { phone }),
      address: { village: address.village, district: address.district, state: address.state },
    },
  };
}

export function startVisit(uhid: string, department: string): Order {
  return { as: 'registration-clerk', do: 'startVisit', with: { uhid, department } };
}

export function placeOrder(uhid: string, tests: readonly string[], urgent: boolean): Order {
  return { as: 'doctor', do: 'placeOrder', with: { uhid, tests, ...(urgent ? { urgency: 'urgent' } : {}) } };
}

export function collectSpecimen(accession: string, at: Instant): Order {
  return { as: 'phlebotomist', do: 'collectSpecimen', with: { accession, collectedAt: at } };
}

export function receiveSpecimen(accession: string): Order {
  return { as: 'lab-technician', do: 'receiveSpecimen', with: { accession } };
}

export function rejectSpecimen(accession: string, reason: RejectionReason): Order {
  return { as: 'lab-technician', do: 'rejectSpecimen', with: { accession, reason } };
}

export function enterResult(accession: string, test: string, value: string, unit: string): Order {
  return { as: 'lab-technician', do: 'enterResult', with: { accession, test, value, unit } };
}

/** Told to the ward or clinic and read back: with less the call cannot be closed. */
export function callCritical(accession: string, test: string, told: readonly [name: string, role: string], at: Instant): Order {
  const [toldName, toldRole] = told;
  return {
    as: 'lab-technician',
    do: 'recordCriticalCall',
    with: { accession, test, attempt: 'reached', toldName, toldRole, at, readBack: true },
  };
}

/** Nobody picked up the telephone: the call stays open. */
export function callInVain(accession: string, test: string, at: Instant): Order {
  return { as: 'lab-technician', do: 'recordCriticalCall', with: { accession, test, attempt: 'not-reached', at } };
}

export function closeCall(accession: string, test: string): Order {
  return { as: 'lab-technician', do: 'closeCriticalCall', with: { accession, test } };
}

/** All results of the tube that can be. */
export function validateTechnically(accession: string): Order {
  return { as: 'lab-technician', do: 'validateTechnically', with: { accession } };
}

export function validateMedically(accession: string): Order {
  return { as: 'pathologist', do: 'validateMedically', with: { accession } };
}

export function releaseReport(order: string): Order {
  return { as: 'pathologist', do: 'releaseReport', with: { order } };
}

/** The tubes of a placed order, each with the codes of its tests where the result names them. */
export function specimensOf(result: StepResult): readonly { readonly accession: string; readonly tests: readonly string[] }[] {
  const list = result?.['specimens'];
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown) => {
    if (typeof item !== 'object' || item === null || !('accession' in item) || typeof item.accession !== 'string') return [];
    const tests =
      'tests' in item && Array.isArray(item.tests) ? item.tests.map((test: unknown) => codeOf(test)).filter((code) => code !== '') : [];
    return [{ accession: item.accession, tests }];
  });
}

function codeOf(test: unknown): string {
  if (typeof test === 'string') return test;
  if (typeof test === 'object' && test !== null && 'test' in test && typeof test.test === 'string') return test.test;
  return '';
}

export function textOf(result: StepResult, key: string): string | undefined {
  const value = result?.[key];
  return typeof value === 'string' ? value : undefined;
}
