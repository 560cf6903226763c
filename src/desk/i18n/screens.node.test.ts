// Every string on every screen goes through the translations: no words stand in the source, no key is unused.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAst } from 'vite';
import { EN } from './keys.ts';

const SRC = path.resolve(import.meta.dirname, '../..');
const FOLDERS = ['desk/app', 'desk/ui', 'desks'];
const files = FOLDERS.flatMap((folder) =>
  readdirSync(path.join(SRC, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.'))
    .map((entry) => path.relative(SRC, path.join(entry.parentPath, entry.name))),
).toSorted();

/** Attributes that a person sees or hears. */
const SEEN: ReadonlySet<string> = new Set([
  'label',
  'title',
  'placeholder',
  'aria-label',
  'alt',
  'description',
  'hint',
  'error',
  'reason',
  'head',
  'nothing',
  'submit',
  'empty',
  'keys',
]);
/** The product's own name, a unit, and what is the same in every language. */
const ALLOWED = /^(?:निरंतर|Nirantar|UHID|PDF|हिन्दी|English|⋯|\(?(?:Ctrl|Alt)\+[A-Z]\)?|ms)$/;
const KEYS = /^(?:Ctrl|Alt|Shift|F\d+|Enter)(?:\+[A-Za-z0-9]+)*$|^[a-z0-9+]+( [a-z0-9+]+)?$/;

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}
function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function visit(node: unknown, each: (node: Node) => void): void {
  if (Array.isArray(node)) for (const one of node) visit(one, each);
  else if (isNode(node)) {
    each(node);
    for (const [field, value] of Object.entries(node)) if (field !== 'type') visit(value, each);
  }
}

/** Words in the source that a person would see. */
function bareWords(text: string): readonly string[] {
  const found: string[] = [];
  visit(parseAst(text, { lang: 'tsx' }), (node) => {
    if (node.type === 'JSXText' && /\p{L}/u.test(String(node['value']))) {
      const words = String(node['value']).trim();
      if (!ALLOWED.test(words)) found.push(words);
    }
    if (
      node.type === 'JSXAttribute' &&
      isNode(node['name']) &&
      SEEN.has(String(node['name']['name'])) &&
      isNode(node['value']) &&
      node['value'].type === 'Literal'
    ) {
      const words = String(node['value']['value']);
      if (/\p{L}/u.test(words) && !ALLOWED.test(words) && !(node['name']['name'] === 'keys' && KEYS.test(words)))
        found.push(`${String(node['name']['name'])}=${words}`);
    }
  });
  return found;
}

describe('screens', () => {
  test('the detector finds what it looks for', () => {
    expect(bareWords('const a = <p title="Save me">Hello {t("x")}</p>;')).toEqual(['title=Save me', 'Hello']);
    expect(bareWords('const a = <p title={t("x")}>· UHID</p>;')).toEqual(['· UHID']);
  });
  test.each(files)('%s', (file) => expect(bareWords(readFileSync(path.join(SRC, file), 'utf8'))).toEqual([]));
  test('every key is used', () => {
    const all = files.map((file) => readFileSync(path.join(SRC, file), 'utf8')).join('\n');
    // Keys with a part that is computed: `common.state.${…}`.
    const computed = [...all.matchAll(/`([a-z]+(?:\.[a-zA-Z]+)*\.?)\$\{/g)].map(([, stem]) => stem ?? '');
    const unused = Object.keys(EN)
      .map((key) => key.replace(/_(?:one|other)$/, ''))
      .filter((key) => !all.includes(`'${key}'`) && !computed.some((stem) => stem.includes('.') && key.startsWith(stem)));
    expect([...new Set(unused)]).toEqual([]);
  });
});
