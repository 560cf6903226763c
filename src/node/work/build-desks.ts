// Builds the desks' files when they are missing or older than what they are made of. Only from a checkout; a package brings them.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Refused } from '../cli/exit.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
export const DESK_FILES = path.join(ROOT, 'dist/desk');
export const PROGRAM = path.join(ROOT, 'src/node/cli/main.ts');
const SOURCES = ['src', 'index.html', 'vite.config.ts', 'package.json'];

export async function buildDesks(say: (text: string) => void): Promise<void> {
  const built = fs.statSync(path.join(DESK_FILES, 'sw.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built > newest()) return;
  say('building the desks (a few seconds)');
  const vite = path.join(ROOT, 'node_modules/vite/bin/vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  let words = '';
  child.stderr.on('data', (text: Buffer) => {
    words += text.toString();
  });
  const code = await new Promise<number | null>((resolve) => void child.once('close', resolve));
  if (code !== 0) throw new Refused(`The desks could not be built:\n${words.slice(-2000)}`);
}

function newest(): number {
  let latest = 0;
  for (const source of SOURCES) {
    const full = path.join(ROOT, source);
    if (!fs.statSync(full).isDirectory()) latest = Math.max(latest, fs.statSync(full).mtimeMs);
    else
      for (const entry of fs.readdirSync(full, { recursive: true }))
        latest = Math.max(latest, fs.statSync(path.join(full, String(entry))).mtimeMs);
  }
  return latest;
}
