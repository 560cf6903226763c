// Tests of the browser's crypto port on the WebCrypto of the test runner. The browser's own runs in e2e/platform-storage.e2e.ts.
import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '#kernel/shared/bytes.ts';
import { browserCrypto } from './crypto.ts';

const hex = (text: string): Uint8Array => fromHex(text) ?? new Uint8Array(0);
// RFC 8032 section 7.1, test 2.
const PUBLIC = hex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
const MESSAGE = hex('72');
const SIGNATURE = hex(
  '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
);

describe('the crypto port', () => {
  test('hashes as FIPS 180-4 says, one after the other', async () => {
    const crypto = await browserCrypto();
    expect(toHex(crypto.sha256(new TextEncoder().encode('abc')))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(toHex(crypto.sha256(new Uint8Array(0)))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  test('accepts the signature of RFC 8032 and nothing else', async () => {
    const crypto = await browserCrypto();
    expect(await crypto.verify(PUBLIC, SIGNATURE, MESSAGE)).toBe(true);
    expect(await crypto.verify(PUBLIC, SIGNATURE, hex('73'))).toBe(false);
    expect(await crypto.verify(PUBLIC, SIGNATURE.with(3, 1), MESSAGE)).toBe(false);
    expect(await crypto.verify(PUBLIC.with(3, 1), SIGNATURE, MESSAGE)).toBe(false);
    expect(await crypto.verify(PUBLIC.subarray(1), SIGNATURE, MESSAGE)).toBe(false);
    expect(await crypto.verify(PUBLIC, SIGNATURE.subarray(1), MESSAGE)).toBe(false);
    expect(await crypto.verify(new Uint8Array(32).fill(255), SIGNATURE, MESSAGE)).toBe(false);
  });

  test('a fresh signer signs what its public key verifies, and its private key cannot be read', async () => {
    const port = await browserCrypto();
    const signer = await port.generateSigner();
    expect(signer.publicKey).toHaveLength(32);
    const signature = await signer.sign(MESSAGE);
    expect(await port.verify(signer.publicKey, signature, MESSAGE)).toBe(true);
    const { key } = signer as unknown as { readonly key: CryptoKey }; // only a test looks inside
    await expect(globalThis.crypto.subtle.exportKey('pkcs8', key)).rejects.toThrow();
  });

  test('random bytes are of any length and differ', async () => {
    const crypto = await browserCrypto();
    expect(crypto.randomBytes(100_000)).toHaveLength(100_000);
    expect(toHex(crypto.randomBytes(16))).not.toBe(toHex(crypto.randomBytes(16)));
  });
});
