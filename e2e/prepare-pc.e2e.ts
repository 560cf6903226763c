// The page with which a hub prepares a PC, in a real Chromium under the hub's own name: over plain http it refuses in words,
// over https with the hospital's certificate everything is there, behind a clicked-away warning it says so.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { X509Certificate, createHash } from 'node:crypto';
import fs from 'node:fs';
import tls from 'node:tls';
import { type Hub, nirantar, passwordFile, startHub, stopHub } from '#node/testing/program.ts';
import { temporaryFolder, type TemporaryFolder } from '#node/testing/temporary-folder.ts';
import { type Browser, openBrowser } from './support/browser.ts';

const NAME = 'hub.hospital.test';
const MAPPED = `--host-resolver-rules=MAP ${NAME} 127.0.0.2`;
let folder: TemporaryFolder;
let hub: Hub;
let secure = '';
let plain = '';
let pin = '';

beforeAll(async () => {
  folder = temporaryFolder();
  await nirantar('init', '--dir', folder.file('hub'), '--hospital', 'H', '--admin-password-file', passwordFile(folder));
  hub = await startHub(folder.file('hub'), 0, '--host', '127.0.0.2', '--name', NAME, '--plain-port', '0');
  const { port } = new URL(hub.url);
  secure = `https://${NAME}:${port}`;
  plain = `http://${NAME}:${new URL(String(hub.json['plainUrl'])).port}`;
  pin = await keyHash(Number(port));
});
afterAll(async () => {
  await stopHub(hub, 'SIGKILL');
  folder[Symbol.dispose]();
});

/** What Chromium compares with `--ignore-certificate-errors-spki-list`: to it this is a certificate without errors, as after an installation of the root. */
function keyHash(port: number): Promise<string> {
  const ca = fs.readFileSync(folder.file('hub/tls/root.pem'), 'utf8');
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ host: '127.0.0.2', port, servername: NAME, ca }, () => {
      const key = new X509Certificate(socket.getPeerCertificate().raw).publicKey.export({ type: 'spki', format: 'der' });
      socket.destroy();
      resolve(createHash('sha256').update(key).digest('base64'));
    });
    socket.on('error', reject);
  });
}

async function withBrowser(flags: readonly string[], body: (browser: Browser) => Promise<void>): Promise<void> {
  const browser = await openBrowser({ flags: [MAPPED, ...flags] });
  try {
    await body(browser);
    expect(browser.pageErrors).toEqual([]);
  } finally {
    await browser.close();
  }
}

const CHECKS = ['secure', 'certificate', 'service-worker', 'storage', 'locks', 'crypto', 'workers'];

describe('in Chromium', () => {
  test('trusted https: every check is green, by keyboard too, and nothing breaks the policy', () =>
    withBrowser([`--ignore-certificate-errors-spki-list=${pin}`], async (browser) => {
      const page = await browser.open('about:blank');
      const said: string[] = [];
      page.on('console', (message) => said.push(message.text()));
      await page.goto(`${secure}/ca`);
      await page.locator('#verdict[data-state=ok]').waitFor();
      for (const id of CHECKS) expect(await page.locator(`#check-${id}`).getAttribute('data-state')).toBe('ok');
      await page.locator('#again').focus();
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe('/ca/root.crt');
      expect(said).toEqual([]);
    }));

  test('a warning that was clicked away: the certificate is what is missing', () =>
    withBrowser([], async (browser) => {
      const context = await browser.context.browser()?.newContext({ ignoreHTTPSErrors: true });
      const page = await (context ?? browser.context).newPage();
      await page.goto(`${secure}/ca`);
      await page.locator('#verdict[data-state=bad]').waitFor();
      expect(await page.locator('#check-secure').getAttribute('data-state')).toBe('ok');
      expect(await page.locator('#check-certificate .mend p').count()).toBe(2);
    }));

  test('plain http under a name: no page of the app opens, and the way out is a link', () =>
    withBrowser([`--ignore-certificate-errors-spki-list=${pin}`], async (browser) => {
      const page = await browser.open(`${plain}/registration`);
      expect(await page.locator('[role=alert]').innerText()).toContain('A desk does not work at');
      await page.locator('a[href="/ca"]').click();
      await page.locator('#verdict[data-state=bad]').waitFor();
      expect(await page.locator('#check-secure').getAttribute('data-state')).toBe('bad');
      expect(await page.locator('#check-crypto').getAttribute('data-state')).toBe('unknown');
      await page.locator(`a[href="${secure}/ca"]`).click();
      await page.locator('#verdict[data-state=ok]').waitFor();
    }));
});
