// Contradictions between streams: their names and what a person may answer. The queries that find them live with the views; the sentences stand in `codes/checks.ts` under `check-NAME`.

export interface Check {
  readonly name: string;
  /** The code of its sentence. */
  readonly code: string;
  /** Types of the streams that are its subjects. */
  readonly subjects: readonly string[];
  /** What may be answered. `later` leaves it open for nobody: it is an answer that is shown as such. */
  readonly outcomes: readonly string[];
}

const ALL = [
  /** Two patients that `compareIdentities` calls same or ask, and that nobody called different. */
  { name: 'patient-registered-twice', subjects: ['patient', 'patient'], outcomes: ['same-linked', 'different', 'ask-patient'] },
  /** One UHID, visit, order or report number (or an alias of one system) on two streams. */
  { name: 'number-on-two-streams', subjects: ['any', 'any'], outcomes: ['same-linked', 'different-relabelled', 'alias-shared'] },
  /** The order is cancelled, and one of its tubes (not among `cancelled.kept`) was collected or received. */
  { name: 'order-cancelled-tube-received', subjects: ['order', 'specimen'], outcomes: ['test-anyway', 'discard-tube', 'order-again'] },
  /** The last version of a report shows a value that is not the result's current one. */
  { name: 'report-older-than-result', subjects: ['report', 'result'], outcomes: ['released-again', 'reader-told'] },
  /** A card was accepted as told, and the record with its number has arrived. */
  { name: 'record-elsewhere-arrived', subjects: ['patient', 'patient'], outcomes: ['same-linked', 'different'] },
  /** A tube was rejected, and one of its results is final or reported. */
  { name: 'rejected-specimen-has-result', subjects: ['specimen', 'result'], outcomes: ['result-withdrawn', 'result-stands'] },
  /** Two devices hold one number range: a hub was cloned. */
  { name: 'range-on-two-devices', subjects: ['device', 'device'], outcomes: ['range-closed'] },
] as const;

export type CheckName = (typeof ALL)[number]['name'];

export const CHECKS: readonly (Check & { readonly name: CheckName })[] = ALL.map((check) => ({ ...check, code: `check-${check.name}` }));
export const CHECK_NAMES: readonly CheckName[] = ALL.map((check) => check.name);
