// Makes synthetic patients, household by household, from a seed. Pure: no clock, no global chance. No row stands for a person.
import { FEMALE } from './names/female.ts';
import { MALE } from './names/male.ts';
import type { NameEntry } from './names/name-table.ts';
import { BAI, BEGUM, DEVI, KAUR, KHATOON, KUMARI, SURNAMES } from './names/surnames.ts';
import { STATES, VILLAGES } from './places.ts';
import type { State, Village } from './places.ts';
import { seededRandom, weightedIndex, zipfWeights } from './random.ts';
import type { Random } from './random.ts';

export type Community = keyof typeof FEMALE;
export type SyntheticSex = 'female' | 'male' | 'other';
export type RelationKind = 'S/O' | 'D/O' | 'W/O';

/** As told at the counter: one unit, no date. */
export type AgeTold = { readonly years: number } | { readonly months: number } | { readonly days: number };

export interface SyntheticPatient {
  /** 0, 1, 2 …: the same patient for the same seed, however many are asked for. */
  readonly index: number;
  /** Patients of one household share phone, address and most often the family name. */
  readonly household: number;
  readonly name: string;
  /** Absent where the clerk wrote Latin only. */
  readonly nameHi: string | undefined;
  readonly sex: SyntheticSex;
  readonly age: AgeTold;
  readonly relation: { readonly kind: RelationKind; readonly name: string; readonly nameHi: string };
  /** Ten digits that begin with 0: no number of India does, so it can never ring anywhere. Absent for one in twelve. */
  readonly phone: string | undefined;
  readonly address: { readonly village: string; readonly villageHi: string; readonly district: string; readonly state: string };
}

interface Person {
  readonly name: string;
  readonly nameHi: string;
}

const COMMUNITIES: readonly Community[] = ['north', 'muslim', 'sikh', 'christian', 'bengal', 'south', 'west', 'northeast'];
const drawState = weightedIndex(STATES.map((state) => state.weight));
const drawCommunity = new Map<State, (random: Random) => number>(
  STATES.map((state) => [state, weightedIndex(COMMUNITIES.map((community) => state.communities[community] ?? 0))]),
);
const drawDistrict = new Map<State, (random: Random) => number>(
  STATES.map((state) => [state, weightedIndex(zipfWeights(state.districts.length, 0.6))]),
);

function drawers(
  tables: Readonly<Record<Community, readonly NameEntry[]>>,
  exponent: number,
): Readonly<Record<Community, (random: Random) => number>> {
  const entry = (community: Community): readonly [Community, (random: Random) => number] => [
    community,
    weightedIndex(zipfWeights(tables[community].length, exponent)),
  ];
  return Object.fromEntries(COMMUNITIES.map(entry)) as Readonly<Record<Community, (random: Random) => number>>; // one entry for each
}
// Family names are far more unequal than first names (in the Hindi belt Kumar and Singh alone are a third of the roll).
const drawFemale = drawers(FEMALE, 0.7);
const drawMale = drawers(MALE, 0.7);
const drawSurname = drawers(SURNAMES, 1.05);

/** One spelling in seven is not the common one. */
function spelled(random: Random, entry: NameEntry): string {
  return entry.variants.length > 0 && random.chance(0.14) ? random.pick(entry.variants) : entry.latin;
}

function joined(random: Random, ...parts: readonly NameEntry[]): Person {
  let name = '';
  let nameHi = '';
  for (const part of parts) {
    name = name === '' ? spelled(random, part) : `${name} ${spelled(random, part)}`;
    nameHi = nameHi === '' ? part.devanagari : `${nameHi} ${part.devanagari}`;
  }
  return { name, nameHi };
}

function surnameOf(random: Random, community: Community): NameEntry {
  return SURNAMES[community][drawSurname[community](random)]!; // drawn below the table's length
}

function man(random: Random, community: Community, surname: NameEntry): Person {
  const first = MALE[community][drawMale[community](random)]!; // drawn below the table's length
  if (random.chance(0.06)) return joined(random, first); // single names are legal and common
  if (community === 'north' && random.chance(0.18) && surname.latin !== 'Kumar') return joined(random, first, SURNAMES.north[0]!, surname); // Kumar
  return joined(random, first, surname);
}

