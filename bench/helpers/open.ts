// Opens a folder as a node does at start and says what that took: with the index gone, it is a full rebuild.
import { openBench, type Opened } from '../support/hospital.ts';
import { measured, serveHelper } from '../support/process.ts';

let opened: Opened | undefined;

async function open(dir: string): Promise<unknown> {
  const { result, ...used } = await measured(() => openBench(dir));
  opened = result;
  return { ...used, commits: result.replica.position.n, applied: result.replica.position.applied };
}

serveHelper({ open, stop: () => opened?.home.close() });
