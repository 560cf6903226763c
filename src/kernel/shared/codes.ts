// Every code of a rejection or check, joined from one file per area: HTTP status and the sentence for staff. One import
// and one spread per area; it must not know who rejects.
import { API_CODES } from './codes/api.ts';
import { DESK_CODES } from './codes/desk.ts';
import { NODE_CODES } from './codes/node.ts';
import { IMPORT_CODES } from './codes/import.ts';
import { PAPER_CODES } from './codes/paper.ts';
import { ROLES_CODES } from './codes/roles.ts';
import { VIEW_CODES } from './codes/views.ts';
import { CATALOGUE_CODES } from './codes/catalogue.ts';
import { CONTRADICTION_CODES } from './codes/contradictions.ts';
import { LABORATORY_CODES } from './codes/laboratory.ts';
import { NUMBER_CODES } from './codes/numbers.ts';
import { PATIENT_CODES } from './codes/patient.ts';
import { SCREEN_CODES } from './codes/screens.ts';
import { SPECIMEN_CODES } from './codes/specimen.ts';
import { SYNC_CODES } from './codes/sync.ts';
import { TRUST_CODES } from './codes/trust.ts';

export interface CodeText {
  readonly status: number;
  readonly en: string;
  readonly hi: string;
}

export const CODES: Readonly<Record<string, CodeText>> = {
  ...API_CODES,
  ...DESK_CODES,
  ...NODE_CODES,
  ...IMPORT_CODES,
  ...PAPER_CODES,
  ...ROLES_CODES,
  ...VIEW_CODES,
  ...CATALOGUE_CODES,
  ...CONTRADICTION_CODES,
  ...LABORATORY_CODES,
  ...NUMBER_CODES,
  ...PATIENT_CODES,
  ...SCREEN_CODES,
  ...SPECIMEN_CODES,
  ...SYNC_CODES,
  ...TRUST_CODES,
};
