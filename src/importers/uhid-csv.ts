// Existing UHIDs and aliases from a CSV file: a dry run that says what is wrong row by row, then `registerPatient` commands.
// A row is taken whole or not at all; the same row always has the same command id. It must not know files, SQL or the network.
//
// Columns (first row; any order; capitals and blanks do not matter). Only `uhid` and `sex` must be there, and a name.
//   uhid           the number as issued; one that is not of ours is kept as alias of system `uhid-legacy`, and a new UHID is given
//   name, name_hi  as on the card, in Latin and in Devanagari letters
//   sex            female, male, other, unknown (or f, m, o, u, or महिला, पुरुष, अन्य)
//   age_years      whole years at the time of the import   birth_date   YYYY-MM-DD (one of the two at most)
//   relation       S/O, D/O, W/O, H/O, M/O, C/O            relation_name
//   phone  address  village  district  state  pin  category
//   aliases        other numbers of the patient, `system:value`, apart by semicolons, for example `abha:91-0000-0000-0000; cr:123`
import Papa from 'papaparse';
import { toBase64Url } from '#kernel/shared/bytes.ts';
import { parseCommandId } from '#kernel/shared/ids.ts';
import type { CommandId } from '#kernel/shared/ids.ts';
import type { Rejection } from '#kernel/shared/rejection.ts';
import { lookupForm } from '#kernel/patient/patient-fold.ts';
import { registerPatient } from '#kernel/patient/register-patient.ts';

/** A tenth of a large hospital's cards; larger files are split, so that a mistake is found before all is in. */
export const MAX_IMPORT_ROWS = 500_000;

const COLUMNS = [
  'uhid',
  'name',
  'name_hi',
  'sex',
  'age_years',
  'birth_date',
  'relation',
  'relation_name',
  'phone',
  'address',
  'village',
  'district',
  'state',
  'pin',
  'category',
  'aliases',
] as const;
type Column = (typeof COLUMNS)[number];
const NEEDED: readonly Column[] = ['uhid', 'sex'];

const SEX_WORDS: Readonly<Record<string, string>> = {
  f: 'female',
  female: 'female',
  महिला: 'female',
  स्त्री: 'female',
  m: 'male',
  male: 'male',
  पुरुष: 'male',
  o: 'other',
  other: 'other',
  अन्य: 'other',
  u: 'unknown',
  unknown: 'unknown',
  अज्ञात: 'unknown',
};

export interface ImportCommand {
  readonly line: number;
  /** From the content of the row: giving it twice has no second effect. */
  readonly key: CommandId;
  readonly do: 'registerPatient';
  readonly with: Readonly<Record<string, unknown>>;
}

export interface RefusedRow {
  /** As a spreadsheet counts: the heading row is 1. 0 for the file as a whole. */
  readonly line: number;
  readonly rejection: Rejection;
}

export interface ParsedImport {
  readonly commands: readonly ImportCommand[];
  readonly refused: readonly RefusedRow[];
}

export interface ImportReader {
  /** How many patients held here bear this number or alias. */
  held(number: string): Promise<number>;
  /** Was a command of this id done before? */
  done(key: CommandId): Promise<boolean>;
}

export interface ImportReport {
  readonly rows: number;
  /** To be given to the replica, one after the other or many at once. */
  readonly ready: readonly ImportCommand[];
  /** Rows of an import that was broken off: nothing is left to do for them. */
  readonly done: number;
  readonly refused: readonly RefusedRow[];
}

