// The whole history as one file: a head, then every signed commit as it lies in the journal.
import fs from 'node:fs/promises';
import { frameRecord, wireHead } from '#journal/wire.ts';
import type { Replica } from '#roles/replica/replica.ts';
import type { Output } from '../cli/services.ts';
import { Refused } from '../cli/exit.ts';
import { fileFailure } from '../storage/failures.ts';

/** Read and written at once: about a megabyte. */
const PAGE = 1_000;

/** Refuses a file that is there; one that could not be written whole is taken away again. */
export async function writeExport(replica: Replica, out: string): Promise<Output> {
  let file: fs.FileHandle;
  try {
    file = await fs.open(out, 'wx', 0o600);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new Refused(`The file ${out} is there already. Give another name; nothing was overwritten.`);
    throw fileFailure(error, 'write', out);
  }
  const commits = replica.position.n;
  try {
    await file.write(wireHead());
    for (let first = 1; first <= commits; first += PAGE) {
      const numbers = Array.from({ length: Math.min(PAGE, commits - first + 1) }, (_, i) => first + i);
      for (const payload of await replica.payloads(numbers)) await file.write(frameRecord(payload));
    }
    await file.sync();
    const { size } = await file.stat();
    return { out, commits, bytes: size };
  } catch (error) {
    await fs.rm(out, { force: true });
    throw fileFailure(error, 'write', out);
  } finally {
    await file.close();
  }
}
