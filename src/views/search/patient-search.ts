// Finds patients by a number, pieces of a phone, or a name in either script, best first. Candidates are capped: who types more sees fewer.
import { ageInDays } from '#kernel/shared/age.ts';
import type { Document } from '#kernel/shared/document.ts';
import { streamType, type StreamId } from '#kernel/shared/ids.ts';
import { nameWords } from '#kernel/shared/name-search.ts';
import { parseNumber } from '#kernel/shared/numbers.ts';
import { dateAt } from '#kernel/shared/time.ts';
import { lookupForm } from '#kernel/patient/patient-fold.ts';
import type { PatientState } from '#kernel/patient/patient.ts';
import type { QueryResult } from '../query-signatures.ts';
import { patientOf } from '../read/any-document.ts';
import { personOf } from '../read/persons.ts';
import type { PatientRow } from '../shapes/patients.ts';
import type { ViewReader } from '../view.ts';
import { askedWords, MATCH_STEPS, matchOf, MIN_PHONE_DIGITS, type AskedWords, type MatchStep } from './match.ts';
import { plain } from './plain.ts';

type Found = QueryResult<'patients'>;
type PatientDocument = Document<PatientState>;

/** Of one step at most so many are looked at and sorted, or a few more than are shown; the newest registrations, when there are more. */
export const CANDIDATE_LIMIT = 60;
const candidatesFor = (limit: number): number => Math.max(CANDIDATE_LIMIT, limit + 20);
const AGE_SLACK_YEARS = 2;
const DAYS_IN_YEAR = 365.25;

export const SEARCH_SQL = {
  words: 'SELECT d.stream AS stream FROM patient_words JOIN documents d ON d.id = patient_words.rowid WHERE patient_words MATCH ? ORDER BY patient_words.rowid DESC LIMIT ?',
  /** The second value is the first with its last digit raised: the end of the range. */
  numberPrefix: `SELECT d.stream AS stream FROM (SELECT number, doc FROM numbers WHERE number >= ? AND number < ? ORDER BY number LIMIT ?) x
    JOIN documents d ON d.id = x.doc WHERE d.type = 'patient' ORDER BY x.number`,
} as const;

class Hits {
  readonly rows = new Map<StreamId, PatientRow>();
  /** A step gave as many as it may: there are more. */
  capped = false;
  readonly #read: ViewReader;
  constructor(read: ViewReader) {
    this.#read = read;
  }

  async byStreams(streams: readonly StreamId[], match: PatientRow['match'], keep: (document: PatientDocument) => boolean = () => true): Promise<readonly PatientDocument[]> {
    const fresh = streams.filter((stream) => !this.rows.has(stream));
    const documents = (await this.#read.documents<PatientState>(fresh)).filter((document) => document.state.status !== 'none' && keep(document));
    return documents.filter((document) => {
      if (this.rows.has(document.stream)) return false;
      this.rows.set(document.stream, { ...personOf(document, this.#read.now), recordHere: document.events > 0, match });
      return true;
    });
  }
}

export async function searchPatients(read: ViewReader, search: string, limit: number): Promise<Found> {
  const text = search.trim();
  const compact = lookupForm(text).replace(/^\+/, '');
  const hits = new Hits(read);
  if (compact === '') return { rows: [], more: false, asked: 'nothing', problem: null };
  await addNumber(read, hits, compact);
  if (/^\d+$/.test(compact)) {
    if (compact.length >= MIN_PHONE_DIGITS && hits.rows.size === 0) await addDigits(read, hits, compact, limit);
    return digitsAnswer(hits, compact, limit);
  }
  const asked = askedWords(text);
  for (const step of MATCH_STEPS) {
    if (hits.rows.size > limit) break;
    await addStep(read, hits, asked, step, candidatesFor(limit));
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

async function addDigits(read: ViewReader, hits: Hits, digits: string, limit: number): Promise<void> {
  const end = digits.slice(0, -1) + String.fromCharCode(digits.charCodeAt(digits.length - 1) + 1);
  const prefixed = await read.rows(SEARCH_SQL.numberPrefix, [digits, end, candidatesFor(limit)]);
  await hits.byStreams(streamsOf(prefixed), 'number');
  hits.capped ||= prefixed.length >= candidatesFor(limit);
  if (hits.rows.size > limit) return;
  const phone = digits.length > 10 ? digits.slice(-10) : digits;
  const match = matchOf({ words: [], digits: [phone], years: undefined }, 'exact') ?? '';
  const found = await read.rows(SEARCH_SQL.words, [match, candidatesFor(limit)]);
  const documents = await read.documents<PatientState>(streamsOf(found));
  await hits.byStreams([...documents].sort(byName).map(({ stream }) => stream), 'phone');
  hits.capped ||= found.length >= candidatesFor(limit);
}

function digitsAnswer(hits: Hits, digits: string, limit: number): Found {
  const parsed = parseNumber(digits);
  const rows = [...hits.rows.values()];
  const mistyped = !parsed.ok && digits.length === 12 && rows.length === 0;
  return {
    rows: rows.slice(0, limit),
    more: hits.capped || rows.length > limit,
    asked: parsed.ok ? 'number' : 'digits',
    problem: mistyped ? { code: parsed.code, facts: parsed.facts } : null,
  };
}

async function addStep(read: ViewReader, hits: Hits, asked: AskedWords, step: MatchStep, candidates: number): Promise<void> {
  const match = matchOf(asked, step);
  if (match === undefined) return;
  const found = await read.rows(SEARCH_SQL.words, [match, candidates]);
  hits.capped ||= found.length >= candidates;
  const documents = await read.documents<PatientState>(streamsOf(found));
  const kept = documents.filter((document) => ageFits(read, document, asked.years));
  const wanted = asked.words.join(' ');
  const sorted = [...kept].sort((a, b) => closeness(b, wanted) - closeness(a, wanted) || byName(a, b));
  await hits.byStreams(sorted.map(({ stream }) => stream), step === 'exact' ? 'exact' : step === 'begins' ? 'begins' : 'sounds');
}

/** 2 when the whole name is what was typed, 1 when it begins so; a linked record stands behind all others. */
function closeness({ state }: PatientDocument, wanted: string): number {
  const names = [state.name, state.nameHi].map((name) => nameWords(name ?? '').map(plain).join(' '));
  const near = names.includes(wanted) ? 2 : names.some((name) => name.startsWith(wanted)) ? 1 : 0;
  return state.linkedInto === undefined ? near : near - 10;
}

function ageFits(read: ViewReader, { state }: PatientDocument, years: number | undefined): boolean {
  if (years === undefined) return true;
  const age = ageInDays(state.age, dateAt(read.now));
  // An age that nobody knows may be any.
  return age === undefined || (age.max >= (years - AGE_SLACK_YEARS) * DAYS_IN_YEAR && age.min < (years + AGE_SLACK_YEARS + 1) * DAYS_IN_YEAR);
}

function byName(a: PatientDocument, b: PatientDocument): number {
  const [left, right] = [a.state.name ?? a.state.nameHi ?? '', b.state.name ?? b.state.nameHi ?? ''];
  if (left !== right) return left < right ? -1 : 1;
  return (a.state.uhid ?? '') < (b.state.uhid ?? '') ? -1 : 1;
}

function streamsOf(rows: readonly { readonly [column: string]: unknown }[]): readonly StreamId[] {
  return rows.map((row) => row['stream'] as StreamId); // the column holds stream ids only
}
