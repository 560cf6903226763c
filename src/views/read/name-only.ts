// People whose record this node does not hold, out of the name index: as screens show them, and as the comparison takes them.
import { ageNow, type AgeAsTold } from '#kernel/shared/age.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { DAY_MS, dateAt, type Instant, type PlainDate } from '#kernel/shared/time.ts';
import type { Identity } from '#kernel/patient/duplicates.ts';
import type { PatientState } from '#kernel/patient/patient.ts';
import type { NameRow } from '../name-index/name-row.ts';
import type { NameMatch } from '../name-index/search.ts';
import { relationShape, type PersonShape } from '../shapes/common.ts';
import type { ViewReader } from '../view.ts';

export interface NameHit {
  readonly match: NameMatch;
  /** Somebody known by name only; or, where it is held after all, the stream of the record. */
  readonly who: { readonly row: NameRow } | { readonly held: StreamId };
}

/** A chain of links longer than this is a mistake that people must look at; the same bound as the kernel's. */
const MAX_LINKS = 8;
/** No month is longer. An interval within it was told in months or days. */
const MONTH_DAYS = 31;
/** Patients that may bear one number. */
const SAME_NUMBER = 5;

/** The interval of days on which somebody can have been born, as an age that gives the same interval. */
export function ageOfBorn(born: NameRow['born']): AgeAsTold | undefined {
  if (born === undefined) return undefined;
  const to = dayText(born.toDay);
  const span = born.toDay - born.fromDay;
  if (span === 0) return { kind: 'birth', date: to };
  return { kind: 'told', value: 0, precision: span < MONTH_DAYS ? 'months' : 'years', asOf: to };
}

export function personOfName(row: NameRow, now: Instant): PersonShape {
  const age = ageOfBorn(row.born);
  const relation = relationShape.safeParse(row.relation);
  return {
    patient: row.patient,
    uhid: row.uhid,
    name: row.name,
    nameHi: row.nameHi ?? null,
    sex: row.sex,
    age: ageNow(age, dateAt(now)) ?? null,
    birthDate: age?.kind === 'birth' ? age.date : null,
    relation: relation.success ? relation.data : null,
    phone: row.phone ?? null,
    village: null,
    unknown: false,
    elsewhere: true,
    mergedInto: row.into?.patient ?? null,
  };
}

export function identityOfName(row: NameRow, now: Instant): Identity {
  return {
    name: row.name,
    nameHi: row.nameHi,
    sex: row.sex,
    age: ageToday(row.born, Math.floor(now / DAY_MS)),
    relation: row.relation,
    phone: row.phone,
  };
}

/**
 * The same births within a day or two, told today: the index does not keep when an age was told, and the comparison takes
 * for newborn who was one when it was told.
 */
function ageToday(born: NameRow['born'], today: number): AgeAsTold | undefined {
  if (born === undefined) return undefined;
  const days = Math.max(0, today - born.toDay);
  const span = born.toDay - born.fromDay;
  const [unitDays, precision] =
    span === 0 ? [1, 'days' as const] : span < MONTH_DAYS ? [365.25 / 12, 'months' as const] : [365.25, 'years' as const];
  const value = Math.floor(days / unitDays);
  return { kind: 'told', value, precision, asOf: dayText(born.toDay + Math.round(value * unitDays)) };
}

function dayText(day: number): PlainDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10) as PlainDate; // ISO dates are plain dates
}

/** Is there a record of this patient here, or only a link that names it? */
async function holds(read: ViewReader, patient: StreamId): Promise<boolean> {
  const document = await read.document<PatientState>(patient);
  return document !== undefined && document.state.status !== 'none';
}

/** The record that the row's patient is worked with now: linked records lead to the one that they were linked into. */
async function survivor(read: ViewReader, row: NameRow): Promise<NameRow | { readonly held: StreamId }> {
  let at = row;
  const seen = new Set<StreamId>([row.patient]);
  while (at.into !== undefined && seen.size <= MAX_LINKS) {
    const { patient, uhid } = at.into;
    if (seen.has(patient)) return at;
    seen.add(patient);
    if (await holds(read, patient)) return { held: patient };
    const next = (await read.names?.search(uhid, SAME_NUMBER))?.rows.find((found) => found.row.patient === patient);
    if (next === undefined) return at;
    at = next.row;
  }
  return at;
}

/** What the index finds beyond the records held here: those are found by themselves, as they are now. */
export async function nameHits(
  read: ViewReader,
  text: string,
  limit: number,
): Promise<{ readonly hits: readonly NameHit[]; readonly more: boolean }> {
  if (read.names === undefined || text === '') return { hits: [], more: false };
  const { rows, more } = await read.names.search(text, limit);
  const hits: NameHit[] = [];
  for (const { row, match } of rows) {
    if (await holds(read, row.patient)) {
      // The record here was linked into one that is elsewhere: that is the one to work with.
      const beyond = row.into === undefined ? row : await survivor(read, row);
      if (!('held' in beyond) && beyond !== row) hits.push({ match, who: { row: beyond } });
      continue;
    }
    // A card accepted as told stands for this number here: it bears the visits made at this desk.
    const [told] = await read.byNumber(row.uhid, 'patient');
    if (told !== undefined) {
      hits.push({ match, who: { held: told } });
      continue;
    }
    const into = row.into === undefined ? row : await survivor(read, row);
    hits.push({ match, who: 'held' in into ? into : { row: into } });
    // Who scanned the old card sees where it leads, and that it is the old one.
    if (into !== row && match === 'number') hits.push({ match, who: { row } });
  }
  return { hits, more };
}

/** The one person of this number or stream whom only the index knows; undefined when there is none, or more than one. */
export async function knownByName(
  read: ViewReader,
  by: { readonly uhid?: string | undefined; readonly patient?: StreamId | undefined },
): Promise<NameRow | undefined> {
  if (by.patient !== undefined) return read.names?.row(by.patient);
  const found = (await read.names?.search(by.uhid ?? '', SAME_NUMBER))?.rows.filter(({ match }) => match === 'number') ?? [];
  const [only] = found;
  if (only === undefined || found.length > 1) return undefined;
  const into = await survivor(read, only.row);
  return 'held' in into ? only.row : into;
}
