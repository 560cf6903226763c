// Guessing passwords: as slow all at once as one after the other.
import { expect, test } from 'vitest';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { newHospital, type Tools } from './testing/world.ts';
import { Sessions } from './sessions.ts';

const tools: Tools = { crypto: new NodeCrypto(), sql: async () => (await NodeSql.open(':memory:')).sql };

test('a hundred guesses at the same moment are three guesses', async () => {
  const hub = await newHospital(tools);
  let looked = 0;
  const sessions = new Sessions(hub.replica, {
    verify: async () => {
      looked += 1;
      await Promise.resolve();
      return false;
    },
  });
  const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => sessions.signIn('clerk', `guess ${i}`)));
  expect(looked).toBeLessThanOrEqual(3);
  expect(answers.filter((answer) => !answer.ok && answer.rejection.code === 'sign-in-wait').length).toBeGreaterThanOrEqual(97);
  expect(await sessions.signIn('clerk', 'one more')).toMatchObject({ ok: false, rejection: { code: 'sign-in-wait' } });
  // Nobody else waits for it.
  expect(await sessions.signIn('other', 'guess')).toMatchObject({ ok: false, rejection: { code: 'sign-in-wrong' } });
});
