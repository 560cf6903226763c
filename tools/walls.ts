// Reads every import under src and refuses those that cross a wall of DESIGN section 6. Faster and stricter than tsc -b:
// it also sees packages, test files, dynamic imports, and clocks or chance in the core.
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { CLOCK_AND_CHANCE, TEST_PACKAGES, type Wall, WALLS } from './walls.rules.ts';

export interface Violation {
  /** Relative to the root, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

const SOURCE = /\.(?:ts|tsx|mts|js|mjs|jsx)$/;
const BUILTINS = new Set(builtinModules);

/** Every violation under `root`/src. */
export function checkWalls(root: string): readonly Violation[] {
  const src = path.join(root, 'src');
  return readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .toSorted()
    .flatMap((file) => checkFile(file, readFileSync(path.join(root, file), 'utf8')));
}

export function checkFile(file: string, text: string): readonly Violation[] {
  const folder = file.split('/')[1] ?? '';
  const wall = WALLS[folder];
  if (wall === undefined) return [{ file, line: 1, message: `src/${folder} has no wall. Add it to tools/walls.rules.ts.` }];
  const code = withoutComments(text);
  const violations: Violation[] = [];
  for (const { specifier, at } of importsOf(code)) {
    const message = refusal(file, folder, wall, specifier);
    if (message !== undefined) violations.push({ file, line: lineAt(code, at), message });
  }
  if (!wall.clockAndChance && kindOf(file) === 'source') {
    const bare = withoutStrings(code);
    for (const { pattern, what } of CLOCK_AND_CHANCE) {
      const found = pattern.exec(bare);
      if (found !== null)
        violations.push({
          file,
          line: lineAt(bare, found.index),
          message: `${what} is a clock or chance: src/${folder} gets those as a port.`,
        });
    }
  }
  if (kindOf(file) === 'source' && !text.startsWith('//')) {
    violations.push({ file, line: 1, message: 'A file opens with one sentence: what it is for and what it must not know.' });
  }
  return violations;
}

type FileKind = 'source' | 'test' | 'node-test';

/** Conformance suites count as tests: they are made of `describe` and `test`. */
function kindOf(file: string): FileKind {
  if (/\.node\.test\.tsx?$/.test(file)) return 'node-test';
  return /(?:\.test\.tsx?|-conformance\.ts)$/.test(file) ? 'test' : 'source';
}

/** Why `file` may not import `specifier`; undefined when it may. */
function refusal(file: string, folder: string, wall: Wall, specifier: string): string | undefined {
  const kind = kindOf(file);
  if (specifier.startsWith('.')) return refusedPath(file, path.posix.join(path.posix.dirname(file), specifier), specifier);
  if (specifier.startsWith('#')) {
    const target = specifier.slice(1).split('/')[0] ?? '';
    if (target === 'desks') return refusedPath(file, `src/${specifier.slice(1)}`, specifier);
    if (target === folder || wall.folders.includes(target)) return undefined;
    // Tests that touch the world may stand on Node's ports; they ship to nobody.
    if (kind === 'node-test' && (target === 'node' || WALLS['node']?.folders.includes(target) === true)) return undefined;
    return `src/${folder} may not import '${specifier}': it may import ${wall.folders.join(', ') || 'no other folder'}.`;
  }
  const name = packageOf(specifier);
  if (specifier.startsWith('node:') || BUILTINS.has(name)) {
    if (wall.nodeBuiltins || kind === 'node-test') return undefined;
    return `src/${folder} may not import '${specifier}': Node's own modules belong to src/node (or to a .node.test.ts).`;
  }
  if (wall.packages === 'any' || wall.packages.includes(name)) return undefined;
  if (kind !== 'source' && (kind === 'node-test' || TEST_PACKAGES.includes(name))) return undefined;
  return `src/${folder} may not import the package '${name}': it may import ${wall.packages.join(', ') || 'none'}.`;
}

/** A path stays inside its folder; a desk inside its desk. Files directly in src/desks put the desks together. */
function refusedPath(file: string, target: string, specifier: string): string | undefined {
  const [, folder, desk, ...rest] = file.split('/');
  const [top, targetFolder, targetDesk] = target.split('/');
  if (top === 'src' && targetFolder !== folder) {
    return specifier.startsWith('#')
      ? `src/${folder} may not import '${specifier}'.`
      : `'${specifier}' leaves src/${folder}: write '#${targetFolder}/…', where the wall allows it.`;
  }
  if (top !== 'src') return `'${specifier}' leaves src: nothing in src may depend on ${top}.`;
  if (folder === 'desks' && rest.length > 0 && targetDesk !== desk) {
    return `The desk '${desk}' may not import '${specifier}': a desk never imports a desk. Move what both need to src/desk.`;
  }
  return undefined;
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

interface FoundImport {
  readonly specifier: string;
  readonly at: number;
}

const IMPORTS = [
  /\b(?:import|export)\b[^'"`;]*?\bfrom\s*(['"])([^'"\n]+)\1/g,
  /\bimport\s*(['"])([^'"\n]+)\1/g,
  /\b(?:import|require|import\.meta\.resolve)\s*\(\s*(['"`])([^'"`\n]+)\1/g,
  /\bnew\s+(?:URL|Worker|SharedWorker)\s*\(\s*(['"])(\.{1,2}\/[^'"\n]+)\1/g,
];

function importsOf(code: string): readonly FoundImport[] {
  const found: FoundImport[] = [];
  for (const pattern of IMPORTS) {
    for (const match of code.matchAll(pattern)) {
      const specifier = match[2];
      if (specifier !== undefined) found.push({ specifier: specifier.replace(/\?.*$/, ''), at: match.index });
    }
  }
  return found;
}

const TOKENS = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;
const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** Comments blanked, strings and line numbers kept. */
function withoutComments(text: string): string {
  return text.replace(TOKENS, (token) => (token.startsWith('//') || token.startsWith('/*') ? blank(token) : token));
}

/** Strings blanked; of a template the expressions stay. */
function withoutStrings(code: string): string {
  return code.replace(TOKENS, (token) => (token.startsWith('`') ? token : blank(token)));
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const violations = checkWalls(path.resolve(process.argv[2] ?? path.join(import.meta.dirname, '..')));
  for (const { file, line, message } of violations) console.error(`${file}:${line} ${message}`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
