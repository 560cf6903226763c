// The languages chosen for patients' papers, as a pure value. What was kept may be of another version: it is parsed, never trusted.
import type { PrintLanguage } from '#print/content.ts';
import { z } from 'zod';

/** As many patients as one counter sees in a day; the oldest choice goes first. */
const MOST = 400;

const kept = z.array(z.tuple([z.string().max(100), z.enum(['en', 'hi', 'both'])]).readonly()).readonly();
type Chosen = z.infer<typeof kept>;

function parse(value: unknown): Chosen {
  const parsed = kept.safeParse(value);
  return parsed.success ? parsed.data : [];
}

export function languageOf(value: unknown, patient: string): PrintLanguage {
  return parse(value).find(([one]) => one === patient)?.[1] ?? 'both';
}

/** @returns what to keep; both is what everybody gets, and needs no place */
export function chooseFor(value: unknown, patient: string, language: PrintLanguage): Chosen {
  const others = parse(value).filter(([one]) => one !== patient);
  return language === 'both' ? others : [...others, [patient, language] as const].slice(-MOST);
}
