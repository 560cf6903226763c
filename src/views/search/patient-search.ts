// Finds patients by a number, pieces of a phone, or a name in either script, best first. Candidates are capped: who types more sees fewer.
import { ageInDays, type AgeAsTold } from '#kernel/shared/age.ts';
import type { Document } from '#kernel/shared/document.ts';
import { streamType, type StreamId } from '#kernel/shared/ids.ts';
import { nameWords } from '#kernel/shared/name-search.ts';
import { parseNumber } from '#kernel/shared/numbers.ts';
import { dateAt } from '#kernel/shared/time.ts';
import { lookupForm } from '#kernel/patient/patient-fold.ts';
import type { PatientState } from '#kernel/patient/patient.ts';
import type { QueryResult } from '../query-signatures.ts';
import { patientOf } from '../read/any-document.ts';
import { ageOfBorn, nameHits, personOfName, type NameHit } from '../read/name-only.ts';
import { personOf } from '../read/persons.ts';
import type { NameRow } from '../name-index/name-row.ts';
import type { PatientRow } from '../shapes/patients.ts';
import type { ViewReader } from '../view.ts';
import { askedWords, MATCH_STEPS, matchOf, MIN_PHONE_DIGITS, type AskedWords, type MatchStep } from './match.ts';
import { plain } from './plain.ts';

type Found = QueryResult<'patients'>;
type PatientDocument = Document<PatientState>;

/** Of one step at most so many are looked at and sorted, or a few more than are shown; the newest registrations, when there are more. */
export const CANDIDATE_LIMIT = 60;
const candidatesFor = (limit: number): number => Math.max(CANDIDATE_LIMIT, limit + 20);
/** Of the name index so many are looked at, or as many as are shown; it tells the best first. */
const NAME_LIMIT = 40;
const AGE_SLACK_YEARS = 2;
const DAYS_IN_YEAR = 365.25;

export const SEARCH_SQL = {
  words:
    'SELECT d.stream AS stream FROM patient_words JOIN documents d ON d.id = patient_words.rowid WHERE patient_words MATCH ? ORDER BY patient_words.rowid DESC LIMIT ?',
  /** The second value is the first with its last digit raised: the end of the range. CROSS and the plus sign keep SQLite from
   * walking through all patients instead (60 ms at 1.5 million). */
  numberPrefix: `SELECT d.stream AS stream FROM (SELECT number, doc FROM numbers WHERE number >= ? AND number < ? ORDER BY number LIMIT ?) x
    CROSS JOIN documents d ON d.id = x.doc WHERE +d.type = 'patient' ORDER BY x.number`,
} as const;

/** A record held here, or somebody known by name only: both are sorted as one list. */
interface Candidate {
  readonly stream: StreamId;
  readonly name: string | undefined;
  readonly nameHi: string | undefined;
  readonly uhid: string | undefined;
  readonly linked: boolean;
  readonly row: Omit<PatientRow, 'match'>;
}

class Hits {
  readonly rows = new Map<StreamId, PatientRow>();
  /** A step gave as many as it may: there are more. */
  capped = false;
  readonly #read: ViewReader;
  constructor(read: ViewReader) {
    this.#read = read;
  }

  /** Adds those that are not there yet, in this order. */
  add(candidates: readonly Candidate[], match: PatientRow['match']): void {
    for (const { stream, row } of candidates) if (!this.rows.has(stream)) this.rows.set(stream, { ...row, match });
  }

  async held(streams: readonly StreamId[]): Promise<readonly Candidate[]> {
    const documents = await this.#read.documents<PatientState>(streams.filter((stream) => !this.rows.has(stream)));
    return this.fresh(documents);
  }