/** @param sha256 of the crypto port */
export function parseUhidCsv(text: string, sha256: (bytes: Uint8Array) => Uint8Array): ParsedImport {
  const parsed = Papa.parse<string[]>(text, { header: false, skipEmptyLines: false, delimitersToGuess: [',', ';', '\t'] });
  const [heading, ...rows] = parsed.data;
  const columns = readHeading(heading ?? []);
  if ('refused' in columns) return { commands: [], refused: columns.refused };
  if (rows.every(isBlank)) return fileRefused('import-file-empty');
  if (rows.length > MAX_IMPORT_ROWS) return fileRefused('import-file-too-large', { limit: MAX_IMPORT_ROWS });
  const broken = new Set(parsed.errors.filter((error) => error.type === 'Quotes').map((error) => error.row));
  const commands: ImportCommand[] = [];
  const refused: RefusedRow[] = [];
  const lines = new Map<string, number>();
  rows.forEach((cells, index) => {
    if (isBlank(cells)) return;
    const line = index + 2;
    const read = broken.has(index + 1) ? { rejection: rejection('import-row-quotes') } : readRow(cells, columns.columns);
    const problem = 'rejection' in read ? read.rejection : twice(lines, read.numbers, line);
    if (problem !== undefined) refused.push({ line, rejection: problem });
    else if ('input' in read) commands.push({ line, key: keyOf(read.input, sha256), do: 'registerPatient', with: read.input });
  });
  return { commands, refused };
}

/** What an import would do, without doing it. Run it again for the import itself: between the two somebody may register. */
export async function dryRunUhidCsv(text: string, sha256: (bytes: Uint8Array) => Uint8Array, reader: ImportReader): Promise<ImportReport> {
  const { commands, refused } = parseUhidCsv(text, sha256);
  const ready: ImportCommand[] = [];
  const held: RefusedRow[] = [];
  let done = 0;
  for (const command of commands) {
    if (await reader.done(command.key)) done += 1;
    else if (await anyHeld(command, reader)) held.push({ line: command.line, rejection: rejection('import-number-held', {}, 'uhid') });
    else ready.push(command);
  }
  const all = [...refused, ...held].toSorted((a, b) => a.line - b.line);
  return { rows: commands.length + refused.filter((row) => row.line > 0).length, ready, done, refused: all };
}

async function anyHeld(command: ImportCommand, reader: ImportReader): Promise<boolean> {
  for (const number of numbersOf(command.with)) if ((await reader.held(number)) > 0) return true;
  return false;
}

function rejection(code: string, facts: Rejection['facts'] = {}, field?: string): Rejection {
  return field === undefined ? { code, facts } : { code, facts, field };
}

function fileRefused(code: string, facts: Rejection['facts'] = {}): ParsedImport {
  return { commands: [], refused: [{ line: 0, rejection: rejection(code, facts) }] };
}

function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

function readHeading(cells: readonly string[]): { readonly columns: readonly Column[] } | { readonly refused: readonly RefusedRow[] } {
  if (isBlank(cells)) return { refused: [{ line: 0, rejection: rejection('import-file-empty') }] };
  const columns: Column[] = [];
  const refused: RefusedRow[] = [];
  cells.forEach((cell, index) => {
    const name = cell
      .normalize('NFKC')
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_');
    const column = COLUMNS.find((known) => known === name);
    // The heading itself may hold a patient's data when the heading row was forgotten, so only its place is told.
    if (column === undefined) refused.push({ line: 1, rejection: rejection('import-column-unknown', { column: index + 1 }) });
    else if (columns.includes(column)) refused.push({ line: 1, rejection: rejection('import-column-twice', { column }) });
    else columns.push(column);
  });
  for (const column of NEEDED)
    if (!columns.includes(column)) refused.push({ line: 1, rejection: rejection('import-column-missing', { column }) });
  return refused.length > 0 ? { refused } : { columns };
}

type ReadRow =
  | { readonly input: Readonly<Record<string, unknown>>; readonly numbers: readonly string[] }
  | { readonly rejection: Rejection };

