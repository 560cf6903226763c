// Looks at a page as axe-core does, in light and in dark. It must not know what the page is for.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const require = createRequire(import.meta.url);
/** WCAG 2.2 AA and what it builds on. */
const RULES: readonly string[] = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Colours of buttons fade when the scheme changes. */
const FADE_MS = 350;

interface Found {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
  }[];
}

let source: Promise<string> | undefined;

/** What is wrong, as `scheme rule: where`; empty when nothing is. The page is left in the light scheme. */
export async function violations(page: Page): Promise<readonly string[]> {
  source ??= readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(await source);
  const wrong: string[] = [];
  for (const scheme of ['dark', 'light'] as const) {
    await page.evaluate((name) => document.documentElement.setAttribute('data-mantine-color-scheme', name), scheme);
    await page.waitForTimeout(FADE_MS);
    const found = (await page.evaluate(`axe.run({ runOnly: ${JSON.stringify(RULES)} })`)) as Found; // axe's own result
    for (const { id, nodes } of found.violations)
      for (const node of nodes) wrong.push(`${scheme} ${id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`);
  }
  return wrong;
}
