// Reads the kernel's own sources: every code written in them is registered in `codes.ts`.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { CODES } from './codes.ts';

const KERNEL = fileURLToPath(new URL('..', import.meta.url));
const USES = [
  /\b(?:reject|no|missing)\('([a-z0-9-]+)'/g,
  /\bissue\('([a-z0-9-]+)'/g,
  /\bcode: '([a-z0-9-]+)'/g,
  /\b(?:return|\?|:) '((?:call|told|result|patient|link)-[a-z-]+)'/g,
];

test('every code in the sources of the kernel is registered', () => {
  const used = new Map<string, string>();
  for (const name of readdirSync(KERNEL, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts') || name.includes('codes') || name === 'checks.ts' || name.endsWith('seed.ts'))
      continue;
    const source = readFileSync(`${KERNEL}/${name}`, 'utf8');
    for (const pattern of USES) for (const match of source.matchAll(pattern)) if (match[1] !== undefined) used.set(match[1], name);
  }
  expect(used.size).toBeGreaterThan(100);
  expect([...used].filter(([code]) => CODES[code] === undefined)).toEqual([]);
});

test('the catalogue that has no file is the catalogue in the file', async () => {
  const { LAB_CATALOG_CSV } = await import('#kernel/catalogue/lab-catalog.ts');
  expect(LAB_CATALOG_CSV).toBe(readFileSync(`${KERNEL}/catalogue/lab-catalog.csv`, 'utf8'));
});
