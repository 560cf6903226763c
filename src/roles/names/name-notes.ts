// What a desk writes down about its name index: which pack is in use, how far loading is, how far each hub has been followed.
import { z } from 'zod';
import type { Sql } from '#journal/ports/storage.ts';
import { readNote, writeNote } from '#views/name-index/store.ts';

export const cursorNote = z.object({ log: z.string(), n: z.number() });
export type Cursor = z.infer<typeof cursorNote>;

export const packNote = z.object({
  version: z.string(),
  hub: z.string(),
  log: z.string(),
  n: z.number(),
  at: z.number(),
  rows: z.number(),
});
export type PackNote = z.infer<typeof packNote>;

export const progressNote = packNote.extend({ next: z.number() });

/** Undefined when it was never written, or by a program that wrote it otherwise. */
export async function noteOf<T>(sql: Sql, key: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const text = await readNote(sql, key);
  if (text === undefined || text === '') return undefined;
  const parsed = schema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : undefined;
}

export async function doneLoading(sql: Sql): Promise<void> {
  await writeNote(sql, 'loading', '');
}
