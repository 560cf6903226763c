// What scanners, cameras and clipboards do to a text, undone.
import { createSHA256 } from 'hash-wasm';
import { describe, expect, it } from 'vitest';
import { concatBytes } from '#kernel/shared/bytes.ts';
import { classifyScan, splitScans } from './classify-scan.ts';
import { parsePart, splitParts } from './parts.ts';

const hasher = await createSHA256();
const sha256 = (bytes: Uint8Array): Uint8Array => hasher.init().update(bytes).digest('binary');
/** Bytes that look random and are the same each time. */
function noise(seed: string, length: number): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let i = 0; i * 32 < length; i += 1) blocks.push(sha256(new TextEncoder().encode(`${seed} ${i}`)));
  return concatBytes(...blocks).subarray(0, length);
}

describe('a scan', () => {
  const [symbol = ''] = splitParts(noise('symbol', 300), sha256);
  it.each([
    ['as it is', symbol],
    ['in small letters', symbol.toLowerCase()],
    ['with Enter', `${symbol}\r\n`],
    ['with Tab before', `\t${symbol}\t`],
    ['with an AIM prefix', `]Q1${symbol}\r`],
    ['with a small AIM prefix', `]q1${symbol.toLowerCase()} `],
    ['with STX and ETX', `\u0002${symbol}\u0003`],
  ])('%s is a part of a sheet', (_, scanned) => {
    const scan = classifyScan(scanned);
    expect(scan).toEqual({ kind: 'paper-part', text: symbol });
    expect(parsePart(scan.kind === 'paper-part' ? scan.text : '').ok).toBe(true);
  });

  it.each(['100042000173', '1000 4200 0173', ']C0100042000173\r', ' 100042000173\n', '1000-4200-0173'])('%j is a number', (scanned) => {
    expect(classifyScan(scanned)).toEqual({ kind: 'number', digits: '100042000173' });
  });

  it.each(['', 'hello', '10004200017', '1000420001734', 'https://example.org/NR1:', '{"a":1}', 'NR:1', ` ${'9'.repeat(5000)}`])(
    '%j is something else',
    (scanned) => {
      expect(classifyScan(scanned).kind).toBe('other');
    },
  );

  it('of a newer or older kind of paper is told apart from damage', () => {
    expect(parsePart('NR2:WHATEVER')).toEqual({ ok: false, code: 'paper-newer-format' });
    expect(parsePart('NR0:WHATEVER')).toEqual({ ok: false, code: 'paper-not-ours' });
    expect(parsePart('HELLO')).toEqual({ ok: false, code: 'paper-not-ours' });
    expect(parsePart('NR1:WHATEVER')).toEqual({ ok: false, code: 'paper-damaged' });
  });

  it('of many lines is many scans', () => {
    expect(splitScans(`${symbol}\r\n\r\n100042000173\n`)).toEqual([symbol, '100042000173']);
  });
});
