// Refusals as problem documents (RFC 9457), each with its code and a sentence in English and Hindi. No stack, no patient's data.
import type { Rejection } from '#kernel/shared/rejection.ts';
import { CODES } from '#kernel/shared/codes.ts';
import type { API_CODES } from '#kernel/shared/codes/api.ts';

export interface Problem {
  readonly ok: false;
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly detailHi: string;
  readonly code: string;
  readonly facts: Rejection['facts'];
  readonly field?: string;
  readonly requestId?: string;
}

const REFUSED = {
  status: 422,
  en: 'This was refused ({code}). Tell IT this code.',
  hi: 'यह अस्वीकार हुआ ({code})। आईटी को यह कोड बताएं।',
};

/** A sentence with `{fact}` replaced. A fact that is missing stays as it is, so that the fault is seen. */
export function sentence(text: string, facts: Rejection['facts']): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(facts, name) ? String(facts[name]) : whole));
}

export function problemOf(rejection: Rejection, requestId?: string): Problem {
  const known = Object.hasOwn(CODES, rejection.code) ? CODES[rejection.code] : undefined;
  const text = known ?? REFUSED;
  const facts = known === undefined ? { code: rejection.code } : rejection.facts;
  return {
    ok: false,
    type: `urn:nirantar:problem:${rejection.code}`,
    title: rejection.code.replaceAll('-', ' '),
    status: text.status,
    detail: sentence(text.en, facts),
    detailHi: sentence(text.hi, facts),
    code: rejection.code,
    facts: rejection.facts,
    ...(rejection.field === undefined ? {} : { field: rejection.field }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** A refusal by the interface itself; its code is one of `API_CODES`. Thrown inside this folder only, caught in `api.ts`. */
export class Refusal extends Error {
  readonly rejection: Rejection;
  readonly headers: Readonly<Record<string, string>>;
  constructor(code: keyof typeof API_CODES, facts: Rejection['facts'] = {}, headers: Readonly<Record<string, string>> = {}) {
    super(code);
    this.name = 'Refusal';
    this.rejection = { code, facts };
    this.headers = headers;
  }
}
