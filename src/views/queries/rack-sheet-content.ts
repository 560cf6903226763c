// Query: the sheet that travels with the tubes of one rack, and whose commits its QRs take along.
import type { Document } from '#kernel/shared/document.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import { QUERY_SIGNATURES } from '../query-signatures.ts';
import { catalogueOf } from '../read/catalogue.ts';
import { findDocument } from '../read/find.ts';
import { hospitalContent, tubeContent, tubePatientContent } from '../read/paper-parts.ts';
import { defineQuery } from '../view.ts';

export const rackSheetContentQuery = defineQuery({
  name: 'rackSheetContent',
  ...QUERY_SIGNATURES.rackSheetContent,
  audited: ({ streams }) => streams.filter((stream) => stream.startsWith('patient/')),
  async run({ accessions }, read) {
    const tubes = new Map<StreamId, Document<SpecimenState>>();
    const notFound: string[] = [];
    for (const accession of accessions) {
      const found = await findDocument<SpecimenState>(read, 'specimen', 'accession', { number: accession }, 'accessions');
      if (found.ok) tubes.set(found.document.stream, found.document);
      else notFound.push(accession);
    }
    const catalogue = await catalogueOf(read);
    const streams = new Set<StreamId>();
    for (const { state } of tubes.values()) if (state.patient !== undefined) streams.add(state.patient);
    for (const { state } of tubes.values()) if (state.order !== undefined) streams.add(state.order);
    for (const stream of tubes.keys()) streams.add(stream);
    const content = await Promise.all(
      [...tubes.values()].map(async (tube) => ({
        ...tubeContent(tube, catalogue),
        patient: await tubePatientContent(read, tube),
        urgent: tube.state.urgency !== 'routine',
      })),
    );
    const [first] = tubes.values();
    const copy = (first?.state.sheets ?? 0) + 1;
    return {
      ok: true,
      result: {
        streams: [...streams],
        notFound,
        firstTube: first?.stream ?? null,
        content: { hospital: await hospitalContent(read), tubes: content, copy },
      },
    };
  },
});
