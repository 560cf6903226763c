// Hash, signature and keys against published vectors, and everything malformed refused without a throw.
import crypto from 'node:crypto';
import fs from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '#node/testing/temporary-folder.ts';
import { NodeCrypto, signerFromPkcs8 } from './crypto.ts';
import { FileKeyStore, type KeySealer } from './key-store.ts';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const node = new NodeCrypto();

describe('NodeCrypto', () => {
  test('SHA-256 of "abc" (FIPS 180-4)', () => {
    const digest = node.sha256(new TextEncoder().encode('abc'));
    expect(Buffer.from(digest).toString('hex')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  test('Ed25519 test vectors 1 and 2 of RFC 8032 section 7.1', async () => {
    const one = {
      key: hex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'),
      signature: hex(
        'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
      ),
    };
    expect(await node.verify(one.key, one.signature, new Uint8Array(0))).toBe(true);
    expect(await node.verify(one.key, one.signature, hex('00'))).toBe(false);
    const two = {
      key: hex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'),
      signature: hex(
        '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
      ),
    };
    expect(await node.verify(two.key, two.signature, hex('72'))).toBe(true);
    expect(await node.verify(one.key, two.signature, hex('72'))).toBe(false);
  });

  test('a signature by a fresh signer verifies, one with any bit flipped does not', async () => {
    const signer = await node.generateSigner();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.nat(511), async (bytes, bit) => {
        const signature = new Uint8Array(await signer.sign(bytes));
        expect(await node.verify(signer.publicKey, signature, bytes)).toBe(true);
        signature[bit >> 3] = (signature[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(await node.verify(signer.publicKey, signature, bytes)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  test('any key and any signature give an answer and never a throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 70 }), fc.uint8Array({ maxLength: 70 }), async (key, signature) => {
        expect(typeof (await node.verify(key, signature, new Uint8Array(3)))).toBe('boolean');
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ minLength: 64, maxLength: 64 }),
        async (key, signature) => {
          expect(await node.verify(key, signature, new Uint8Array(3))).toBe(false);
        },
      ),
    );
  });

  test('a public key is 32 raw bytes and random bytes are random', async () => {
    expect((await node.generateSigner()).publicKey).toHaveLength(32);
    expect(Buffer.from(node.randomBytes(16))).not.toEqual(Buffer.from(node.randomBytes(16)));
  });
});

describe('FileKeyStore', () => {
  test('a saved key comes back and signs the same; an unknown epoch is undefined', async () => {
    using folder = temporaryFolder();
    const store = new FileKeyStore(folder.file('keys'));
    expect(await store.load('epoch1')).toBeUndefined();
    const signer = await node.generateSigner();
    await store.save('epoch1', signer);
    const loaded = await new FileKeyStore(folder.file('keys')).load('epoch1');
    expect(loaded?.publicKey).toEqual(signer.publicKey);
    expect(await loaded?.sign(hex('01'))).toEqual(await signer.sign(hex('01')));
    expect(await store.load('epoch2')).toBeUndefined();
  });

  test('files are for their owner only, and a copy that is not is tightened', async () => {
    using folder = temporaryFolder();
    const store = new FileKeyStore(folder.file('keys'));
    await store.save('e', await node.generateSigner());
    expect(fs.statSync(folder.file('keys')).mode & 0o777).toBe(0o700);
    expect(fs.statSync(folder.file('keys/e.key')).mode & 0o777).toBe(0o600);
    fs.chmodSync(folder.file('keys/e.key'), 0o644);
    await store.load('e');
    expect(fs.statSync(folder.file('keys/e.key')).mode & 0o777).toBe(0o600);
  });

  test.each(['', 'not json', '{}', '[]', 'null', '{"format":1,"sealer":"none","key":"AAAA"}', '{"format":1,"sealer":"tpm","key":"AAAA"}'])(
    'a damaged key file %j is a permanent failure without the key in its words',
    async (content) => {
      using folder = temporaryFolder();
      fs.writeFileSync(folder.file('e.key'), content);
      await expect(new FileKeyStore(folder.path).load('e')).rejects.toMatchObject({ name: 'StorageFailure', failureClass: 'permanent' });
    },
  );

  test('a key file of a newer program is refused as such', async () => {
    using folder = temporaryFolder();
    fs.writeFileSync(folder.file('e.key'), '{"format":2,"sealer":"none","key":"AAAA"}');
    await expect(new FileKeyStore(folder.path).load('e')).rejects.toMatchObject({ code: 'newer-format' });
  });

  test('a sealer sees every byte that goes to disk', async () => {
    using folder = temporaryFolder();
    const flip = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 0x5a);
    const sealer: KeySealer = { name: 'flip', seal: flip, open: flip };
    const signer = await node.generateSigner();
    await new FileKeyStore(folder.path, sealer).save('e', signer);
    const stored = JSON.parse(fs.readFileSync(folder.file('e.key'), 'utf8')) as { key: string }; // written a line ago
    expect(() => signerFromPkcs8(Buffer.from(stored.key, 'base64url'))).toThrow();
    expect((await new FileKeyStore(folder.path, sealer).load('e'))?.publicKey).toEqual(signer.publicKey);
    await expect(new FileKeyStore(folder.path).load('e')).rejects.toThrow('sealed by');
  });

  test('a name that is no epoch never reaches the disk', async () => {
    using folder = temporaryFolder();
    await expect(new FileKeyStore(folder.path).load('../../etc/passwd')).rejects.toThrow('invariant');
  });

  test('a key that is not Ed25519 is refused', () => {
    const { privateKey } = crypto.generateKeyPairSync('x25519');
    expect(() => signerFromPkcs8(privateKey.export({ format: 'der', type: 'pkcs8' }))).toThrow('invariant');
  });
});
