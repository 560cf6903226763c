// Reads single values of the command line and says what is wrong with them. It must not know which verb they belong to.
import fs from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { WrongUse } from './exit.ts';

const MAX_PASSWORD_BYTES = 1_024;
/** A year of the sizing case ten times over; more is a slip of the finger. */
const MAX_VISITS = 100_000_000;

export function portArgument(text: string): number {
  return wholeNumber(text, 0, 65_535, 'a port from 0 to 65535 (0: any free one)');
}

export function visitsArgument(text: string): number {
  return wholeNumber(text, 1, MAX_VISITS, `a whole number from 1 to ${MAX_VISITS}`);
}

export function seedArgument(text: string): number {
  return wholeNumber(text, 0, 0xffff_ffff, 'a whole number from 0 to 4294967295');
}

function wholeNumber(text: string, least: number, most: number, what: string): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) throw new InvalidArgumentError(`It takes ${what}.`);
  return value;
}

export function urlArgument(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new InvalidArgumentError('It takes an address such as https://opd.hospital.internal:4000.');
  }
  if (url.username !== '' || url.password !== '')
    throw new InvalidArgumentError('An address with a password in it would end up in logs. Leave it out.');
  return url;
}

/** For options that may be given several times. */
export function urlsArgument(text: string, before: readonly URL[] = []): readonly URL[] {
  return [...before, urlArgument(text)];
}

export function textsArgument(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, filledArgument(text)];
}

export function filledArgument(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It may not be empty.');
  if (text.includes('\0')) throw new InvalidArgumentError('It may not hold a zero byte.');
  return text;
}

/** A name such as `desk.hospital.internal`, in small letters. */
export function dnsNamesArgument(text: string, before: readonly string[] = []): readonly string[] {
  const name = text.trim().toLowerCase();
  if (!/^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name))
    throw new InvalidArgumentError('It takes a name such as desk.hospital.internal, without https:// and port.');
  return [...before, name];
}

/** An invite as a person copies it: blanks and line breaks around it do no harm. */
export function inviteArgument(text: string): string {
  const code = text.trim();
  if (!/^[A-Za-z0-9_.-]{8,4096}$/.test(code)) throw new InvalidArgumentError("It takes the code that 'nirantar invite' printed, whole.");
  return code;
}

/** The password in a file, without the line end that editors add. */
export function readPasswordFile(file: string, say: (words: string) => void): string {
  let bytes: Buffer;
  try {
    const { mode, size } = fs.statSync(file);
    if (size > MAX_PASSWORD_BYTES)
      throw new WrongUse(`The password file is larger than ${MAX_PASSWORD_BYTES} bytes. It holds the password and nothing else.`);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      say(`Others on this machine can read the password file. Remove it when you are done, or: chmod 600 ${file}`);
    bytes = fs.readFileSync(file);
  } catch (error) {
    if (error instanceof WrongUse) throw error;
    throw new WrongUse(`The password file ${file} cannot be read. Write the password into a file and give its name.`, { cause: error });
  }
  const password = decodeUtf8(bytes).replace(/\r?\n$/, '');
  if (password === '') throw new WrongUse('The password file is empty. Write the password into it, on one line.');
  if (/[\r\n\0]/.test(password)) throw new WrongUse('The password file has more than one line. It holds the password and nothing else.');
  return password;
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new WrongUse('The password file is not UTF-8 text.', { cause: error });
  }
}
