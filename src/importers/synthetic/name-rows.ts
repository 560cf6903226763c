// Rows of the name index of a synthetic hospital, for benches: the patients of the generator with numbers, streams and rare names.
import { ageInput, birthInterval, toldAge } from '#kernel/shared/age.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { SERIALS_PER_RANGE, makeNumber } from '#kernel/shared/numbers.ts';
import { DAY_MS } from '#kernel/shared/time.ts';
import type { PlainDate } from '#kernel/shared/time.ts';
import type { NameRow } from '#views/name-index/name-row.ts';
import { generatePatients } from './patients.ts';
import type { AgeTold } from './patients.ts';
import { seededRandom } from './random.ts';
import type { Random } from './random.ts';

/** One name in ten has a word of these: real rolls have a long tail that the tables of the generator lack. */
const RARE_WORDS = 120_000;
const RARE_SHARE = 0.1;
const CONSONANTS = ['k', 'g', 'ch', 'j', 't', 'd', 'n', 'p', 'b', 'm', 'r', 'l', 'v', 's', 'sh', 'h', 'th', 'kh', 'bh', 'dh'] as const;
const VOWELS = ['a', 'i', 'u', 'e', 'o', 'aa'] as const;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Registrations of one device before the next: serials are taken in blocks, and devices die. */
const MEAN_PER_RANGE = 5000;

/** @param asOf the day on which all ages were told. The first `n` rows are the same for every `count`. */
export function* generateNameRows(seed: string | number, count: number, asOf: PlainDate): Generator<NameRow, void, undefined> {
  const random = seededRandom(seed).fork('name-rows');
  const rare = Array.from({ length: RARE_WORDS }, () => rareWord(random));
  const ages = new Map<string, NonNullable<NameRow['born']>>();
  let range = random.below(3000);
  let serial = -1;
  for (const patient of generatePatients(seed, count)) {
    serial += 1;
    if (serial >= SERIALS_PER_RANGE || random.chance(1 / MEAN_PER_RANGE)) {
      // Ranges go up, so that no number is given twice.
      range += 1 + random.below(20);
      serial = 0;
    }
    const [first = patient.name] = patient.name.split(' ');
    yield {
      patient: streamOf(random),
      uhid: makeNumber('uhid', range, serial),
      name: random.chance(RARE_SHARE) ? `${first} ${random.pick(rare)}` : patient.name,
      ...(patient.nameHi === undefined ? {} : { nameHi: patient.nameHi }),
      sex: patient.sex,
      born: earlier(bornOf(ages, patient.age, asOf), random.below(3000)),
      relation: { type: patient.relation.kind, name: patient.relation.name },
      ...(patient.phone === undefined ? {} : { phone: patient.phone }),
    };
  }
}

function rareWord(random: Random): string {
  let word = '';
  for (let syllables = random.between(2, 4); syllables > 0; syllables -= 1) word += random.pick(CONSONANTS) + random.pick(VOWELS);
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function streamOf(random: Random): StreamId {
  let id = '';
  for (let i = 0; i < 16; i += 1) id += LETTERS[random.below(64)];
  return `patient/${id}` as StreamId; // 16 letters of base64url
}

function bornOf(ages: Map<string, NonNullable<NameRow['born']>>, age: AgeTold, asOf: PlainDate): NonNullable<NameRow['born']> {
  const key = JSON.stringify(age);
  const known = ages.get(key);
  if (known !== undefined) return known;
  const interval = birthInterval(toldAge(ageInput.parse(age), asOf));
  if (interval === undefined) throw new TypeError('invariant: an age told gives an interval');
  const day = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
  const born = { fromDay: day(interval.from), toDay: day(interval.to) };
  ages.set(key, born);
  return born;
}

/** The age was told on an earlier day. */
function earlier(born: NonNullable<NameRow['born']>, days: number): NonNullable<NameRow['born']> {
  return { fromDay: born.fromDay - days, toDay: born.toDay - days };
}
