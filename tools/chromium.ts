// Finds the browser for the e2e run, or installs it where that needs nothing but apt-get. It knows nothing of the tests.
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { runProgram } from './steps.ts';

export type FoundChromium = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly message: string };

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PLACES = ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome', ...(process.env['PATH'] ?? '').split(path.delimiter)];

/** The first executable of: $CHROMIUM, the usual places and PATH, the one that Playwright has downloaded. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const candidates = [
    env['CHROMIUM'],
    ...NAMES.flatMap((name) => PLACES.map((place) => path.join(place, name))),
    chromium.executablePath(),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ];
  return candidates.find((candidate) => candidate !== undefined && isExecutable(candidate));
}

export async function findOrInstallChromium(): Promise<FoundChromium> {
  const found = findChromium();
  if (found !== undefined) return { ok: true, path: found };
  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (mayInstall) {
    console.log('No Chromium here: installing it with apt-get for the browser tests.');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await runProgram('apt-get', ['update'], env);
    const { code, output } = await runProgram('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], env);
    const installed = findChromium();
    if (installed !== undefined) return { ok: true, path: installed };
    return { ok: false, message: `apt-get could not install Chromium (exit ${code}). Install it and set CHROMIUM=/path/to/it.\n${output}` };
  }
  return {
    ok: false,
    message:
      "The browser tests need Chromium: 'apt-get install chromium' as root, or 'npx playwright-core install chromium', or set CHROMIUM=/path/to/it.",
  };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