  /** Of these documents, those that are a patient's and not there yet. */
  fresh(documents: readonly PatientDocument[]): readonly Candidate[] {
    return documents
      .filter(({ stream, state }) => state.status !== 'none' && !this.rows.has(stream))
      .map((document) => candidateOf(document, this.#read));
  }

  async byStreams(streams: readonly StreamId[], match: PatientRow['match']): Promise<void> {
    this.add(await this.held(streams), match);
  }

  /** Those of the index's hits that matched so. */
  async named(hits: readonly NameHit[], match: PatientRow['match']): Promise<readonly Candidate[]> {
    const out: Candidate[] = [];
    for (const { who } of hits.filter((hit) => hit.match === match))
      out.push(...('held' in who ? await this.held([who.held]) : [candidateOfName(who.row, this.#read)]));
    return out;
  }
}

function candidateOf(document: PatientDocument, read: ViewReader): Candidate {
  const { stream, state } = document;
  const { name, nameHi, uhid } = state;
  return {
    stream,
    name,
    nameHi,
    uhid,
    linked: state.linkedInto !== undefined,
    row: { ...personOf(document, read.now), recordHere: document.events > 0 },
  };
}

function candidateOfName(row: NameRow, read: ViewReader): Candidate {
  return {
    stream: row.patient,
    name: row.name,
    nameHi: row.nameHi,
    uhid: row.uhid,
    linked: row.into !== undefined,
    row: { ...personOfName(row, read.now), recordHere: false },
  };
}

export async function searchPatients(read: ViewReader, search: string, limit: number): Promise<Found> {
  const text = search.trim();
  const compact = lookupForm(text).replace(/^\+/, '');
  const hits = new Hits(read);
  if (compact === '') return { rows: [], more: false, asked: 'nothing', problem: null };
  await addNumber(read, hits, compact);
  if (/^\d+$/.test(compact)) {
    const named = await nameHits(read, compact, Math.max(limit + 1, NAME_LIMIT));
    hits.add(await hits.named(named.hits, 'number'), 'number');
    if (compact.length >= MIN_PHONE_DIGITS && hits.rows.size === 0) {
      await addDigits(read, hits, compact, limit, named.hits);
      hits.capped ||= named.more;
    }
    return digitsAnswer(hits, compact, limit);
  }
  const asked = askedWords(text);
  const named = await nameHits(read, asked.words.join(' '), Math.max(limit + 1, NAME_LIMIT));
  const fitting = named.hits.filter(({ who }) => 'held' in who || nameFits(read, who.row, asked));
  hits.capped ||= named.more;
  for (const step of MATCH_STEPS) {
    if (hits.rows.size > limit) break;
    await addStep(read, hits, asked, step, candidatesFor(limit), fitting);
  }
  const rows = [...hits.rows.values()];
  return { rows: rows.slice(0, limit), more: hits.capped || rows.length > limit, asked: 'name', problem: null };
}

/** Any number or alias: of the patient, or of an order, tube or report of the patient. */
async function addNumber(read: ViewReader, hits: Hits, number: string): Promise<void> {
  for (const stream of await read.byNumber(number)) {
    const patient = streamType(stream) === 'patient' ? stream : await patientBehind(read, stream);
    if (patient === undefined) continue;
    const [document] = await read.documents<PatientState>([patient]);
    // The record that a linked one was linked into comes first: it is the one to work with.
    if (document?.state.linkedInto !== undefined) await hits.byStreams([document.state.linkedInto], 'number');
    await hits.byStreams([patient], 'number');
  }
}

async function patientBehind(read: ViewReader, stream: StreamId): Promise<StreamId | undefined> {
  const document = await read.document(stream);
  return document === undefined ? undefined : patientOf(document);
}

async function addDigits(read: ViewReader, hits: Hits, digits: string, limit: number, named: readonly NameHit[]): Promise<void> {
  const end = digits.slice(0, -1) + String.fromCharCode(digits.charCodeAt(digits.length - 1) + 1);
  const prefixed = await read.rows(SEARCH_SQL.numberPrefix, [digits, end, candidatesFor(limit)]);
  await hits.byStreams(streamsOf(prefixed), 'number');
  hits.capped ||= prefixed.length >= candidatesFor(limit);
  if (hits.rows.size > limit) return;
  const phone = digits.length > 10 ? digits.slice(-10) : digits;
  const match = matchOf({ words: [], digits: [phone], years: undefined }, 'exact') ?? '';
  const found = await read.rows(SEARCH_SQL.words, [match, candidatesFor(limit)]);
  const candidates = [...(await hits.held(streamsOf(found))), ...(await hits.named(named, 'phone'))];
  hits.add(candidates.sort(byName), 'phone');
  hits.capped ||= found.length >= candidatesFor(limit);
}

function digitsAnswer(hits: Hits, digits: string, limit: number): Found {
  const parsed = parseNumber(digits);
  // The record that others were linked into is the one to work with.
  const rows = [...hits.rows.values()].toSorted((a, b) => Number(a.mergedInto !== null) - Number(b.mergedInto !== null));
  const mistyped = !parsed.ok && digits.length === 12 && rows.length === 0;
  return {
    rows: rows.slice(0, limit),
    more: hits.capped || rows.length > limit,
    asked: parsed.ok ? 'number' : 'digits',
    problem: mistyped ? { code: parsed.code, facts: parsed.facts } : null,
  };
}

async function addStep(
  read: ViewReader,
  hits: Hits,
  asked: AskedWords,
  step: MatchStep,
  atMost: number,
  named: readonly NameHit[],
): Promise<void> {
  const match = matchOf(asked, step);
  if (match === undefined) return;
  const found = await read.rows(SEARCH_SQL.words, [match, atMost]);
  hits.capped ||= found.length >= atMost;
  const documents = (await read.documents<PatientState>(streamsOf(found))).filter(({ state }) => ageFits(read, state.age, asked.years));
  const how = step === 'exact' ? 'exact' : step === 'begins' ? 'begins' : 'sounds';
  const candidates = [...hits.fresh(documents), ...(step === 'wide' ? [] : await hits.named(named, how))];
  const wanted = asked.words.join(' ');
  hits.add(
    candidates.sort((a, b) => closeness(b, wanted) - closeness(a, wanted) || byName(a, b)),
    how,
  );
}

/** The age as far as the index knows it, and the pieces of the phone. It knows no village: who types one finds records held here. */
function nameFits(read: ViewReader, row: NameRow, { years, digits }: AskedWords): boolean {
  const phone = row.phone?.replace(/\D/g, '') ?? '';
  return ageFits(read, ageOfBorn(row.born), years) && digits.every((piece) => phone.slice(-10).startsWith(piece) || phone.endsWith(piece));
}

/** 2 when the whole name is what was typed, 1 when it begins so; a linked record stands behind all others. */
function closeness({ name, nameHi, linked }: Candidate, wanted: string): number {
  const names = [name, nameHi].map((one) =>
    nameWords(one ?? '')
      .map(plain)
      .join(' '),
  );
  const near = names.includes(wanted) ? 2 : names.some((one) => one.startsWith(wanted)) ? 1 : 0;
  return linked ? near - 10 : near;
}

function ageFits(read: ViewReader, told: AgeAsTold | undefined, years: number | undefined): boolean {
  if (years === undefined) return true;
  const age = ageInDays(told, dateAt(read.now));
  // An age that nobody knows may be any.
  return (
    age === undefined || (age.max >= (years - AGE_SLACK_YEARS) * DAYS_IN_YEAR && age.min < (years + AGE_SLACK_YEARS + 1) * DAYS_IN_YEAR)
  );
}

function byName(a: Candidate, b: Candidate): number {
  const [left, right] = [a.name ?? a.nameHi ?? '', b.name ?? b.nameHi ?? ''];
  if (left !== right) return left < right ? -1 : 1;
  return (a.uhid ?? '') < (b.uhid ?? '') ? -1 : 1;
}

function streamsOf(rows: readonly { readonly [column: string]: unknown }[]): readonly StreamId[] {
  return rows.map((row) => row['stream'] as StreamId); // the column holds stream ids only
}
