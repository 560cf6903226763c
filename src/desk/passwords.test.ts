// Tests of the password verifiers: the refused as fully as the accepted.
import { describe, expect, test } from 'vitest';
import { hashPassword, SALT_BYTES, verifyPassword } from './passwords.ts';

// Made by the argon2id of Node 26 (`crypto.argon2Sync`), so that a verifier from a hub opens a desk.
const FROM_NODE = '$argon2id$v=19$m=19456,t=2,p=1$bmlyYW50YXItc2FsdC0xNg$DSKhiOQ5LURRpBPVB6xgLKoNzuYHax+Ox8CA3wwIm0s';

describe('password verifiers', () => {
  test('a verifier made by a node is accepted, with either spelling of the same letters, and no other password is', async () => {
    expect(await verifyPassword('कमल-7', FROM_NODE)).toBe(true);
    expect(await verifyPassword('कमल-7'.normalize('NFD'), FROM_NODE)).toBe(true);
    expect(await verifyPassword('कमल-8', FROM_NODE)).toBe(false);
    expect(await verifyPassword('', FROM_NODE)).toBe(false);
  });

  test('hashes round trip, and the salt makes them differ', async () => {
    const one = await hashPassword('1947', new Uint8Array(SALT_BYTES).fill(1));
    const two = await hashPassword('1947', new Uint8Array(SALT_BYTES).fill(2));
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await verifyPassword('1947', one)).toBe(true);
    expect(await verifyPassword('1948', one)).toBe(false);
  });

  test('a salt that is too short is a bug', async () => {
    await expect(hashPassword('x', new Uint8Array(8))).rejects.toThrow(/invariant/);
  });

  test.each([
    ['nothing', ''],
    ['words', 'not a verifier'],
    ['another algorithm', FROM_NODE.replace('argon2id', 'argon2i')],
    ['another version', FROM_NODE.replace('v=19', 'v=16')],
    ['a gigabyte of memory', FROM_NODE.replace('m=19456', 'm=1048576')],
    ['a thousand rounds', FROM_NODE.replace('t=2', 't=999')],
    ['no rounds', FROM_NODE.replace('t=2', 't=0')],
    ['a hundred lanes', FROM_NODE.replace('p=1', 'p=100')],
    ['a cut hash', FROM_NODE.slice(0, -30)],
  ])('%s is refused without trying', async (_what, verifier) => {
    const started = performance.now();
    expect(await verifyPassword('कमल-7', verifier)).toBe(false);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
