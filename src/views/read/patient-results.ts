// The results that are a patient's now: by the tubes that are linked to the patient, and those that name the patient and whose tube is not here.
import type { Document } from '#kernel/shared/document.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { ResultState } from '#kernel/result/result.ts';
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import type { ViewReader } from '../view.ts';
import { LIST_LIMIT, linked, resultsByTubes } from './linked.ts';
import type { Family } from './persons.ts';

/** Newest tube first. @param test one test only @param links what hangs on the records, where it was read already */
export async function patientResults(
  read: ViewReader,
  patients: readonly StreamId[],
  test?: string,
  limit: number = LIST_LIMIT,
  links?: Family,
): Promise<readonly Document<ResultState>[]> {
  const family = new Set(patients);
  const found = new Map<StreamId, { readonly document: Document<ResultState>; readonly at: number }>();
  for (const patient of patients) {
    const known = test === undefined ? links?.get(patient)?.parts : undefined;
    const streams = [
      ...(known?.specimen.length === 0 ? [] : await resultsByTubes(read, patient, test === undefined ? 'specimen' : `test:${test}`, limit)),
      ...(known?.result ?? (await linked(read, patient, 'result', test === undefined ? 'patient' : `test:${test}`, limit))),
    ];
    for (const document of await read.documents<ResultState>([...new Set(streams)])) {
      const { specimen } = document.state;
      const tube = specimen === undefined ? undefined : await read.document<SpecimenState>(specimen);
      // A tube that was found to be somebody else's takes its results along, whatever they say of themselves.
      if (tube !== undefined && tube.state.identity !== 'none' && (tube.state.patient === undefined || !family.has(tube.state.patient)))
        continue;
      found.set(document.stream, {
        document,
        at: tube?.state.collected?.collectedAt ?? tube?.state.receipts[0]?.at ?? document.state.current?.at ?? 0,
      });
    }
  }
  return [...found.values()]
    .sort((a, b) => b.at - a.at || (a.document.stream < b.document.stream ? -1 : 1))
    .slice(0, limit)
    .map(({ document }) => document);
}
