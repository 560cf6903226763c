import zlib from 'node:zlib';
import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { toHex } from '#kernel/shared/bytes.ts';
import { deskKind } from '#kernel/device/device.ts';
import { CERTIFIED_KINDS, certificateBytes, decodeCertificate, encodeCertificate } from './certificate.ts';
import { decodeCommit, encodeCommit } from './commit.ts';
import { crc32 } from './crc32.ts';
import { mayEnrolKey } from './ed25519.ts';
import { decodeHeader, encodeHeader, HEADER_BYTES } from './header.ts';
import { nextHlc, observeHlc } from './hlc.ts';
import { SegmentLog } from './segment-log.ts';
import { derivedStreamId, epochBytes, newStreamId } from './streams.ts';
import { MemoryFiles } from './testing/memory-files.ts';
import { decodeWire, encodeWire } from './wire.ts';
import { parseCommandId } from '#kernel/shared/ids.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const hash = (bytes: Uint8Array): string => toHex(sha256(bytes)).slice(0, 16);
const fill = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value);

const body = new TextEncoder().encode('{"salt":"s","command":"c","do":"d","events":[]}');
const header = encodeHeader({
  format: 1,
  device: fill(12, 1),
  epoch: fill(12, 2),
  seq: 7,
  previous: fill(32, 3),
  hlc: { ms: 1_800_000_000_123, counter: 5 },
  bodyHash: sha256(body),
});
const commit = encodeCommit({ headerBytes: header, signature: fill(64, 9), body });

/**
 * What is signed, stored and sent is fixed. When one of these fails you have changed a format that lies on disks and paper:
 * raise its format number, keep reading the old one, add a stored real example, and only then change the hash here.
 */
