// Every code of a rejection or check, joined from one file per area: HTTP status and the sentence for staff. One import
// and one spread per area; it must not know who rejects.
import { PAPER_CODES } from './codes/paper.ts';

export interface CodeText { readonly status: number; readonly en: string; readonly hi: string }

export const CODES: Readonly<Record<string, CodeText>> = {
  ...PAPER_CODES,
};
