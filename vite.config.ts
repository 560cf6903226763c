// How the desks are built: one bundle for every desk, with everything that it needs inside, so that it opens with no network.
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type PluginOption, type UserConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { CONTENT_SECURITY_POLICY } from './src/node/security-headers.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
/** Workbox leaves larger files out of what is kept for offline use, silently: the build fails before that happens. */
const MAX_FILE_BYTES = 5_000_000;

export interface DeskBuild {
  /** Folder of `index.html`. */
  readonly root: string;
  readonly outDir: string;
  /** Time of the build in milliseconds: of two tabs the one with the later build leads. */
  readonly build: number;
  readonly version: string;
  readonly name?: string;
  readonly publicDir?: string;
}

export function deskBuild(options: DeskBuild): UserConfig {
  return {
    root: options.root,
    // Relative, with one `<base>` tag in index.html: a server may offer the app under any path by rewriting that tag.
    base: './',
    publicDir: options.publicDir ?? false,
    define: {
      'import.meta.env.VITE_BUILD': JSON.stringify(String(options.build)),
      'import.meta.env.VITE_VERSION': JSON.stringify(options.version),
    },
    plugins: [leanSqlite(), contentSecurityPolicy(), react(), offline(options.name ?? 'Nirantar')],
    worker: { format: 'es', plugins: () => [leanSqlite()] },
    optimizeDeps: { exclude: ['@sqlite.org/sqlite-wasm'] },
    build: {
      target: 'es2022',
      outDir: options.outDir,
      emptyOutDir: true,
      sourcemap: false,
      reportCompressedSize: false,
      // An inlined font or wasm would need `data:` in the policy, and be loaded twice.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1_500,
    },
    server: { host: '127.0.0.1' },
    preview: { host: '127.0.0.1' },
  };
}

/** Everything is kept on the PC at the first visit; a new version waits until somebody picks it (`src/desk/updates.ts`). */
function offline(name: string): PluginOption {
  return VitePWA({
    registerType: 'prompt',
    injectRegister: null,
    filename: 'sw.js',
    manifestFilename: 'manifest.webmanifest',
    manifest: {
      name,
      short_name: name,
      description: 'The hospital information system that does not stop',
      lang: 'en',
      start_url: './',
      scope: './',
      id: './',
      display: 'standalone',
      background_color: '#ffffff',
      theme_color: '#0b5d66',
      icons: [
        { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
        { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
        { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
      ],
    },
    workbox: {
      navigateFallback: 'index.html',
      // What a hub answers itself, under whatever path the app is offered.
      navigateFallbackDenylist: [/\/(?:api|sync|fhir|demo|ca|healthz|readyz|metrics)(?:\/|\?|$)/],
      clientsClaim: true,
      skipWaiting: false,
      cleanupOutdatedCaches: true,
      inlineWorkboxRuntime: true,
      globPatterns: ['**/*.{js,mjs,css,html,wasm,woff,woff2,ttf,svg,png,json,mp3}'],
      dontCacheBustURLsMatching: /assets\/.+-[\w-]{8}\./,
      maximumFileSizeToCacheInBytes: MAX_FILE_BYTES,
    },
    // False makes a file that is too large an error instead of a warning: it would be missing offline.
    showMaximumFileSizeToCacheInBytesWarning: false,
  });
}

/** SQLite's package brings two more workers for ways of storing that are not used here; they would be 700 kB more to keep offline. */
function leanSqlite(): Plugin {
  const parts: readonly (readonly [string, string])[] = [
    ['new Worker(new URL("sqlite3-worker1.mjs", import.meta.url), { type: "module" })', 'undefined'],
    ['new URL("sqlite3-opfs-async-proxy.js", import.meta.url)', 'new URL("about:blank")'],
  ];
  return {
    name: 'nirantar-lean-sqlite',
    enforce: 'pre',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('@sqlite.org/sqlite-wasm/dist/index.mjs')) return undefined;
      let lean = code;
      for (const [part, instead] of parts) {
        if (!lean.includes(part)) this.error(`sqlite-wasm has changed: it no longer contains ${part}`);
        lean = lean.replaceAll(part, instead);
      }
      return { code: lean, map: null };
    },
  };
}

function contentSecurityPolicy(): Plugin {
  return {
    name: 'nirantar-content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY }, injectTo: 'head-prepend' },
    ],
  };
}

export default defineConfig(() =>
  deskBuild({
    root: HERE,
    outDir: 'dist/desk',
    build: Number(process.env['SOURCE_DATE_EPOCH'] ?? 0) * 1000 || Date.now(),
    version: process.env['npm_package_version'] ?? '0.1.0',
    publicDir: 'src/desk/public',
  }),
);