function woman(random: Random, community: Community, surname: NameEntry, married: boolean): Person {
  const first = FEMALE[community][drawFemale[community](random)]!; // drawn below the table's length
  const style = random.fraction();
  if (style < 0.07) return joined(random, first);
  if (community === 'sikh') return joined(random, first, KAUR);
  if (community === 'muslim') return style < 0.3 ? joined(random, first, married ? BEGUM : KHATOON) : joined(random, first, surname);
  if (community === 'west' && style < 0.25) return joined(random, first, BAI);
  if (community === 'north' || community === 'northeast') {
    if (married && style < 0.55) return joined(random, first, DEVI);
    if (!married && style < 0.35) return joined(random, first, KUMARI);
  }
  return joined(random, first, surname);
}

/** Ages as told: heaped on full fives from 20 on, exact for children, in days and months for infants. */
function ageTold(random: Random, adult: boolean): AgeTold {
  if (!adult) {
    const kind = random.fraction();
    if (kind < 0.06) return { days: random.between(1, 28) };
    if (kind < 0.2) return { months: random.between(1, 23) };
    return { years: random.between(2, 17) };
  }
  const years = Math.min(96, Math.max(18, Math.round(42 + random.normal() * 16)));
  const told = years >= 20 && random.chance(0.42) ? Math.round(years / 5) * 5 : years;
  return { years: told };
}

const HOUSEHOLD_SIZE = weightedIndex([52, 22, 13, 8, 4, 1]);

interface Household {
  readonly number: number;
  readonly community: Community;
  readonly surname: NameEntry;
  readonly head: Person;
  readonly phone: string | undefined;
  readonly state: State;
  readonly district: string;
  readonly village: Village;
}

function makeHousehold(random: Random, number: number): Household {
  const state = STATES[drawState(random)]!; // drawn below the length
  const community = COMMUNITIES[drawCommunity.get(state)!(random)]!; // every state has a drawer; drawn below the length
  const surname = surnameOf(random, community);
  const phone = random.chance(0.92) ? `0${String(random.below(1_000_000_000)).padStart(9, '0')}` : undefined;
  return {
    number,
    community,
    surname,
    head: man(random, community, surname),
    phone,
    state,
    district: state.districts[drawDistrict.get(state)!(random)]!.latin, // as above
    village: VILLAGES[random.below(VILLAGES.length)]!, // below the length
  };
}

function makeMember(random: Random, home: Household, index: number, position: number): SyntheticPatient {
  const adult = position === 0 ? random.chance(0.8) : random.chance(0.55);
  const sexDraw = random.fraction();
  const sex: SyntheticSex = sexDraw < 0.512 ? 'female' : sexDraw < 0.9985 ? 'male' : 'other';
  const married = adult && sex === 'female' && random.chance(0.8);
  const person = sex === 'female' ? woman(random, home.community, home.surname, married) : man(random, home.community, home.surname);
  const kind: RelationKind = married ? 'W/O' : sex === 'female' ? 'D/O' : 'S/O';
  // Grown-up men and women of one household are not all children of its head.
  const related = position === 0 || random.chance(0.7) ? home.head : man(random, home.community, home.surname);
  return {
    index,
    household: home.number,
    name: person.name,
    nameHi: random.chance(0.7) ? person.nameHi : undefined,
    sex,
    age: ageTold(random, adult),
    relation: { kind, name: related.name, nameHi: related.nameHi },
    phone: home.phone,
    address: { village: home.village.name, villageHi: home.village.nameHi, district: home.district, state: home.state.name },
  };
}

/** @param count how many; the first `n` are the same for every `count`. */
export function* generatePatients(seed: string | number, count: number): Generator<SyntheticPatient, void, undefined> {
  const random = seededRandom(seed).fork('patients');
  let index = 0;
  for (let number = 0; index < count; number += 1) {
    const home = makeHousehold(random, number);
    const size = HOUSEHOLD_SIZE(random) + 1;
    for (let position = 0; position < size && index < count; position += 1) {
      yield makeMember(random, home, index, position);
      index += 1;
    }
  }
}
