// View: which sessions looked at which patient. The entries themselves are read from the session's document.
import type { AccessState } from '#kernel/access/access.ts';
import type { View } from '../view.ts';

export const accessView: View<AccessState> = {
  name: 'v_access',
  version: 1,
  stream: 'access',
  columns: ['patient'],
  ddl: [
    'CREATE TABLE IF NOT EXISTS v_access(doc INTEGER NOT NULL, patient TEXT NOT NULL, PRIMARY KEY(doc, patient)) WITHOUT ROWID',
    'CREATE INDEX IF NOT EXISTS v_access_patient ON v_access(patient, doc)',
  ],
  rows({ state }) {
    // Without the `patient/` that all of them begin with: there are 75 million entries a year.
    return [...new Set(state.entries.map(({ patient }) => patientKey(patient)))].sort().map((patient) => [patient]);
  },
};

export function patientKey(patient: string): string {
  return patient.slice(patient.indexOf('/') + 1);
}