describe('formats', () => {
  test('header, commit, wire, certificate, segment and ids', async () => {
    const files = new MemoryFiles();
    const { log } = await SegmentLog.open(files, {}, { segment: 1, offset: 0 }, () => undefined);
    await log.append([commit]);
    const certificate = { role: 'desk' as const, kinds: ['lab', 'all'], device: fill(12, 1), publicKey: fill(32, 2), issuer: fill(12, 3) };
    const id = parseCommandId('one');
    expect({
      header: hash(header),
      commit: hash(commit),
      wire: hash(encodeWire([commit])),
      certificate: hash(encodeCertificate({ ...certificate, signature: fill(64, 4) })),
      signedCertificate: hash(certificateBytes(certificate)),
      segment: hash(await files.read('journal-00000001.seg', 0, 10_000)),
      newStream: id === undefined ? '' : newStreamId(sha256, 'patient', id, 0),
      derivedStream: derivedStreamId(sha256, 'result', ['specimen/x', 'PLT']),
      epoch: toHex(epochBytes(sha256, fill(32, 5))),
    }).toMatchInlineSnapshot(`
      {
        "certificate": "502e6c691ba519b2",
        "commit": "aaf8ea81ac0a307e",
        "derivedStream": "result/JRJL4W_3numrOpt0",
        "epoch": "ea694834a1949802e271fa3c",
        "header": "acdba692138d3773",
        "newStream": "patient/mXOzh7Q-z2B2Dw-K",
        "segment": "c91fad9232692c79",
        "signedCertificate": "34b2cc956f445c33",
        "wire": "835413b8a7cc1536",
      }
    `);
  });

  test('header and commit come back as they were, damage is named', () => {
    expect(header).toHaveLength(HEADER_BYTES);
    expect(decodeHeader(header)).toMatchObject({ seq: 7, hlc: { ms: 1_800_000_000_123, counter: 5 } });
    const decoded = decodeCommit(commit, sha256);
    expect(decoded.ok && encodeCommit(decoded.commit)).toEqual(commit);
    const altered = commit.slice();
    altered[altered.length - 1]! ^= 1; // the last byte of the body
    expect(decodeCommit(altered, sha256)).toEqual({ ok: false, problem: 'body-hash' });
    expect(decodeCommit(commit.subarray(0, 20), sha256)).toEqual({ ok: false, problem: 'commit-too-short' });
    const newer = commit.slice();
    newer[1] = 2;
    expect(decodeCommit(newer, sha256)).toEqual({ ok: false, problem: 'header-format' });
  });

  test('a torn or altered exchange is refused whole', () => {
    const wire = encodeWire([commit, commit]);
    expect(decodeWire(wire)).toMatchObject({ ok: true });
    expect(decodeWire(wire.subarray(0, wire.length - 1))).toEqual({ ok: false, problem: 'wire-torn' });
    const altered = wire.slice();
    altered[60]! ^= 1; // inside the first record
    expect(decodeWire(altered)).toEqual({ ok: false, problem: 'wire-damaged' });
    expect(decodeWire(new Uint8Array([1, 2]))).toEqual({ ok: false, problem: 'wire-head' });
  });

  test('a certificate comes back, another length or role does not', () => {
    const encoded = encodeCertificate({
      role: 'hub',
      kinds: [],
      device: fill(12, 1),
      publicKey: fill(32, 2),
      issuer: fill(12, 3),
      signature: fill(64, 4),
    });
    expect(decodeCertificate(encoded)).toMatchObject({ role: 'hub', kinds: [] });
    const desk = { role: 'desk' as const, device: fill(12, 1), publicKey: fill(32, 2), issuer: fill(12, 3), signature: fill(64, 4) };
    for (const kind of CERTIFIED_KINDS) expect(decodeCertificate(encodeCertificate({ ...desk, kinds: [kind] }))?.kinds).toEqual([kind]);
    expect(decodeCertificate(encodeCertificate({ ...desk, kinds: [...CERTIFIED_KINDS] }))?.kinds).toEqual(CERTIFIED_KINDS);
    expect([...CERTIFIED_KINDS].sort()).toEqual([...deskKind.options].sort());
    expect(() => encodeCertificate({ ...desk, kinds: ['pharmacy'] })).toThrow('no certificate');
    // A kind of a newer program is not taken for one that is known, nor for none: none means every kind.
    const newer = encodeCertificate({ ...desk, kinds: [] });
    newer[4] = 0x80;
    expect(decodeCertificate(newer)?.kinds).toEqual(['unknown']);
    expect(decodeCertificate(encoded.subarray(1))).toBeUndefined();
  });

  test('CRC-32 is that of the standard', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    // Of any length, and wherever the bytes begin in their buffer.
    for (let length = 0; length < 40; length += 1) {
      const bytes = new Uint8Array(randomBytes(length + 9)).subarray(length % 9);
      expect(crc32(bytes)).toBe(zlib.crc32(bytes));
    }
  });

  test('keys of small order and non-canonical ones may not be enrolled', () => {
    expect(mayEnrolKey(fill(32, 0))).toBe(false);
    const one = fill(32, 0);
    one[0] = 1;
    expect(mayEnrolKey(one)).toBe(false);
    one[31] = 0x80;
    expect(mayEnrolKey(one)).toBe(false);
    expect(mayEnrolKey(fill(32, 255))).toBe(false);
    expect(mayEnrolKey(fill(31, 9))).toBe(false);
    expect(mayEnrolKey(fill(32, 9))).toBe(true);
  });

  test('the clock never goes back and does not follow an absurd one', () => {
    expect(nextHlc({ ms: 1000, counter: 0 }, 5)).toEqual({ ms: 1000, counter: 1 });
    expect(nextHlc({ ms: 1000, counter: 0xffff }, 5)).toEqual({ ms: 1001, counter: 0 });
    expect(nextHlc({ ms: 1000, counter: 4 }, 2000)).toEqual({ ms: 2000, counter: 0 });
    expect(observeHlc({ ms: 1000, counter: 0 }, { ms: 400_000, counter: 0 }, 1000)).toEqual({
      hlc: { ms: 1000, counter: 0 },
      suspect: true,
    });
    expect(observeHlc({ ms: 1000, counter: 0 }, { ms: 2000, counter: 3 }, 1000)).toEqual({ hlc: { ms: 2000, counter: 3 }, suspect: false });
  });
});
