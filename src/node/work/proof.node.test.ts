// Proof over random histories: what nobody touched never raises an alarm, through export and verify and back; whatever is cut
// out, altered or brought from elsewhere does. In one process, because a property asks many times.
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/shared/actor.ts';
import { parseCommandId } from '#kernel/shared/ids.ts';
import { rolesOf, type UserState } from '#kernel/user/user.ts';
import { WIRE_HEAD_BYTES } from '#journal/wire.ts';
import { RECORD_HEAD_BYTES } from '#journal/segment-log.ts';
import type { Replica } from '#roles/replica/replica.ts';
import { ADMIN, EVERY_ROLE } from '#roles/seed.ts';
import { Refused } from '#node/cli/exit.ts';
import { NodeFiles } from '#node/storage/node-files.ts';
import { temporaryFolder, type TemporaryFolder } from '#node/testing/temporary-folder.ts';
import { writeExport } from './export.ts';
import { found } from './init.ts';
import { openReplica } from './open-replica.ts';
import { restore } from './restore.ts';
import { ReadOnlyFiles } from './read-only-files.ts';
import { folderSource, type Problem, verify } from './verify.ts';

/** A new hospital and every judgement of it costs some hundred milliseconds of a busy machine. */
const RUNS = 6;

async function adminOf(replica: Replica): Promise<Actor> {
  const user = (await replica.reader().all<UserState>('user')).find((document) => document.state.user === ADMIN);
  const own = replica.own;
  if (user === undefined || own === undefined) throw new Error('it was just founded');
  return {
    user: user.stream,
    userName: ADMIN,
    roles: rolesOf(user.state),
    permissions: replica.trust.permissionsOf(user.state),
    session: 's',
    device: own.identity.device,
  };
}

interface Patient {
  readonly name: string;
  readonly sex: string;
  readonly years: number;
  readonly again: boolean;
}

const patient: fc.Arbitrary<Patient> = fc.record({
  name: fc.constantFrom('Sunita Devi', 'राधा कुमारी', "D'Souza", 'Mohd. Irfan', 'X'),
  sex: fc.constantFrom('female', 'male', 'other'),
  years: fc.integer({ min: 0, max: 110 }),
  again: fc.boolean(),
});

/** A hospital with these patients, some commands sent twice, closed and opened in between. @returns how many commits it holds */
async function history(dir: string, patients: readonly Patient[]): Promise<number> {
  await found({
    dir,
    hospital: 'H',
    hubName: 'one',
    users: [{ user: ADMIN, name: 'A', nameHi: 'अ', roles: EVERY_ROLE, verifier: 'none' }],
  });
  for (const half of [patients.slice(0, patients.length / 2), patients.slice(patients.length / 2)]) {
    const { home, replica } = await openReplica(dir);
    const actor = await adminOf(replica);
    for (const [i, { name, sex, years, again }] of half.entries()) {
      const id = parseCommandId(`p-${half.length}-${i}-${replica.position.n}`);
      if (id === undefined) throw new Error('it is a key');
      const command = { name: 'registerPatient', input: { name, sex, age: { years } }, id, actor };
      const done = await replica.execute(command);
      if (!done.ok) throw new Error(`a random patient is a patient: ${done.rejection.code}`);
      if (again) await replica.execute(command);
    }
    await home.close();
  }
  const { home, replica } = await openReplica(dir);
  const commits = replica.position.n;
  await home.close();
  return commits;
}

test('a history that nobody touched never raises an alarm, in its folder, as a file, and restored from both', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(patient, { maxLength: 8 }), async (patients) => {
      using folder = temporaryFolder();
      const commits = await history(folder.file('hub'), patients);
      expect(commits).toBeGreaterThanOrEqual(patients.length);
      const untouched = { ok: true, problems: [], twoHistories: [], commits };
      expect(await verify({ dir: folder.file('hub') })).toMatchObject(untouched);
      const { home, replica } = await openReplica(folder.file('hub'));
      expect(await writeExport(replica, folder.file('out'))).toMatchObject({ commits });
      await home.close();
      expect(await verify({ file: folder.file('out') })).toMatchObject(untouched);
      expect(await restore({ dir: folder.file('new'), from: [folder.file('out'), folder.file('hub')] })).toMatchObject({
        ...untouched,
        sources: [{ commits }, { commits: 0 }],
      });
      expect(await verify({ dir: folder.file('new') })).toMatchObject(untouched);
    }),
    { numRuns: RUNS },
  );
});

