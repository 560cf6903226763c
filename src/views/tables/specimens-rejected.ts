// View: tubes that were rejected, for the check that a result of one stands.
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import type { View } from '../view.ts';

export const specimensRejectedView: View<SpecimenState> = {
  name: 'v_specimen_rejected',
  version: 1,
  stream: 'specimen',
  columns: ['accession'],
  ddl: [
    'CREATE TABLE IF NOT EXISTS v_specimen_rejected(doc INTEGER NOT NULL, accession TEXT NOT NULL)',
    'CREATE INDEX IF NOT EXISTS v_specimen_rejected_doc ON v_specimen_rejected(doc)',
  ],
  rows: ({ state }) => (state.rejected === undefined || state.accession === undefined ? [] : [[state.accession]]),
};
