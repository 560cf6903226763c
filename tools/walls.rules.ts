// The walls of DESIGN section 6 as a table: what each folder of src may import. It knows nothing of how imports are found.

export interface Wall {
  /** Other folders of `src/` that it may import, by `#folder/…`. */
  readonly folders: readonly string[];
  /** Packages of package.json that it may import. A new one here is a decision, not a convenience. */
  readonly packages: readonly string[] | 'any';
  /** May it import `node:…`? */
  readonly nodeBuiltins: boolean;
  /** May it read a clock or a random source other than through a port? */
  readonly clockAndChance: boolean;
}

const CORE = ['kernel', 'journal', 'views', 'interop', 'print', 'api', 'roles'];

export const WALLS: Readonly<Record<string, Wall>> = {
  kernel: { folders: [], packages: ['zod'], nodeBuiltins: false, clockAndChance: false },
  journal: { folders: ['kernel'], packages: ['zod', 'fflate'], nodeBuiltins: false, clockAndChance: false },
  views: { folders: ['kernel', 'journal'], packages: ['zod'], nodeBuiltins: false, clockAndChance: false },
  interop: { folders: ['kernel', 'views'], packages: ['zod', 'fflate'], nodeBuiltins: false, clockAndChance: false },
  print: {
    folders: ['kernel', 'views'],
    packages: ['zod', 'fflate', 'bwip-js', 'pdfmake'],
    nodeBuiltins: false,
    clockAndChance: false,
  },
  api: { folders: CORE.slice(0, 5), packages: ['zod', 'hono'], nodeBuiltins: false, clockAndChance: false },
  roles: { folders: CORE.slice(0, 6), packages: ['zod', 'hono', 'hash-wasm'], nodeBuiltins: false, clockAndChance: false },
  importers: { folders: CORE, packages: ['zod', 'papaparse'], nodeBuiltins: false, clockAndChance: false },
  sim: { folders: [...CORE, 'importers'], packages: ['zod'], nodeBuiltins: false, clockAndChance: false },
  node: { folders: [...CORE, 'importers', 'sim'], packages: 'any', nodeBuiltins: true, clockAndChance: true },
  desk: { folders: [...CORE, 'importers'], packages: 'any', nodeBuiltins: false, clockAndChance: true },
  desks: { folders: [...CORE, 'importers', 'desk'], packages: 'any', nodeBuiltins: false, clockAndChance: true },
};

/** What a unit test may import on top of its folder's wall. */
export const TEST_PACKAGES: readonly string[] = ['vitest', 'fast-check', 'jsqr', 'pngjs', 'zpl-renderer-js', 'axe-core', 'hash-wasm'];

/** Ways to read a clock or a random source that no type or lint rule catches everywhere. */
export const CLOCK_AND_CHANCE: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /\bDate\s*\.\s*now\b/, what: 'Date.now' },
  { pattern: /\bnew\s+Date\s*(?:\(\s*\)|(?![\s(\w]))/, what: 'new Date()' },
  { pattern: /(?<![.\w])(?<!new\s)Date\s*\(\s*\)/, what: 'Date()' },
  { pattern: /\bMath\s*\.\s*random\b/, what: 'Math.random' },
  { pattern: /\bperformance\s*\.\s*now\b/, what: 'performance.now' },
  { pattern: /\bglobalThis\s*\.\s*crypto\b/, what: 'globalThis.crypto' },
  { pattern: /\bcrypto\s*\.\s*(?:randomUUID|getRandomValues|subtle)\b/, what: 'the global crypto' },
];
