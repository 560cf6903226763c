import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LAB_CATALOG_CSV } from '#kernel/catalogue/lab-catalog.ts';
import { commands } from '#kernel/commands.ts';
import { planCatalogue, planSeed } from './catalogue-csv.ts';

/** Not secure, but the same for the same bytes, and others for others. */
function fakeSha256(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(32);
  bytes.forEach((byte, index) => {
    out[index % 32] = (out[index % 32]! * 31 + byte + index) & 255; // an index of 32
  });
  return out;
}
const options = { sha256: fakeSha256, status: 'proposed' } as const;

test('the shipped catalogue and the seed are commands that the kernel takes, each with its own key', () => {
  const { commands: tests, problems } = planCatalogue(LAB_CATALOG_CSV, options);
  const all = [...planSeed(fakeSha256), ...tests];
  expect([problems, tests.length]).toEqual([[], 77]);
  for (const { do: name, with: input } of all)
    expect([name, commands.get(name)?.input.safeParse(input).error?.issues]).toEqual([name, undefined]);
  expect(new Set(all.map((command) => command.key)).size).toBe(all.length);
  expect(planCatalogue(LAB_CATALOG_CSV, options).commands).toEqual(tests);
});

test('a changed test has another key, an unchanged one the same', () => {
  const before = planCatalogue(LAB_CATALOG_CSV, options).commands;
  const after = planCatalogue(LAB_CATALOG_CSV.replaceAll('Platelet count', 'Platelets'), options).commands;
  expect(after.filter((command) => !before.some((old) => old.key === command.key))).toHaveLength(1);
});

test('a test with a wrong row is left out whole, and the rest is taken', () => {
  const { commands: tests, problems } = planCatalogue(
    LAB_CATALOG_CSV.replace(
      'HGB,Haemoglobin,718-7,blood,EDTA (lavender),g/dL,13.4',
      'HGB,Haemoglobin,718-7,blood,EDTA (lavender),g/dL,many',
    ),
    options,
  );
  expect(problems.length).toBeGreaterThan(0);
  expect(JSON.stringify(tests)).not.toContain('"HGB"');
  expect(tests.length).toBe(76);
});

test('any text: never a throw, and only commands that the kernel takes', () => {
  const lines = LAB_CATALOG_CSV.split('\n');
  const mangled = fc
    .array(
      fc.tuple(fc.nat(lines.length - 1), fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('"', ',,,', '', '\r', '-1', 'NaN'))),
      { maxLength: 5 },
    )
    .map((edits) => {
      const copy = [...lines];
      for (const [at, text] of edits) copy[at] = (copy[at] ?? '').replace(/,[^,]*/, () => `,${text}`);
      return copy.join('\n');
    });
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), mangled), (text) => {
      const rejected = planCatalogue(text, options).commands.filter(
        ({ do: name, with: input }) => commands.get(name)?.input.safeParse(input).success !== true,
      );
      expect(rejected).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
