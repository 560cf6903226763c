// The limits of paper, each with its reason. Everything that is scanned is checked against them before memory is taken.

/** What a sheet is for. Its number is printed for ever: only added to, never changed. */
export const PAPER_KINDS = { slip: 1, rack: 2, report: 3 } as const;
export type PaperKind = keyof typeof PAPER_KINDS;

/** Alphanumeric letters in a QR of version 18 at level M (ISO/IEC 18004, table 7): the largest that a slip prints well. */
export const MAX_SYMBOL_LETTERS = 816;
/** `NR1:` + 10 of set id + `:` + `12/34` + `:` before the base45 letters. */
export const PART_FRAME_LETTERS = 4 + 10 + 1 + 5 + 1;
/** CRC-32 in front of each part's bytes: a mangled symbol is named at once and scanned again. */
export const PART_CHECK_BYTES = 4;
export const MAX_CHUNK_BYTES = Math.floor((MAX_SYMBOL_LETTERS - PART_FRAME_LETTERS) / 3) * 2 - PART_CHECK_BYTES;

/** Three symbols of 36 mm are what an A6 slip has room for; a rack sheet goes over as many pages as it needs. */
export const MAX_PARTS: Readonly<Record<PaperKind, number>> = { slip: 3, rack: 64, report: 12 };
export const MOST_PARTS = 64;
/** The longest text that any QR code of any version can hold: longer ones are not read at all. */
export const MAX_SCAN_LETTERS = 4296;

/** All bodies of one sheet together, inflated. 64 symbols hold 33 kB; honest JSON deflates to a third or less. */
export const MAX_BODIES_BYTES = 512 * 1024;
export const MAX_RUNS = 256;
export const MAX_COMMITS = 512;
export const MAX_CERTIFICATES = 16;
export const MAX_CERTIFICATE_BYTES = 1024;
export const MAX_HOSPITAL_BYTES = 32;