function readRow(cells: readonly string[], columns: readonly Column[]): ReadRow {
  // Spreadsheets leave out empty cells at the end of a row, and sometimes add some.
  if (cells.length > columns.length && !isBlank(cells.slice(columns.length)))
    return { rejection: rejection('import-row-width', { cells: cells.length, columns: columns.length }) };
  const cell = (column: Column): string | undefined => {
    const text = cells[columns.indexOf(column)]?.normalize('NFC').trim();
    return text === undefined || text === '' ? undefined : text;
  };
  const bad = (column: Column): ReadRow => ({ rejection: rejection('import-cell-invalid', {}, column) });
  const uhid = cell('uhid');
  if (uhid === undefined) return bad('uhid');
  const sex = Object.hasOwn(SEX_WORDS, (cell('sex') ?? '').toLowerCase()) ? SEX_WORDS[(cell('sex') ?? '').toLowerCase()] : undefined;
  if (sex === undefined) return bad('sex');
  if (cell('name') === undefined && cell('name_hi') === undefined) return bad('name');
  const age = cell('age_years');
  if (age !== undefined && (!/^\d{1,3}$/.test(age) || cell('birth_date') !== undefined)) return bad('age_years');
  const relation = cell('relation');
  if ((relation === undefined) !== (cell('relation_name') === undefined)) return bad('relation');
  const aliases = readAliases(cell('aliases'));
  if (aliases === undefined) return bad('aliases');
  const raw = {
    uhid,
    name: cell('name'),
    nameHi: cell('name_hi'),
    sex,
    age: age === undefined ? undefined : { years: Number(age) },
    birthDate: cell('birth_date'),
    relation: relation === undefined ? undefined : { type: relation.toUpperCase(), name: cell('relation_name') },
    phone: cell('phone'),
    address: addressOf(cell),
    category: cell('category'),
    aliases: aliases.length === 0 ? undefined : aliases,
  };
  const input = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined));
  const checked = registerPatient.input.safeParse(input);
  if (!checked.success) return bad(columnOf(checked.error.issues[0]?.path ?? []));
  return { input, numbers: numbersOf(input) };
}

function addressOf(cell: (column: Column) => string | undefined): Readonly<Record<string, string>> | undefined {
  const parts = { line: cell('address'), village: cell('village'), district: cell('district'), state: cell('state'), pin: cell('pin') };
  const given = Object.entries(parts).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

/** `system:value; system:value`; undefined when it is not that. */
function readAliases(text: string | undefined): readonly { readonly system: string; readonly value: string }[] | undefined {
  if (text === undefined) return [];
  const aliases: { readonly system: string; readonly value: string }[] = [];
  for (const part of text
    .split(';')
    .map((item) => item.trim())
    .filter((item) => item !== '')) {
    const at = part.indexOf(':');
    const system = part.slice(0, Math.max(at, 0)).trim();
    const value = part.slice(at + 1).trim();
    if (system === '' || value === '') return undefined;
    aliases.push({ system, value });
  }
  return aliases;
}

/** The column that an input field came from. */
function columnOf(path: readonly PropertyKey[]): Column {
  const field = path.map(String);
  const names: Readonly<Record<string, Column>> = {
    nameHi: 'name_hi',
    age: 'age_years',
    birthDate: 'birth_date',
    'relation.name': 'relation_name',
    'address.line': 'address',
    'address.village': 'village',
    'address.district': 'district',
    'address.state': 'state',
    'address.pin': 'pin',
  };
  const whole = names[field.slice(0, 2).join('.')] ?? names[field[0] ?? ''];
  return whole ?? COLUMNS.find((column) => column === field[0]) ?? 'uhid';
}

/** Every number of the row as it is looked up. */
function numbersOf(input: Readonly<Record<string, unknown>>): readonly string[] {
  const aliases = Array.isArray(input['aliases']) ? (input['aliases'] as readonly { readonly value: string }[]) : []; // made by readAliases
  return [...new Set([String(input['uhid']), ...aliases.map((alias) => alias.value)].map(lookupForm))].filter((number) => number !== '');
}

function twice(lines: Map<string, number>, numbers: readonly string[], line: number): Rejection | undefined {
  for (const number of numbers) {
    const earlier = lines.get(number);
    if (earlier !== undefined) return rejection('import-number-twice', { line: earlier }, 'uhid');
  }
  for (const number of numbers) lines.set(number, line);
  return undefined;
}

function keyOf(input: Readonly<Record<string, unknown>>, sha256: (bytes: Uint8Array) => Uint8Array): CommandId {
  const key = parseCommandId(`uhid-csv-${toBase64Url(sha256(new TextEncoder().encode(JSON.stringify(input)))).slice(0, 32)}`);
  if (key === undefined) throw new TypeError('invariant: base64url makes a command id');
  return key;
}
