// `fetch` believes the hospital's root after it was told to, and not before.
import { expect, test } from 'vitest';
import { serveHttp } from '#node/http-server.ts';
import { HOSPITAL_NETWORKS, makeHubAuthority, makeRoot, makeServerCertificate } from './hospital-ca.ts';
import { trustRoot } from './trust-root.ts';

test('a hub under the hospital root is fetched from once the root is trusted', async () => {
  const now = Date.now();
  const root = await makeRoot('H', now);
  const permitted = { dnsSuffixes: ['h.internal'], networks: HOSPITAL_NETWORKS };
  const hub = await makeHubAuthority(root, { hub: 'opd', hospital: 'H', permitted, authoritiesBelow: 0 }, now);
  const server = await serveHttp({ handler: () => new Response('hello'), tls: await makeServerCertificate(hub, ['127.0.0.1'], now) });
  await expect(fetch(server.url)).rejects.toThrow();
  trustRoot(root.certificatePem);
  expect(await (await fetch(server.url)).text()).toBe('hello');
  await server.close();
});
