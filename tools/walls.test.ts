// Each wall of DESIGN section 6 refuses what it must and lets through what it may.
import { describe, expect, test } from 'vitest';
import { checkFile } from './walls.ts';
import { WALLS } from './walls.rules.ts';

const OPENING = '// What it is for.\n';
const messages = (file: string, code: string): readonly string[] => checkFile(file, OPENING + code).map((violation) => violation.message);

const folders = Object.keys(WALLS);
const pairs = folders.flatMap((from) => folders.filter((to) => to !== from).map((to) => ({ from, to })));
const mayImport = (from: string, to: string): boolean => WALLS[from]?.folders.includes(to) === true;

describe('the walls between folders', () => {
  test.each(pairs.filter(({ from, to }) => mayImport(from, to)))('$from may import $to', ({ from, to }) => {
    expect(messages(`src/${from}/a.ts`, `import { x } from '#${to}/b.ts';`)).toEqual([]);
  });

  test.each(pairs.filter(({ from, to }) => !mayImport(from, to)))('$from may not import $to', ({ from, to }) => {
    expect(messages(`src/${from}/a/a.ts`, `import type { X } from '#${to}/b.ts';`)).toHaveLength(1);
    expect(messages(`src/${from}/a/a.ts`, `import { x } from '../../${to}/b.ts';`)).toHaveLength(1);
  });

  test('the table says what DESIGN section 6 says', () => {
    expect(WALLS['kernel']?.folders).toEqual([]);
    expect(WALLS['journal']?.folders).toEqual(['kernel']);
    expect(WALLS['views']?.folders).toEqual(['kernel', 'journal']);
    expect(WALLS['print']?.folders).toEqual(['kernel', 'views']);
    expect(WALLS['interop']?.folders).toEqual(['kernel', 'views']);
    for (const folder of folders.filter((name) => name !== 'desks')) expect(WALLS[folder]?.folders).not.toContain('desk');
    for (const folder of folders) expect(WALLS[folder]?.folders).not.toContain('desks');
    expect(WALLS['sim']?.folders).not.toContain('node');
    expect(folders.filter((name) => WALLS[name]?.nodeBuiltins)).toEqual(['node']);
  });

  test('a folder without a wall is refused', () => {
    expect(messages('src/shortcut/a.ts', '')).toHaveLength(1);
  });
});

describe('however the import is written', () => {
  test.each([
    `import '#node/clock.ts';`,
    `import { a,\n  b } from "#node/clock.ts";`,
    `import * as x from '#node/clock.ts';`,
    `export * from '#node/clock.ts';`,
    `export { x } from '#node/clock.ts';`,
    `export type { X } from '#node/clock.ts';`,
    `const x = await import('#node/clock.ts');`,
    'const x = await import(`#node/clock.ts`);',
    `type X = import('#node/clock.ts').X;`,
    `/* harmless */ import x from '#node/clock.ts'; // and this`,
  ])('%s', (code) => {
    expect(messages('src/kernel/a.ts', code)).toHaveLength(1);
  });

  test('a comment or a worker of the own folder is no violation', () => {
    expect(messages('src/kernel/a.ts', `// import x from '#node/clock.ts'\n/* import y from 'react' */`)).toEqual([]);
    expect(messages('src/desk/a.ts', `new Worker(new URL('./replica-worker.ts', import.meta.url));`)).toEqual([]);
  });

  test('the line is the line of the import', () => {
    expect(checkFile('src/kernel/a.ts', `${OPENING}\n\nimport x from 'react';`)[0]?.line).toBe(4);
  });
});

describe('desks', () => {
  test('a desk never imports a desk', () => {
    expect(messages('src/desks/lab/a.tsx', `import { x } from '#desks/registration/b.ts';`)).toHaveLength(1);
    expect(messages('src/desks/lab/a.tsx', `import { x } from '../registration/b.ts';`)).toHaveLength(1);
    expect(messages('src/desks/lab/parts/a.tsx', `import { x } from '../../registration/b.ts';`)).toHaveLength(1);
  });

  test('a desk imports itself and the shell, and the file that puts them together imports each', () => {
    expect(messages('src/desks/lab/a.tsx', `import { x } from './b.ts'; import { y } from '#desk/shell.ts';`)).toEqual([]);
    expect(messages('src/desks/lab/a.tsx', `import { x } from '#desks/lab/b.ts';`)).toEqual([]);
    expect(messages('src/desks/main.tsx', `import { x } from './lab/b.ts'; import { y } from '#desks/registration/b.ts';`)).toEqual([]);
  });
});

describe('packages and Node', () => {
  test.each(folders.filter((name) => name !== 'node'))('%s may not import node:fs, but its .node.test.ts may', (folder) => {
    expect(messages(`src/${folder}/a.ts`, `import { x } from 'node:fs';`)).toHaveLength(1);
    expect(messages(`src/${folder}/a.ts`, `import { x } from 'fs/promises';`)).toHaveLength(1);
    expect(messages(`src/${folder}/a.test.ts`, `import { x } from 'node:fs';`)).toHaveLength(1);
    expect(messages(`src/${folder}/a.node.test.ts`, `import { x } from 'node:fs'; import { y } from '#node/clock.ts';`)).toEqual([]);
  });

  test('the kernel imports zod and nothing else', () => {
    expect(messages('src/kernel/a.ts', `import { z } from 'zod';`)).toEqual([]);
    expect(messages('src/kernel/a.ts', `import x from 'fflate';`)).toHaveLength(1);
    expect(messages('src/kernel/a.ts', `import { test } from 'vitest';`)).toHaveLength(1);
    expect(messages('src/kernel/a.test.ts', `import { test } from 'vitest'; import fc from 'fast-check';`)).toEqual([]);
    expect(messages('src/kernel/a.test.ts', `import { x } from 'react';`)).toHaveLength(1);
  });

  test('nothing in src depends on tools or tests', () => {
    expect(messages('src/node/a.ts', `import { x } from '../../tools/check.ts';`)).toHaveLength(1);
  });
});

describe('clock and chance', () => {
  const core = ['kernel', 'journal', 'views', 'print', 'sim'];
  const reads = [
    'Date.now()',
    'new Date()',
    'new Date',
    'Date()',
    'Math.random()',
    'performance.now()',
    'crypto.randomUUID()',
    'globalThis.crypto.subtle',
  ];

  test.each(core.flatMap((folder) => reads.map((read) => ({ folder, read }))))('$folder may not use $read', ({ folder, read }) => {
    expect(messages(`src/${folder}/a.ts`, `export const x = ${read};`)).not.toEqual([]);
  });

  test('a given instant, a port and a comment are fine', () => {
    expect(
      messages('src/kernel/a.ts', `const d = new Date(at); clock.now(); crypto.sha256(b); // Date.now()\nconst s = 'Math.random()';`),
    ).toEqual([]);
    expect(messages('src/node/a.ts', 'Date.now();')).toEqual([]);
    expect(messages('src/kernel/a.test.ts', 'Date.now();')).toEqual([]);
  });
});

test('a source file opens with a comment', () => {
  expect(checkFile('src/kernel/a.ts', 'export const x = 1;')).toHaveLength(1);
  expect(checkFile('src/kernel/a.test.ts', 'const x = 1;')).toEqual([]);
});
