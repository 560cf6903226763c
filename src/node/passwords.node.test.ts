// Node and the browser's library make and accept each other's verifiers, and nothing malformed gets in or stops the node.
import crypto from 'node:crypto';
import fc from 'fast-check';
import { argon2id, argon2Verify } from 'hash-wasm';
import { describe, expect, test } from 'vitest';
import { nodePasswords, SALT_BYTES } from './passwords.ts';

const passwords = nodePasswords();
const salt = Uint8Array.from({ length: SALT_BYTES }, (_, i) => i);

describe('together with hash-wasm', () => {
  test.each(['secret', 'पास word ✓', '', 'x'.repeat(1_000)])(
    'the verifier of %j is the same to the letter, and each accepts the other’s',
    async (password) => {
      const ours = await passwords.hash(password, salt);
      // hash-wasm refuses an empty password as a mistake of the caller.
      if (password !== '') {
        const theirs = await argon2id({
          password,
          salt,
          memorySize: 19_456,
          iterations: 2,
          parallelism: 1,
          hashLength: 32,
          outputType: 'encoded',
        });
        expect(ours).toBe(theirs);
        expect(await argon2Verify({ password, hash: ours })).toBe(true);
      }
      expect(await passwords.verify(password, ours)).toBe(true);
      expect(await passwords.verify(`${password}x`, ours)).toBe(false);
    },
  );

  test('a verifier with other parameters, as another program would make it, is accepted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(16, 24, 32, 64),
        async (text, iterations, parallelism, hashLength) => {
          const password = text.normalize('NFKC');
          fc.pre(password.isWellFormed());
          const verifier = await argon2id({
            password,
            salt: crypto.randomBytes(16),
            memorySize: 64,
            iterations,
            parallelism,
            hashLength,
            outputType: 'encoded',
          });
          expect(await passwords.verify(text, verifier)).toBe(true);
          expect(await passwords.verify(`${text}!`, verifier)).toBe(false);
        },
      ),
      { numRuns: 25 },
    );
  });
});

test('the same letters typed on another keyboard are the same password', async () => {
  const composed = 'caf\u00e9 \u0929';
  const apart = 'cafe\u0301 \u0928\u093c';
  expect(await passwords.verify(apart, await passwords.hash(composed, salt))).toBe(true);
});

test('a short salt is a bug', async () => {
  await expect(passwords.hash('x', new Uint8Array(15))).rejects.toThrow('invariant');
});

describe('a verifier that is not one is false, and is not computed', () => {
  const good = '$argon2id$v=19$m=64,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$';
  test.each([
    '',
    'secret',
    '$argon2id$',
    '$argon2i$v=19$m=64,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw',
    '$argon2id$v=16$m=64,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw',
    '$argon2id$v=19$m=9999999,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw',
    '$argon2id$v=19$m=64,t=999,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw',
    '$argon2id$v=19$m=64,t=0,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw',
    '$argon2id$v=19$m=64,t=1,p=99$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw',
    '$argon2id$v=19$m=8,t=1,p=2$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw',
    `${good}AAECAwQFBgcICQoLDA0OD`,
    `${good}AAECAwQFBgcICQoLDA0ODx`,
    `${good}AAECAwQFBgcICQoLDA0ODw==`,
    `${good}AAECAwQFBgcICQoLDA0ODw\n`,
  ])('%j', async (verifier) => {
    const started = performance.now();
    expect(await passwords.verify('secret', verifier)).toBe(false);
    expect(performance.now() - started).toBeLessThan(50);
  });

  test('whatever text comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string(),
        fc.string({ unit: 'binary' }),
        async (password, verifier) => !(await passwords.verify(password, verifier)),
      ),
    );
    const near = fc
      .tuple(fc.nat(99), fc.nat(3), fc.nat(3), fc.base64String(), fc.base64String())
      .map(([m, t, p, s, h]) => `$argon2id$v=19$m=${m},t=${t},p=${p}$${s.replace(/=+$/, '')}$${h.replace(/=+$/, '')}`);
    await fc.assert(fc.asyncProperty(near, async (verifier) => !(await passwords.verify('secret', verifier))));
  });
});

test('a rush of sign-ins is answered in whole while the loop goes on', async () => {
  const verifier = await passwords.hash('right', salt);
  let turns = 0;
  const ticking = setInterval(() => (turns += 1), 1);
  const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => passwords.verify(i % 3 === 0 ? 'right' : 'wrong', verifier)));
  clearInterval(ticking);
  expect(answers.filter(Boolean)).toHaveLength(4);
  expect(turns).toBeGreaterThan(10);
});
