// The part of an input that says who somebody is, as a desk types it, and what is kept of it.
import { ageInput, toldAge, type AgeAsTold, type AgeInput } from '#kernel/shared/age.ts';
import { address, personName, phone, relation, sex, text } from '#kernel/shared/fields.ts';
import type { Rejection } from '#kernel/shared/rejection.ts';
import { dateAt, plainDateSchema, type Instant, type PlainDate } from '#kernel/shared/time.ts';

export const demographicInput = {
  name: personName.optional(),
  nameHi: personName.optional(),
  sex: sex.optional(),
  /** Age as told; leave it out (or give neither it nor a birth date) when nobody knows. */
  age: ageInput.optional(),
  birthDate: plainDateSchema.optional(),
  relation: relation.optional(),
  phone: phone.optional(),
  address: address.optional(),
  category: text(40).optional(),
};

interface AgeGiven {
  readonly age?: AgeInput | undefined;
  readonly birthDate?: string | undefined;
}

/** The age as it is kept; undefined when nothing was told; or why it cannot be. */
export function readAge(input: AgeGiven, now: Instant): { readonly age: AgeAsTold | undefined } | { readonly rejection: Rejection } {
  const today = dateAt(now);
  if (input.birthDate !== undefined) {
    if (input.age !== undefined) return { rejection: { code: 'age-and-birth-date', facts: {}, field: 'birthDate' } };
    // Dates as text sort by time. A PC whose clock is a day behind must not refuse a newborn, hence the day of grace.
    if (input.birthDate > dateAt((now + 86_400_000) as Instant))
      return { rejection: { code: 'birth-date-in-future', facts: {}, field: 'birthDate' } };
    return { age: { kind: 'birth', date: input.birthDate as PlainDate } }; // checked by the schema
  }
  return { age: input.age === undefined ? undefined : toldAge(input.age, today) };
}
