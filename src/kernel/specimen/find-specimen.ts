// Finds the specimen that an accession number names, and its results.
import { found, missing, type Found } from '#kernel/shared/build-command.ts';
import type { Reader } from '#kernel/shared/command.ts';
import type { Document } from '#kernel/shared/document.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { parseNumber, type HospitalNumber } from '#kernel/shared/numbers.ts';
import type { ResultState } from '#kernel/result/result.ts';
import type { SpecimenState } from './specimen.ts';

export type SpecimenDocument = Document<SpecimenState>;
export type ResultDocument = Document<ResultState>;

export interface Scanned {
  readonly accession: HospitalNumber;
  /** Undefined when nothing is known here under this number. */
  readonly specimen: SpecimenDocument | undefined;
}

/** What is known of a scanned or typed accession number. */
export async function scan(read: Reader, text: string): Promise<Found<Scanned>> {
  const parsed = parseNumber(text, 'accession');
  if (!parsed.ok) return missing(parsed.code, parsed.facts, 'accession');
  const [stream] = await read.byNumber(parsed.number, 'specimen');
  const specimen = stream === undefined ? undefined : await read.document<SpecimenState>(stream);
  return found({ accession: parsed.number, specimen: specimen?.state.accession === undefined ? undefined : specimen });
}

/** The specimen, or "not here". */
export async function findSpecimen(read: Reader, text: string): Promise<Found<SpecimenDocument>> {
  const scanned = await scan(read, text);
  if ('missing' in scanned) return scanned;
  const { specimen } = scanned.found;
  return specimen === undefined ? missing('specimen-not-here', {}, 'accession') : found(specimen);
}

/** The result of one test on a specimen, when one was begun. */
export async function readResult(read: Reader, specimen: StreamId, test: string): Promise<ResultDocument | undefined> {
  const [stream] = await read.linked(specimen, 'result', `test:${test}`);
  return stream === undefined ? undefined : read.document<ResultState>(stream);
}

/** All results of a specimen. */
export async function readResults(read: Reader, specimen: StreamId): Promise<readonly ResultDocument[]> {
  const results: ResultDocument[] = [];
  for (const stream of await read.linked(specimen, 'result', 'specimen')) {
    const result = await read.document<ResultState>(stream);
    if (result !== undefined) results.push(result);
  }
  return results;
}
