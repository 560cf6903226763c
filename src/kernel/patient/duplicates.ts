// Is this the same person? Three outcomes: same, ask, new. First names gate it (siblings share all but them), and the household counts once. Never merges anything.
import { birthInterval, type AgeAsTold } from '#kernel/shared/age.ts';
import type { Sex } from '#kernel/shared/fields.ts';
import { nameWords, soundKey } from '#kernel/shared/name-search.ts';
import { daysBetween } from '#kernel/shared/time.ts';

export interface Identity {
  readonly name?: string | undefined;
  readonly nameHi?: string | undefined;
  readonly sex: Sex;
  readonly age?: AgeAsTold | undefined;
  readonly relation?: { readonly type: string; readonly name: string } | undefined;
  readonly phone?: string | undefined;
  readonly address?:
    | { readonly village?: string | undefined; readonly district?: string | undefined; readonly pin?: string | undefined }
    | undefined;
  readonly aliases?: readonly { readonly system: string; readonly value: string }[] | undefined;
  /** Unconscious or unable to say: nothing that is known of them is evidence. */
  readonly unknown?: boolean | undefined;
}

export interface Likeness {
  readonly outcome: 'same' | 'ask' | 'new';
  readonly score: number;
  /** Why, as words for the screen's own sentences. */
  readonly reasons: readonly string[];
}

/** Hand weights with the first-name gate did best on labelled pairs (facts/india.md section 4): recall 0.85, precision 0.87. */
const SAME_FROM = 7;
const ASK_FROM = 4.5;
/** Twins differ in nothing that a form holds, so the newborn are never called the same. */
const NEWBORN_DAYS = 90;
const YEAR_DAYS = 365.25;

/** How common a name's key is among the patients here, 0 (rare) to 1 (very common); without a count, the middle. */
export type Commonness = (key: string) => number;

interface Names {
  readonly first: ReadonlySet<string>;
  readonly rest: ReadonlySet<string>;
}

function namesOf(identity: Identity): Names {
  const first = new Set<string>();
  const rest = new Set<string>();
  for (const name of [identity.name, identity.nameHi]) {
    if (name === undefined) continue;
    const [given, ...others] = nameWords(name);
    if (given !== undefined) first.add(soundKey(given));
    for (const other of others) rest.add(soundKey(other));
  }
  return { first, rest };
}

function shares(a: ReadonlySet<string>, b: ReadonlySet<string>): string | undefined {
  return [...a].find((key) => b.has(key));
}

function digits(phone: string | undefined): string | undefined {
  const all = phone?.replace(/\D/g, '').slice(-10);
  return all === undefined || all.length < 7 ? undefined : all;
}

/** Phone, relation and place come from one household and are one piece of evidence: the strongest, and a little for each more. */
function household(a: Identity, b: Identity, reasons: string[]): number {
  const parts: number[] = [];
  const phone = digits(a.phone);
  if (phone !== undefined && phone === digits(b.phone)) {
    parts.push(3);
    reasons.push('phone');
  }
  if (a.relation !== undefined && b.relation !== undefined && a.relation.type === b.relation.type) {
    const other = nameWords(b.relation.name).map(soundKey);
    const [first] = nameWords(a.relation.name).map(soundKey);
    if (first !== undefined && first === other[0]) {
      parts.push(2.5);
      reasons.push('relation');
    }
  }
  const samePlace = (field: 'village' | 'district') => {
    const [left, right] = [a.address?.[field], b.address?.[field]];
    return (
      left !== undefined && right !== undefined && nameWords(left).map(soundKey).join(' ') === nameWords(right).map(soundKey).join(' ')
    );
  };
  if (samePlace('village') && (samePlace('district') || a.address?.pin === b.address?.pin)) {
    parts.push(2);
    reasons.push('village');
  } else if (samePlace('district')) {
    parts.push(0.5);
    reasons.push('district');
  }
  const strongest = Math.max(0, ...parts);
  return strongest + Math.max(0, parts.length - 1) * 0.5;
}

/** Years between the birth intervals, 0 when they overlap; undefined when one is unknown. */
function birthGapYears(a: Identity, b: Identity): number | undefined {
  const [left, right] = [birthInterval(a.age), birthInterval(b.age)];
  if (left === undefined || right === undefined) return undefined;
  const gap = Math.max(daysBetween(left.to, right.from), daysBetween(right.to, left.from), 0);
  return gap / YEAR_DAYS;
}

function isNewborn(identity: Identity): boolean {
  const born = birthInterval(identity.age);
  if (born === undefined || identity.age === undefined) return false;
  // Judged on the day when the age was told; a date of birth alone does not say when it was told, so only young ages as told count there.
  if (identity.age.kind === 'told') return daysBetween(born.to, identity.age.asOf) < NEWBORN_DAYS;
  return false;
}

const NEW = (score: number, reasons: readonly string[]): Likeness => ({ outcome: 'new', score, reasons });

export function compareIdentities(a: Identity, b: Identity, commonness: Commonness = () => 0.5): Likeness {
  const reasons: string[] = [];
  const shared = a.aliases?.some((one) => b.aliases?.some((other) => other.system === one.system && other.value === one.value)) === true;
  if (shared) reasons.push('number');
  if (a.unknown === true || b.unknown === true) return shared ? { outcome: 'ask', score: 0, reasons } : NEW(0, reasons);
  const [left, right] = [namesOf(a), namesOf(b)];
  const first = shares(left.first, right.first);
  const swapped = first === undefined && shares(left.first, right.rest) !== undefined && shares(left.rest, right.first) !== undefined;
  if (first === undefined && !swapped) return shared ? { outcome: 'ask', score: 0, reasons } : NEW(0, reasons);
  reasons.push(swapped ? 'names-swapped' : 'first-name');
  const otherSex = a.sex !== b.sex && a.sex !== 'unknown' && b.sex !== 'unknown';
  if (otherSex) return shared ? { outcome: 'ask', score: 0, reasons } : NEW(0, reasons);

  let score = swapped ? 1.5 : 2 + (0.5 - commonness(first ?? '')) * 2;
  if (a.sex === b.sex && a.sex !== 'unknown') score += 0.5;
  if (left.rest.size > 0 && right.rest.size > 0) {
    const rest = shares(left.rest, right.rest);
    if (rest !== undefined) reasons.push('other-names');
    score += rest === undefined ? -1 : swapped ? 1 : 1.5 + (0.5 - commonness(rest));
  }
  const gap = birthGapYears(a, b);
  if (gap !== undefined) {
    if (gap > 8) return shared ? { outcome: 'ask', score, reasons } : NEW(score - 4, reasons);
    score += gap === 0 ? 2 : gap <= 1 ? 1.5 : gap <= 3 ? 1 : -1.5;
    if (gap <= 3) reasons.push('birth');
  }
  score += household(a, b, reasons);
  if (shared) return { outcome: isNewborn(a) || isNewborn(b) ? 'ask' : 'same', score, reasons };
  if (score < ASK_FROM) return NEW(score, reasons);
  // Without an age on both sides nothing tells mother-in-law from daughter-in-law of one name in one house.
  const sure = score >= SAME_FROM && gap !== undefined && gap <= 3 && !isNewborn(a) && !isNewborn(b);
  return { outcome: sure ? 'same' : 'ask', score, reasons };
}
