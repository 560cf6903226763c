// Sheets to texts and back: the same bytes, whatever the order of scans, and a code for whatever is not one of ours.
import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { createSHA256 } from 'hash-wasm';
import { describe, expect, it } from 'vitest';
import { concatBytes, toBase64Url, toHex } from '#kernel/shared/bytes.ts';
import { MAX_BODY_BYTES, type Commit } from '../commit.ts';
import { encodeHeader, HASH_BYTES, SIGNATURE_BYTES, type Header } from '../header.ts';
import { collectParts, NO_PARTS } from './collect-parts.ts';
import { classifyScan } from './classify-scan.ts';
import { DICTIONARIES, NEWEST_DICTIONARY } from './dictionary.ts';
import {
  MAX_BODIES_BYTES,
  MAX_CHUNK_BYTES,
  MAX_SYMBOL_LETTERS,
  MOST_PARTS,
  PART_CHECK_BYTES,
  PART_FRAME_LETTERS,
  type PaperKind,
} from './limits.ts';
import { parsePart, splitParts } from './parts.ts';
import { decodePayload, encodePaper, encodePayload } from './payload.ts';
import { groupRuns } from './runs.ts';

const hasher = await createSHA256();
const sha256 = (bytes: Uint8Array): Uint8Array => hasher.init().update(bytes).digest('binary');
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const HOSPITAL = sha256(text('a hospital')).subarray(0, 8);
const OTHER = sha256(text('another hospital')).subarray(0, 8);

/** Bytes that look random and are the same each time. */
function noise(seed: string, length: number): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let i = 0; i * 32 < length; i += 1) blocks.push(sha256(text(`${seed} ${i}`)));
  return concatBytes(...blocks).subarray(0, length);
}

function chain(seed: string, bodies: readonly (Uint8Array | undefined)[], firstSeq = 1): readonly Commit[] {
  let previous: Uint8Array = firstSeq === 1 ? new Uint8Array(HASH_BYTES) : noise(`${seed} before`, HASH_BYTES);
  return bodies.map((body, index) => {
    const header: Header = {
      format: 1,
      device: noise(`${seed} device`, 12),
      epoch: noise(`${seed} epoch`, 12),
      seq: firstSeq + index,
      previous,
      hlc: { ms: 1_795_000_000_000 + index * 1700, counter: index % 3 },
      bodyHash: body === undefined ? noise(`${seed} erased ${index}`, HASH_BYTES) : sha256(body),
    };
    const headerBytes = encodeHeader(header);
    previous = sha256(headerBytes);
    return { header, headerBytes, hash: previous, signature: noise(`${seed} signature ${index}`, SIGNATURE_BYTES), body };
  });
}

const id = (seed: string): string => toBase64Url(noise(seed, 12));
function bodyOf(seed: string, name: string, events: readonly unknown[]): Uint8Array {
  const trust = [
    [id('epoch hub'), 42],
    [id('epoch hub 2'), 7],
  ];
  return text(
    JSON.stringify({
      salt: toBase64Url(noise(`${seed} salt`, 12)),
      command: id(`${seed} command`),
      do: name,
      user: `user/${id('user')}`,
      session: toBase64Url(noise('session', 9)),
      trust,
      events,
    }),
  );
}
const REGISTER = {
  stream: `patient/${id('p')}`,
  type: 'PatientRegistered',
  data: {
    uhid: '100042000173',
    name: 'Sunita Devi',
    nameHi: 'सुनीता देवी',
    sex: 'female',
    age: { kind: 'told', value: 34, precision: 'years', asOf: '2026-11-23' },
    relation: { type: 'W/O', name: 'Ramesh Kumar' },
    phone: '9810012345',
    address: { line: 'Gali 4, Sangam Vihar', district: 'South Delhi', state: 'Delhi' },
    category: 'general',
  },
};
const VISIT = {
  stream: `visit/${id('v')}`,
  type: 'VisitStarted',
  data: { number: '300042000171', patient: `patient/${id('p')}`, department: 'MED' },
};
const ORDER = {
  stream: `order/${id('o')}`,
  type: 'OrderPlaced',
  data: {
    number: '400042000178',
    patient: `patient/${id('p')}`,
    visit: `visit/${id('v')}`,
    tests: ['PLT', 'HGB', 'WBC', 'CREA'],
    urgency: 'routine',
  },
};
const TUBES = ['EDTA', 'SST'].map((container, i) => ({
  stream: `specimen/${id(`s${i}`)}`,
  type: 'SpecimenPlanned',
  data: {
    accession: `20004200017${i}`,
    patient: `patient/${id('p')}`,
    order: `order/${id('o')}`,
    visit: `visit/${id('v')}`,
    tests: i === 0 ? ['PLT', 'HGB', 'WBC'] : ['CREA'],
    container,
    urgency: 'routine',
  },
}));
const CERTIFICATE = noise('certificate', 124);
const ONE_COMMAND = chain('desk', [bodyOf('a', 'registerPatient', [REGISTER, VISIT, ORDER, ...TUBES])], 18);
const THREE_COMMANDS = chain(
  'desk',
  [bodyOf('a', 'registerPatient', [REGISTER]), bodyOf('b', 'startVisit', [VISIT]), bodyOf('c', 'placeOrder', [ORDER, ...TUBES])],
  18,
);