test('a hub that writes while its history is proved lacks nothing', async () => {
  using folder = temporaryFolder();
  const dir = folder.file('hub');
  await history(dir, [{ name: 'A', sex: 'female', years: 1, again: false }]);
  const { home, replica } = await openReplica(dir);
  const files = new ReadOnlyFiles(await NodeFiles.open(path.join(dir, 'journal')));
  const id = parseCommandId('written-meanwhile');
  if (id === undefined) throw new Error('it is a key');
  const actor = await adminOf(replica);
  const problems: Problem[] = [];
  await folderSource(files, path.join(dir, 'index/index.db'))(
    async () => {
      await replica.execute({ name: 'registerPatient', input: { name: 'B', sex: 'male', age: { years: 2 } }, id, actor });
    },
    (problem) => problems.push(problem),
  );
  expect(problems).toEqual([]);
  await files.close();
  await home.close();
});

describe('what was done to a file is found', () => {
  let folder: TemporaryFolder;
  let whole: Buffer;
  let starts: readonly number[];
  beforeAll(async () => {
    folder = temporaryFolder();
    await history(folder.file('hub'), [
      { name: 'A', sex: 'female', years: 1, again: false },
      { name: 'B', sex: 'male', years: 2, again: true },
      { name: 'C', sex: 'other', years: 3, again: false },
    ]);
    const { home, replica } = await openReplica(folder.file('hub'));
    await writeExport(replica, folder.file('whole'));
    await home.close();
    whole = fs.readFileSync(folder.file('whole'));
    const found: number[] = [];
    for (let at = WIRE_HEAD_BYTES; at < whole.length; at += RECORD_HEAD_BYTES + whole.readUInt32BE(at)) found.push(at);
    starts = found;
  });
  afterAll(() => folder[Symbol.dispose]());

  /** `fine`, the kinds of problems, or that it is no history at all. */
  async function judged(bytes: Uint8Array): Promise<string> {
    fs.writeFileSync(folder.file('tried'), bytes);
    try {
      const { ok, problems } = await verify({ file: folder.file('tried') });
      return ok ? 'fine' : problems.map((problem) => (problem as { kind: string }).kind).join();
    } catch (error) {
      return error instanceof Refused ? 'refused' : `threw ${String(error)}`;
    }
  }

  test('a file as it is, is fine', async () => {
    expect(await judged(whole)).toBe('fine');
  });

  test('cut anywhere inside a record', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: whole.length - 1 }).filter((at) => !starts.includes(at)),
        async (at) => {
          expect(await judged(whole.subarray(0, at))).toMatch(at < WIRE_HEAD_BYTES || at < (starts[1] ?? 0) ? /^refused$/ : /wire-torn/);
        },
      ),
      { numRuns: RUNS * 3 },
    );
  });

  test('one bit changed anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length * 8 - 1 }), async (bit) => {
        const bytes = Buffer.from(whole);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(await judged(bytes)).not.toMatch(/^(?:fine|threw)/);
      }),
      { numRuns: RUNS * 3 },
    );
  });

  test('a record taken out of the middle, and a foreign one put in; twice the same is fine', async () => {
    const records = starts.map((at, i) => whole.subarray(at, starts[i + 1] ?? whole.length));
    const head = whole.subarray(0, WIRE_HEAD_BYTES);
    for (let i = 1; i < records.length - 1; i += 1)
      expect(await judged(Buffer.concat([head, ...records.toSpliced(i, 1)]))).not.toMatch(/^(?:fine|threw)/);
    expect(await judged(Buffer.concat([head, ...records, ...records]))).toBe('fine');

    await history(folder.file('foreign'), [{ name: 'Z', sex: 'male', years: 9, again: false }]);
    const { home, replica } = await openReplica(folder.file('foreign'));
    await writeExport(replica, folder.file('foreign-file'));
    await home.close();
    const foreign = fs.readFileSync(folder.file('foreign-file')).subarray(WIRE_HEAD_BYTES);
    expect(await judged(Buffer.concat([whole, foreign]))).not.toMatch(/^(?:fine|threw)/);
    await expect(restore({ dir: folder.file('mixed'), from: [folder.file('whole'), folder.file('foreign-file')] })).rejects.toThrow(
      /another hospital/,
    );
    expect(fs.existsSync(folder.file('mixed'))).toBe(false);
  });
});
