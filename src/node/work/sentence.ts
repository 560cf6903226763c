// A rejection as words for whoever typed the command.
import { sentence } from '#api/problem.ts';
import { CODES } from '#kernel/shared/codes.ts';
import type { Rejection } from '#kernel/shared/rejection.ts';
import { Refused } from '../cli/exit.ts';

export function wordsOf(rejection: Rejection): string {
  const known = Object.hasOwn(CODES, rejection.code) ? CODES[rejection.code] : undefined;
  return known === undefined ? `It was refused (${rejection.code}).` : sentence(known.en, rejection.facts);
}

export function refusedFor(rejection: Rejection): Refused {
  return new Refused(wordsOf(rejection));
}