function encoded(kind: PaperKind, commits: readonly Commit[], certificates: readonly Uint8Array[] = []): readonly string[] {
  const paper = encodePaper(kind, HOSPITAL, certificates, commits, sha256);
  if (!paper.ok) throw new Error(paper.code);
  return paper.texts;
}

function scanAll(texts: readonly string[]): Uint8Array {
  let state = NO_PARTS;
  for (const each of texts) {
    const step = collectParts(state, each, sha256);
    state = step.state;
    if (step.outcome.status === 'complete') return step.outcome.payload;
  }
  throw new Error('not complete');
}

const flat = (commits: readonly Omit<Commit, 'signature'>[]): unknown =>
  commits.map((c) => [toHex(c.headerBytes), toHex(c.hash), c.body === undefined ? null : toHex(c.body), c.header.seq]);

describe('symbols', () => {
  it('fit into their letters', () => {
    expect(PART_FRAME_LETTERS + Math.ceil((MAX_CHUNK_BYTES + PART_CHECK_BYTES) * 1.5)).toBeLessThanOrEqual(MAX_SYMBOL_LETTERS);
    const full = splitParts(noise('full', MAX_CHUNK_BYTES * MOST_PARTS), sha256);
    expect(full).toHaveLength(MOST_PARTS);
    for (const each of full) expect(each.length).toBeLessThanOrEqual(MAX_SYMBOL_LETTERS);
  });

  it('carry letters of QR alphanumeric mode only', () => {
    for (const each of encoded('slip', THREE_COMMANDS, [CERTIFICATE])) expect(each).toMatch(/^[0-9A-Z $%*+\-./:]+$/);
  });

  it('state the sizes of a real slip', () => {
    const sizes = (commits: readonly Commit[], certificates: readonly Uint8Array[]): readonly number[] => {
      const paper = encodePaper('slip', HOSPITAL, certificates, commits, sha256);
      return paper.ok ? [paper.payloadBytes, paper.texts.length] : [];
    };
    const one = sizes(ONE_COMMAND, []);
    const certified = sizes(ONE_COMMAND, [CERTIFICATE]);
    const three = sizes(THREE_COMMANDS, [CERTIFICATE]);
    console.info(
      `paper: one commit ${one.join(' in ')} · with certificate ${certified.join(' in ')} · three commits with certificate ${three.join(' in ')} (bytes, symbols)`,
    );
    expect(one[1]).toBeLessThanOrEqual(2);
    expect(certified[1]).toBeLessThanOrEqual(2);
    expect(three[1]).toBeLessThanOrEqual(2);
  });

  it('find every wrong letter, swap and lost letter', () => {
    const [symbol = ''] = encoded('slip', ONE_COMMAND);
    fc.assert(
      fc.property(
        fc.nat(symbol.length - 1),
        fc.constantFrom('', ...Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:')),
        (at, letter) => {
          const wrong = symbol.slice(0, at) + letter + symbol.slice(at + 1);
          expect(parsePart(wrong).ok).toBe(wrong === symbol);
        },
      ),
    );
  });
});

describe('a sheet', () => {
  it('gives back the same header and body bytes, certificates and the signature of the last', () => {
    const decoded = decodePayload(scanAll(encoded('slip', THREE_COMMANDS, [CERTIFICATE])), HOSPITAL, sha256);
    if (!decoded.ok) throw new Error(decoded.code);
    expect(decoded.sheet.kind).toBe('slip');
    expect(decoded.sheet.certificates).toEqual([CERTIFICATE]);
    expect(decoded.sheet.runs).toHaveLength(1);
    expect(flat(decoded.sheet.runs[0]!.commits)).toEqual(flat(THREE_COMMANDS));
    expect(decoded.sheet.runs[0]!.signature).toEqual(THREE_COMMANDS[2]!.signature);
  });

  const chainArbitrary = fc.record({
    seed: fc.constantFrom('x', 'y', 'z'),
    first: fc.constantFrom(1, 2, 900, 4_000_000_000),
    bodies: fc.array(fc.option(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.json().map(text)), { nil: undefined }), {
      minLength: 1,
      maxLength: 6,
    }),
    left: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
  });
  it('is the identity for any commits with gaps, forks, erased bodies, in any order and twice', () => {
    fc.assert(
      fc.property(
        fc.array(chainArbitrary, { minLength: 1, maxLength: 4 }),
        fc.uint8Array({ minLength: 1, maxLength: 32 }),
        fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 3 }),
        (chains, hospital, certificates) => {
          const all = chains.flatMap(({ seed, first, bodies, left }) => chain(seed, bodies, first).filter((_, index) => left[index]));
          const runs = groupRuns([...all, ...all.toReversed()]);
          const sheet = { kind: 'rack' as const, hospital, certificates, runs };
          const decoded = decodePayload(encodePayload(sheet), hospital, sha256);
          expect(decoded).toEqual({ ok: true, sheet });
          const found = runs.flatMap((run) => run.commits.map((commit) => toHex(commit.hash)));
          expect(new Set(found)).toEqual(new Set(all.map((commit) => toHex(commit.hash))));
          expect(found.length).toBe(new Set(found).size);
          for (const run of runs) {
            const last = all.find((commit) => toHex(commit.hash) === toHex(run.commits.at(-1)!.hash));
            expect(toHex(run.signature)).toBe(toHex(last!.signature));
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('keeps two histories of one epoch as two runs', () => {
    const a = chain('fork', [text('{"a":1}'), text('{"a":2}')]);
    const second = { ...a[1]!.header, bodyHash: sha256(text('{"b":2}')) };
    const headerBytes = encodeHeader(second);
    const b: Commit = { header: second, headerBytes, hash: sha256(headerBytes), signature: noise('other', 64), body: text('{"b":2}') };
    const runs = groupRuns([b, ...a]);
    expect(runs.map((run) => run.commits.length)).toEqual([2, 1]);
  });

  it('is refused where it is too large for its kind, and told how much too large', () => {
    const big = chain('big', [noise('incompressible', 2000)]);
    expect(encodePaper('slip', HOSPITAL, [], big, sha256)).toEqual({ ok: false, code: 'paper-too-large', facts: { parts: 5, most: 3 } });
    expect(encodePaper('rack', HOSPITAL, [], big, sha256).ok).toBe(true);
    const flood = chain(
      'flood',
      Array.from({ length: 3 }, () => new Uint8Array(MAX_BODY_BYTES - 8)),
    );
    expect(encodePaper('rack', HOSPITAL, [], flood, sha256).ok).toBe(false);
  });

  it('of another hospital, of a newer program, of an unknown dictionary is named as such', () => {
    const payload = scanAll(encoded('slip', ONE_COMMAND));
    const changed = (at: number, byte: number): Uint8Array => payload.with(at, byte);
    expect(decodePayload(payload, OTHER, sha256)).toEqual({ ok: false, code: 'paper-foreign-hospital' });
    expect(decodePayload(changed(0, 2), HOSPITAL, sha256)).toEqual({ ok: false, code: 'paper-newer-format' });
    expect(decodePayload(changed(1, 77), HOSPITAL, sha256)).toEqual({ ok: false, code: 'paper-newer-format' });
    expect(decodePayload(changed(2, 200), HOSPITAL, sha256)).toEqual({ ok: false, code: 'paper-newer-format' });
    expect(decodePayload(changed(0, 0), HOSPITAL, sha256)).toEqual({ ok: false, code: 'paper-damaged' });
  });

  it('that is altered gives other header bytes, so that its signature cannot hold', () => {
    const payload = scanAll(encoded('slip', ONE_COMMAND));
    fc.assert(
      fc.property(fc.nat(payload.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const decoded = decodePayload(payload.with(at, payload[at]! ^ flip), HOSPITAL, sha256);
        if (!decoded.ok) return;
        const run = decoded.sheet.runs[0];
        const same =
          run !== undefined &&
          toHex(run.commits.at(-1)!.hash) === toHex(ONE_COMMAND[0]!.hash) &&
          toHex(run.signature) === toHex(ONE_COMMAND[0]!.signature);
        // The kind is a hint of the sheet, not of a commit: it alone may change without a signature noticing.
        expect(!same || at === 1 || toHex(run.commits[0]!.body!) === toHex(ONE_COMMAND[0]!.body!)).toBe(true);
      }),
      { numRuns: 600 },
    );
  });
});

describe('hostile bytes', () => {
  it('never throw, whatever is scanned or decoded', () => {
    const start = concatBytes(Uint8Array.of(1, 1, 1, 8), HOSPITAL);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, ours) => {
        expect(typeof decodePayload(ours ? concatBytes(start, bytes) : bytes, HOSPITAL, sha256).ok).toBe('boolean');
      }),
      { numRuns: 3000 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((s) => `NR1:${s}`),
          fc.string({ unit: 'binary' }),
        ),
        (scanned) => {
          const scan = classifyScan(scanned);
          expect(['number', 'paper-part', 'other']).toContain(scan.kind);
          collectParts(NO_PARTS, scanned, sha256);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('cannot make a decoder take more than the limits: a bomb is refused before it is inflated', () => {
    const runs = groupRuns(chain('bomb', [new Uint8Array(MAX_BODY_BYTES), new Uint8Array(MAX_BODY_BYTES), new Uint8Array(1)]));
    const bomb = encodePayload({ kind: 'rack', hospital: HOSPITAL, certificates: [], runs });
    expect(bomb.length).toBeLessThan(2000);
    expect(MAX_BODY_BYTES * 2 + 1).toBeGreaterThan(MAX_BODIES_BYTES);
    expect(decodePayload(bomb, HOSPITAL, sha256)).toEqual({ ok: false, code: 'paper-too-large' });
  });

  it('cannot announce less than a stream inflates to, or more', () => {
    const stream = (body: Uint8Array): Uint8Array =>
      deflateSync(body, { level: 9, mem: 8, dictionary: DICTIONARIES.get(NEWEST_DICTIONARY)! }); // the newest is there
    const body = noise('body', 300);
    const payload = encodePayload({ kind: 'slip', hospital: HOSPITAL, certificates: [], runs: groupRuns(chain('n', [body])) });
    const frame = payload.subarray(0, payload.length - stream(body).length);
    expect(decodePayload(concatBytes(frame, stream(body)), HOSPITAL, sha256).ok).toBe(true);
    // 33 kB of paper that would be 34 MB of memory.
    const others = [body.subarray(1), concatBytes(body, Uint8Array.of(0)), new Uint8Array(0), new Uint8Array(34_000_000)];
    for (const other of others)
      expect(decodePayload(concatBytes(frame, stream(other)), HOSPITAL, sha256)).toEqual({ ok: false, code: 'paper-damaged' });
  });

  it('are cut off at the number of commits, runs and certificates', () => {
    const many = (count: number): Uint8Array =>
      concatBytes(Uint8Array.of(1, 1, 1, 8), HOSPITAL, Uint8Array.of(0, (count & 127) | 128, count >> 7));
    expect(decodePayload(many(300), HOSPITAL, sha256)).toEqual({ ok: false, code: 'paper-damaged' });
  });
});

describe('dictionaries', () => {
  it('never change once paper was printed with them: add the next number instead, and a line here', () => {
    const hashes = [...DICTIONARIES].map(([number, bytes]) => [number, toHex(sha256(bytes)).slice(0, 16)]);
    expect(hashes).toEqual([[1, 'bb9ad7f3331755b2']]);
    expect(NEWEST_DICTIONARY).toBe(1);
  });
});
