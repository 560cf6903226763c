// A forbidden import fails the check for real: our own reader and `tsc -b` both refuse it in a tree with our own configs.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WALLS } from './walls.rules.ts';

const run = promisify(execFile);
const ROOT = path.join(import.meta.dirname, '..');
const FOLDERS = Object.keys(WALLS);
let tree = '';

/** Our configs, one harmless file in each folder, nothing else. */
beforeEach(() => {
  tree = mkdtempSync(path.join(tmpdir(), 'nirantar-walls-'));
  for (const file of ['package.json', 'tsconfig.base.json']) cpSync(path.join(ROOT, file), path.join(tree, file));
  const references = FOLDERS.map((folder) => ({ path: `./src/${folder}` }));
  writeFileSync(path.join(tree, 'tsconfig.json'), JSON.stringify({ files: [], references }));
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(tree, 'node_modules'));
  for (const folder of FOLDERS) {
    mkdirSync(path.join(tree, 'src', folder), { recursive: true });
    cpSync(path.join(ROOT, 'src', folder, 'tsconfig.json'), path.join(tree, 'src', folder, 'tsconfig.json'));
    put(`src/${folder}/fine.ts`, `export const here = '${folder}';`);
  }
  mkdirSync(path.join(tree, 'src/kernel/shared'));
  const globals = 'src/kernel/shared/engine-globals.d.ts';
  cpSync(path.join(ROOT, globals), path.join(tree, globals));
});

afterEach(() => rmSync(tree, { recursive: true, force: true }));

function put(file: string, code: string): void {
  writeFileSync(path.join(tree, file), `// A file of the test.\n${code}\n`);
}

interface Outcome {
  readonly code: number;
  readonly output: string;
}

async function outcome(args: readonly string[]): Promise<Outcome> {
  try {
    const { stdout, stderr } = await run(process.execPath, args, { cwd: tree });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }; // what execFile rejects with
    return { code, output: stdout + stderr };
  }
}

const walls = (): Promise<Outcome> => outcome([path.join(ROOT, 'tools/walls.ts'), tree]);
const types = (): Promise<Outcome> => outcome([path.join(ROOT, 'node_modules/typescript/bin/tsc'), '-b']);

test('a tree that keeps the walls passes both', async () => {
  for (const [folder, wall] of Object.entries(WALLS)) {
    for (const other of wall.folders) {
      put(`src/${folder}/uses-${other}.ts`, `import { here } from '#${other}/fine.ts';\nexport const there: string = here;`);
    }
  }
  expect(await walls()).toEqual({ code: 0, output: '' });
  expect(await types()).toEqual({ code: 0, output: '' });
});

test('every forbidden pair of folders fails both', async () => {
  const files: string[] = [];
  for (const [from, wall] of Object.entries(WALLS)) {
    for (const to of FOLDERS.filter((name) => name !== from && !wall.folders.includes(name))) {
      const file = `src/${from}/steals-${to}.ts`;
      put(file, `import { here } from '#${to}/fine.ts';\nexport const there: string = here;`);
      files.push(file);
    }
  }
  const seen = await walls();
  expect(seen.code).toBe(1);
  for (const file of files) expect(seen.output).toContain(`${file}:2 `);

  const compiled = await types();
  expect(compiled.code).not.toBe(0);
  // A reference of a reference counts for tsc: print and interop see journal through views. Our own reader does not allow it.
  const onlyOurs = ['src/interop/steals-journal.ts', 'src/print/steals-journal.ts'];
  const missed = files.filter((file) => !compiled.output.includes(file));
  expect(missed).toEqual(onlyOurs);
});

test('the core sees no DOM, no Node, no clock', async () => {
  put('src/kernel/screen.ts', 'export const title: string = document.title;');
  put('src/journal/disk.ts', `import { readFileSync } from 'node:fs';\nexport const x: unknown = readFileSync;`);
  put('src/views/bytes.ts', 'export const x: unknown = Buffer.from("");');
  put('src/print/late.ts', 'export const x: unknown = setTimeout(() => 1, 1);');
  put('src/roles/window.ts', 'export const x: unknown = window.document;');
  const compiled = await types();
  expect(compiled.code).not.toBe(0);
  for (const file of ['kernel/screen.ts', 'journal/disk.ts', 'views/bytes.ts', 'print/late.ts', 'roles/window.ts']) {
    expect(compiled.output).toContain(`src/${file}`);
  }
});
