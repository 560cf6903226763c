// A full rebuild gives identical documents and views, in Chromium and in Node: a desk's picture before and after, and a Node replica of its export.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { MemoryFiles } from '#journal/testing/memory-files.ts';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { fileSource, rootOfFile, takeIn } from '#node/work/verify.ts';
import { type Digest, digestOf } from '#roles/digest.ts';
import { hospitalDomain } from '#roles/domain.ts';
import { Replica } from '#roles/replica/replica.ts';
import { Clockwork, MemoryKeys } from '#roles/testing/world.ts';
import { forgetProfile } from './support/browser.ts';
import { type Desk, enrolDesk, signIn, signOut } from './support/desk.ts';
import { foundHospital, type Hospital, nirantar } from './support/hospital.ts';
import { askWorker } from './support/worker.ts';

const VISITS = 60;
const CATCH_UP_MS = 60_000;

let hospital: Hospital;
let desk: Desk;

beforeAll(async () => {
  hospital = await foundHospital(['outpatients']);
  const [hub] = hospital.hubs;
  if (hub === undefined) throw new Error('invariant: it has one hub');
  await hospital.createUser({ user: 'asha', name: 'Asha Verma', nameHi: 'आशा वर्मा', roles: ['registration-clerk'] });
  // The verb opens the folder itself, so that the hub rests meanwhile.
  await hub.kill();
  await nirantar('load', '--dir', hub.dir, '--visits', String(VISITS), '--seed', '7');
  await hub.start();
  desk = await enrolDesk(hospital.url, await hospital.invite('all', 'Outpatients counter 1'));
}, 240_000);
afterAll(async () => {
  await desk?.browser.kill();
  await hospital?.stop();
  if (desk !== undefined) await forgetProfile(desk.profile);
});

const digest = async (page: Page): Promise<Digest> => asked<Digest>(await askWorker(page, 'digest', {}));

function asked<R>(answer: unknown): R {
  const { ok, result } = answer as { ok: boolean; result: R }; // the worker's words
  expect(answer).toMatchObject({ ok: true });
  if (!ok) throw new Error('refused');
  return result;
}

test('the desk shows the same before and after a rebuild, and as Node does from the same commits', async () => {
  const { page } = desk;
  expect(await askWorker(page, 'digest', {})).toMatchObject({ ok: false, rejection: { code: 'session-ended' } });
  await signIn(page, 'asha');
  // A clerk may look, and may not throw a database away.
  expect(await askWorker(page, 'rebuild', {})).toMatchObject({ ok: false, rejection: { code: 'role-missing' } });
  await signOut(page);
  await signIn(page, 'admin');
  const atHub = (await hospital.digests())[0];
  await expect.poll(async () => (await digest(page)).commits, { timeout: CATCH_UP_MS, interval: 500 }).toBeGreaterThanOrEqual(VISITS * 5);
  asked(await askWorker(page, 'sync', {}));
  await hospital.killAll();

  const before = await digest(page);
  expect(before.commits).toBeLessThanOrEqual(atHub?.commits ?? 0);
  expect(asked(await askWorker(page, 'rebuild', {}))).toEqual({ commits: before.commits });
  expect(await digest(page)).toEqual(before);
  expect(await nodePicture(page)).toEqual(before);
}, 240_000);

/** What a Node replica shows that got the desk's own export and nothing else. */
async function nodePicture(page: Page): Promise<Digest> {
  const { bytes } = asked<{ bytes: string }>(await askWorker(page, 'export', {}));
  const file = join(desk.profile, 'export.nirw');
  await writeFile(file, Buffer.from(bytes, 'base64'));
  const { sql } = await NodeSql.open(':memory:');
  try {
    const ports = {
      storage: { files: new MemoryFiles(), sql, notes: [] },
      crypto: new NodeCrypto(),
      keys: new MemoryKeys(),
      clock: new Clockwork(),
    };
    const replica = await Replica.open(ports, hospitalDomain, await rootOfFile(file), undefined);
    expect(await takeIn(replica, fileSource(file))).toEqual([]);
    return await digestOf(replica);
  } finally {
    await sql.close();
  }
}
