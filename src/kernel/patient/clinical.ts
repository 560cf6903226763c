// Allergies and alerts: what every slip, label and screen of the patient must show.
import { z } from 'zod';
import { note, text } from '#kernel/shared/fields.ts';

export const allergyData = z.object({
  /** `none-known` is an answer; nobody having asked is not. */
  status: z.enum(['none-known', 'known']),
  substance: text(120).optional(),
  reaction: text(200).optional(),
  severity: z.enum(['mild', 'severe', 'unknown']).optional(),
  /** Who said so: patient, relative, old paper, test. */
  source: text(80).optional(),
});

export const alertData = z.object({
  kind: z.enum(['infection', 'fall-risk', 'bleeding-risk', 'difficult-airway', 'pregnancy', 'no-blood-products', 'violence', 'other']),
  text: note,
});
