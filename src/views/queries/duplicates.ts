// Query: who may be the person that is being registered: candidates by phone, name and household, scored by the kernel's comparison.
import { toldAge, type AgeAsTold } from '#kernel/shared/age.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { nameWords, soundKey } from '#kernel/shared/name-search.ts';
import { dateAt, parsePlainDate } from '#kernel/shared/time.ts';
import { compareIdentities, type Identity } from '#kernel/patient/duplicates.ts';
import type { PatientState } from '#kernel/patient/patient.ts';
import { QUERY_SIGNATURES, type QueryInput } from '../query-signatures.ts';
import { identityOf } from '../read/identities.ts';
import { identityOfName, nameHits, personOfName } from '../read/name-only.ts';
import { personOf } from '../read/persons.ts';
import type { PersonShape } from '../shapes/common.ts';
import { phoneDigits } from '../search/patient-words.ts';
import { plain } from '../search/plain.ts';
import { soundsOf } from '../search/sounds.ts';
import { SEARCH_SQL } from '../search/patient-search.ts';
import { defineQuery, type ViewReader } from '../view.ts';

/** More look-alikes than this are no help to a clerk. */
const SHOWN = 10;
/** Of each way to look at most so many are compared. */
const CANDIDATE_LIMIT = 60;
/** A name that so many patients bear says little; counted no further. */
const COMMON_FROM = 2_000;

export const COMMONNESS_SQL = `SELECT count(*) AS n FROM (SELECT 1 FROM patient_words WHERE patient_words MATCH ? LIMIT ${COMMON_FROM})`;

export const duplicatesQuery = defineQuery({
  name: 'duplicates',
  ...QUERY_SIGNATURES.duplicates,
  audited: () => [],
  async run(input, read) {
    const asked = identityAsked(input, read);
    const candidates = [...(await heldCandidates(read, asked)), ...(await namedCandidates(read, asked))];
    const commonness = await commonnessOf(read, asked);
    const scored = candidates
      .map(({ person, identity }) => ({ person, likeness: compareIdentities(asked, identity, commonness) }))
      .flatMap(({ person, likeness: { outcome, score, reasons } }) =>
        outcome === 'new' ? [] : [{ person, outcome, score, because: reasons }],
      )
      .sort(
        (a, b) =>
          Number(b.outcome === 'same') - Number(a.outcome === 'same') ||
          b.score - a.score ||
          (a.person.patient < b.person.patient ? -1 : 1),
      );
    return { ok: true, result: { candidates: scored.slice(0, SHOWN), more: scored.length > SHOWN } };
  },
});

interface Candidate {
  readonly person: PersonShape;
  readonly identity: Identity;
}

function identityAsked(input: QueryInput<'duplicates'>, read: ViewReader): Identity {
  const { age, birthDate } = input;
  const born = birthDate === undefined ? undefined : parsePlainDate(birthDate);
  const told: AgeAsTold | undefined =
    born !== undefined
      ? { kind: 'birth', date: born }
      : age === undefined || Object.keys(age).length === 0
        ? undefined
        : toldAge(age, dateAt(read.now));
  return {
    name: input.name,
    nameHi: input.nameHi,
    sex: input.sex ?? 'unknown',
    age: told,
    relation: input.relation,
    phone: input.phone,
    address: { village: input.village, district: input.district },
    aliases: input.aliases,
  };
}

/** By phone; by all names; by first name with relation or village; by a number of another system. */
async function heldCandidates(read: ViewReader, asked: Identity): Promise<readonly Candidate[]> {
  const found = new Set<StreamId>();
  for (const match of matches(asked)) {
    for (const row of await read.rows(SEARCH_SQL.words, [match, CANDIDATE_LIMIT])) found.add(row['stream'] as StreamId); // the column holds stream ids only
  }
  for (const { value } of asked.aliases ?? []) for (const stream of await read.byNumber(value, 'patient')) found.add(stream);
  const documents = await read.documents<PatientState>([...found]);
  return documents
    .filter(({ state }) => state.linkedInto === undefined && state.status !== 'none')
    .map((document) => ({ person: personOf(document, read.now), identity: identityOf(document) }));
}

/** Patients whose record is elsewhere: by phone and by whole name, which is what the name index knows. */
async function namedCandidates(read: ViewReader, asked: Identity): Promise<readonly Candidate[]> {
  const found = new Map<StreamId, Candidate>();
  for (const text of [phoneDigits(asked.phone), asked.name, asked.nameHi]) {
    for (const { who } of (await nameHits(read, text ?? '', CANDIDATE_LIMIT)).hits) {
      if ('row' in who && who.row.into === undefined)
        found.set(who.row.patient, { person: personOfName(who.row, read.now), identity: identityOfName(who.row, read.now) });
    }
  }
  return [...found.values()];
}

function matches(asked: Identity): readonly string[] {
  const sounds = (text: string | undefined): readonly string[] => soundsOf(text ?? '');
  const phone = phoneDigits(asked.phone);
  const out = phone === undefined ? [] : [`"p${phone}"`];
  for (const name of [asked.name, asked.nameHi]) {
    const keys = sounds(name);
    const [first] = keys;
    if (first === undefined) continue;
    const kin = [...sounds(asked.relation?.name).map((key) => `"r${key}"`), ...sounds(asked.address?.village).map((key) => `"v${key}"`)];
    if (kin.length > 0) out.push(`"s${first}" AND (${kin.join(' OR ')})`);
    out.push(keys.map((key) => `"s${key}"`).join(' AND '));
  }
  return [...new Set(out)];
}

/** Common names say less. That a name is rare here is no evidence: a desk that holds few patients finds every name rare. */
async function commonnessOf(read: ViewReader, asked: Identity): Promise<(key: string) => number> {
  const known = new Map<string, number>();
  for (const word of [...nameWords(asked.name ?? ''), ...nameWords(asked.nameHi ?? '')]) {
    const key = soundKey(word);
    if (key === '' || known.has(key)) continue;
    const rows = await read.rows(COMMONNESS_SQL, [`"s${plain(key)}"`]);
    known.set(key, Math.max(0.5, Math.min(1, Number(rows[0]?.['n'] ?? 0) / COMMON_FROM)));
  }
  return (key) => known.get(key) ?? 0.5;
}
