// A rejection: a returned value that says why a command was not done. It is never thrown.

export interface Rejection {
  /** Registered in `codes.ts` with its HTTP status and a sentence for staff in English and Hindi. */
  readonly code: string;
  /** Values for the sentence. Numbers and codes only: never a name, phone or result of a patient. */
  readonly facts: Readonly<Record<string, string | number>>;
  /** The input field that it is about, as a path like `age.value`, when it is about one. */
  readonly field?: string;
}
