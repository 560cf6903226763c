import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { fromBase64Url, toBase64Url } from '#kernel/shared/bytes.ts';
import type { Crypto } from '#journal/ports/crypto.ts';
import { Nonces } from './nonces.ts';

let drawn = 0;
const crypto = {
  sha256: (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  randomBytes: (length: number) => new Uint8Array(length).fill((drawn += 1)),
} as Crypto; // nothing else is asked for
const NOW = 1_700_000_000_000;

test('a nonce is good for a minute, and once', () => {
  const nonces = new Nonces(crypto);
  const nonce = nonces.make(NOW);
  expect(nonces.isGood(nonce, NOW + 60_000)).toBe(true);
  expect(nonces.isGood(nonce, NOW + 60_001)).toBe(false);
  nonces.use(nonce, NOW + 10);
  expect(nonces.isGood(nonce, NOW + 20)).toBe(false);
  expect(nonces.isGood(nonces.make(NOW), NOW)).toBe(true);
});

test('used ones stay used until they are too old to be good', () => {
  const nonces = new Nonces(crypto);
  const nonce = nonces.make(NOW);
  nonces.use(nonce, NOW);
  for (let at = NOW; at <= NOW + 60_000; at += 1000) {
    nonces.use(nonces.make(at), at);
    expect(nonces.isGood(nonce, at)).toBe(false);
  }
});

test('one that was made elsewhere, altered or mistyped is refused', () => {
  const nonces = new Nonces(crypto);
  const nonce = nonces.make(NOW);
  expect(new Nonces(crypto).isGood(nonce, NOW)).toBe(false);
  const bytes = fromBase64Url(nonce) ?? new Uint8Array(0);
  for (let i = 0; i < bytes.length; i += 1) {
    const altered = Uint8Array.from(bytes);
    altered[i]! ^= 1; // i is inside
    expect(nonces.isGood(toBase64Url(altered), NOW)).toBe(false);
  }
  for (const other of ['', 'x', '!!', nonce.slice(1), `${nonce}AA`]) expect(nonces.isGood(other, NOW)).toBe(false);
});

test('a flood of greetings pushes nobody out', () => {
  const nonces = new Nonces(crypto);
  const honest = nonces.make(NOW);
  for (let i = 0; i < 50_000; i += 1) nonces.make(NOW);
  expect(nonces.isGood(honest, NOW + 1000)).toBe(true);
});
