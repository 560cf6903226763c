// The desks come from memory with the right caching and policy, pages of the app are found, and no path leaves the folder.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { temporaryFolder, type TemporaryFolder } from '#node/testing/temporary-folder.ts';
import { CONTENT_SECURITY_POLICY } from './security-headers.ts';
import { loadStaticFiles, type StaticFiles } from './static-files.ts';

const SCRIPT = 'console.log("desk");'.repeat(100);

async function built(folder: TemporaryFolder): Promise<StaticFiles> {
  fs.mkdirSync(folder.file('dist/assets'), { recursive: true });
  fs.writeFileSync(folder.file('dist/index.html'), '<!doctype html><title>Nirantar</title>');
  fs.writeFileSync(folder.file('dist/sw.js'), 'self.skip = 1;');
  fs.writeFileSync(folder.file('dist/assets/index-Ab12Cd34.js'), SCRIPT);
  fs.writeFileSync(folder.file('dist/assets/index-Ab12Cd34.js.map'), '{}');
  fs.writeFileSync(folder.file('dist/assets/sqlite-Ab12Cd34.wasm'), 'wasm');
  fs.writeFileSync(folder.file('secret.txt'), 'secret');
  const files = await loadStaticFiles(folder.file('dist'));
  if (files === undefined) throw new Error('it was just built');
  const early = await files.serve(new Request('http://hub/assets/index-Ab12Cd34.js', { headers: { 'accept-encoding': 'br' } }))?.text();
  expect(early).toBe(SCRIPT); // whole also while it is not compressed yet
  await files.compressed;
  return files;
}

const get = (files: StaticFiles, url: string, headers: Record<string, string> = {}, method = 'GET'): Response | undefined =>
  files.serve(new Request(`http://hub${url}`, { method, headers }));

test('an app that was not built is undefined', async () => {
  using folder = temporaryFolder();
  expect(await loadStaticFiles(folder.path)).toBeUndefined();
  expect(await loadStaticFiles(path.join(folder.path, 'absent'))).toBeUndefined();
});

test('hashed files are kept for ever, the page and the service worker are asked for each time', async () => {
  using folder = temporaryFolder();
  const files = await built(folder);
  expect(get(files, '/assets/index-Ab12Cd34.js')?.headers.get('cache-control')).toContain('immutable');
  expect(get(files, '/assets/sqlite-Ab12Cd34.wasm')?.headers.get('content-type')).toBe('application/wasm');
  for (const name of ['/', '/index.html', '/sw.js']) expect(get(files, name)?.headers.get('cache-control')).toBe('no-cache');
  expect(get(files, '/assets/index-Ab12Cd34.js.map')).toBeUndefined();
});

test('every answer carries the policy: nothing from outside, no inline script', async () => {
  using folder = temporaryFolder();
  const policy = get(await built(folder), '/')?.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("frame-ancestors 'self'");
  // What the build writes into the page is the same, less what a page cannot say of itself.
  expect(policy).toBe(`${CONTENT_SECURITY_POLICY}; frame-ancestors 'self'`);
  expect(get(await built(folder), '/sw.js')?.headers.get('content-security-policy')).toBe(policy);
});

test('an unchanged file is answered with 304 and no bytes', async () => {
  using folder = temporaryFolder();
  const files = await built(folder);
  const etag = get(files, '/')?.headers.get('etag') ?? '';
  const again = get(files, '/', { 'if-none-match': etag });
  expect(again?.status).toBe(304);
  expect(await again?.text()).toBe('');
  expect(get(files, '/', { 'if-none-match': '"other"' })?.status).toBe(200);
});

test('bytes are compressed as the browser accepts', async () => {
  using folder = temporaryFolder();
  const files = await built(folder);
  const name = '/assets/index-Ab12Cd34.js';
  const fetched = async (accept: string): Promise<{ encoding: string | null; bytes: Buffer }> => {
    const response = get(files, name, { 'accept-encoding': accept });
    return {
      encoding: response?.headers.get('content-encoding') ?? null,
      bytes: Buffer.from((await response?.arrayBuffer()) ?? new ArrayBuffer(0)),
    };
  };
  const br = await fetched('gzip, deflate, br, zstd');
  expect(br.encoding).toBe('br');
  expect(zlib.brotliDecompressSync(br.bytes).toString()).toBe(SCRIPT);
  const gz = await fetched('gzip, br;q=0');
  expect(gz.encoding).toBe('gzip');
  expect(zlib.gunzipSync(gz.bytes).toString()).toBe(SCRIPT);
  expect((await fetched('')).bytes.toString()).toBe(SCRIPT);
});

test('a page of the app gets the index page; a missing file, another method and another type do not', async () => {
  using folder = temporaryFolder();
  const files = await built(folder);
  const page = get(files, '/registration/patient/1234', { accept: 'text/html,application/xhtml+xml' });
  expect(await page?.text()).toContain('Nirantar');
  expect(get(files, '/registration', { accept: 'application/json' })).toBeUndefined();
  expect(get(files, '/assets/gone-Ab12Cd34.js', { accept: 'text/html' })).toBeUndefined();
  expect(get(files, '/', {}, 'POST')).toBeUndefined();
  const head = get(files, '/', {}, 'HEAD');
  expect(head?.headers.get('content-length')).not.toBe('0');
  expect(await head?.text()).toBe('');
});

test('the index page can be rewritten for another path', async () => {
  using folder = temporaryFolder();
  await built(folder);
  const files = await loadStaticFiles(folder.file('dist'), { rewriteIndex: (html) => html.replace('Nirantar', 'Demo') });
  expect(await files?.serve(new Request('http://hub/'))?.text()).toContain('Demo');
});

test('no path reaches anything outside', async () => {
  using folder = temporaryFolder();
  const files = await built(folder);
  const up = ['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/../../secret.txt', '//secret.txt', '/%00', '/%E0%A4%A'];
  for (const name of up) expect(get(files, name)).toBeUndefined();
  fc.assert(
    fc.property(fc.webPath(), (name) => {
      const response = get(files, name.startsWith('/') ? name : `/${name}`);
      return (
        response === undefined ||
        files.paths.includes(decodeURIComponent(new URL(`http://hub${name}`).pathname)) ||
        name === '' ||
        name === '/'
      );
    }),
  );
});
