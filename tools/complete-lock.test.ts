// The lock names the binary packages of every platform, so that `npm ci` accepts it everywhere.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type Lock, missingEntries } from './complete-lock.ts';

test('package-lock.json is complete (if not: node tools/complete-lock.ts)', () => {
  const lock = JSON.parse(readFileSync(path.join(import.meta.dirname, '../package-lock.json'), 'utf8')) as Lock; // npm's own file
  expect(Object.keys(missingEntries(lock))).toEqual([]);
});

test('an entry says for which machine it is; what is there, a range, and a package of no platform are left alone', () => {
  const optionalDependencies = {
    '@a/darwin-arm64': '1.0.0',
    '@a/linux-x64-musl': '1.0.0',
    '@a/linux-arm-gnueabihf': '1.0.0',
    'a-win-x64': '2.0.0',
    '@a/linux-x64-gnu': '1.0.0',
    '@a/win32-x64-msvc': '^1.0.0',
    fsevents: '2.3.3',
  };
  const lock: Lock = {
    packages: { '': {}, 'node_modules/a': { dev: true, optionalDependencies }, 'node_modules/@a/linux-x64-gnu': { version: '1.0.0' } },
  };
  expect(missingEntries(lock)).toEqual({
    'node_modules/@a/darwin-arm64': { version: '1.0.0', cpu: ['arm64'], dev: true, optional: true, os: ['darwin'] },
    'node_modules/@a/linux-x64-musl': { version: '1.0.0', cpu: ['x64'], dev: true, libc: ['musl'], optional: true, os: ['linux'] },
    'node_modules/@a/linux-arm-gnueabihf': { version: '1.0.0', cpu: ['arm'], dev: true, libc: ['glibc'], optional: true, os: ['linux'] },
    'node_modules/a-win-x64': { version: '2.0.0', cpu: ['x64'], dev: true, optional: true, os: ['win32'] },
  });
});
