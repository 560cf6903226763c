// How a run of the program can end: done (0), refused or a failed check (1), wrong use (2).

export const EXIT_DONE = 0;
export const EXIT_REFUSED = 1;
export const EXIT_WRONG_USE = 2;

/** The program did not do it, for a reason that its words explain and that says what to do. */
export class Refused extends Error {
  readonly exitCode = EXIT_REFUSED;
}

/** The command line is wrong; the words say how it is right. */
export class WrongUse extends Error {
  readonly exitCode = EXIT_WRONG_USE;
}
