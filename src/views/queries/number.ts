// Query: what any scanned or typed number is. All that bear it are named: two is for a person to settle.
import { parseNumber } from '#kernel/shared/numbers.ts';
import { streamType } from '#kernel/shared/ids.ts';
import type { Document } from '#kernel/shared/document.ts';
import { lookupForm } from '#kernel/patient/patient-fold.ts';
import type { PatientState } from '#kernel/patient/patient.ts';
import { QUERY_SIGNATURES, type QueryResult } from '../query-signatures.ts';
import { nameHits, personOfName } from '../read/name-only.ts';
import { personAt, personOf } from '../read/persons.ts';
import { defineQuery, type ViewReader } from '../view.ts';
import { patientOf, statusOf } from '../read/any-document.ts';

type Row = QueryResult<'number'>['found'][number];
/** More streams with one number than this are shown on the reconcile queue only. */
const MAX_SHOWN = 10;
const DIGITS_OF_A_NUMBER = 12;

export const numberQuery = defineQuery({
  name: 'number',
  ...QUERY_SIGNATURES.number,
  audited: ({ found }) => found.flatMap(({ patient }) => (patient === null ? [] : [patient.patient])),
  async run({ number }, read) {
    const form = lookupForm(number);
    const parsed = parseNumber(form);
    const streams = await read.byNumber(form);
    const documents = await read.documents(streams.slice(0, MAX_SHOWN));
    const held = await Promise.all(documents.map((document) => rowOf(read, document, form)));
    const found = held.length > 0 ? held : await elsewhere(read, form);
    // An alias may look like anything; only twelve digits that nothing bears are a mistyped number.
    const mistyped = !parsed.ok && found.length === 0 && form.length === DIGITS_OF_A_NUMBER;
    return {
      ok: true,
      result: { kind: parsed.ok ? parsed.kind : null, problem: mistyped ? { code: parsed.code, facts: parsed.facts } : null, found },
    };
  },
});

/** Patients whose record is not here, by the name index. */
async function elsewhere(read: ViewReader, number: string): Promise<readonly Row[]> {
  const { hits } = await nameHits(read, number, MAX_SHOWN);
  return hits.flatMap(({ match, who }) =>
    match === 'number' && 'row' in who
      ? [{ stream: who.row.patient, type: 'patient', number, patient: personOfName(who.row, read.now), status: 'elsewhere' }]
      : [],
  );
}

async function rowOf(read: ViewReader, document: Document, number: string): Promise<Row> {
  const type = streamType(document.stream);
  // The first part of a stream id says whose state it is.
  const patient = type === 'patient' ? personOf(document as Document<PatientState>, read.now) : await personAt(read, patientOf(document));
  return { stream: document.stream, type, number, patient, status: statusOf(document) };
}
