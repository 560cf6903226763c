// Builds the page of the platform tests with the product's own configuration. Never part of the product's build.
import { build } from 'vite';
import { fileURLToPath } from 'node:url';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deskBuild } from '../../../vite.config.ts';

/** @param build of two versions the later leads @returns the folder to serve */
export async function buildPlatform(version: string, buildTime: number): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'nirantar-platform-'));
  const root = fileURLToPath(new URL('.', import.meta.url));
  await build({
    ...deskBuild({ root, outDir, build: buildTime, version, name: 'Platform test' }),
    configFile: false,
    logLevel: 'error',
    mode: 'production',
  });
  return outDir;
}
