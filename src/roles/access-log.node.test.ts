// Who looked at what, on a disk that refuses.
import { expect, test } from 'vitest';
import type { StreamId } from '#kernel/shared/ids.ts';
import { StorageFailure } from '#journal/ports/storage.ts';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { AccessLog } from './access-log.ts';
import { CLERK, newHospital, type Tools } from './testing/world.ts';

const tools: Tools = { crypto: new NodeCrypto(), sql: async () => (await NodeSql.open(':memory:')).sql };
const never = { sleep: () => new Promise<void>(() => undefined) };

test('what was noted before a crash waits while the disk is full, and is signed when it has room', async () => {
  const hub = await newHospital(tools);
  const patient = 'patient/pppppppppppppppp' as StreamId;
  await new AccessLog(hub.replica, never).note('s1', CLERK, 'patient', [patient]);
  const { files } = hub.ports.storage;
  const { sync } = files;
  files.sync = () => Promise.reject(new StorageFailure('disk-full', 'transient', 'no room'));
  const after = new AccessLog(hub.replica, never);
  await after.recover();
  const before = hub.replica.position.n;
  files.sync = sync.bind(files);
  await after.flush();
  expect(hub.replica.position.n).toBe(before + 1);
});
