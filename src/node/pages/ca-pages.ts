// Serves /ca: the page that makes a PC ready to be a desk, the hospital's root to install, and the page that stands in the
// place of the app where the address is not secure. It must not know what a hub does.
import crypto from 'node:crypto';
import fs from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import { SECURITY_HEADERS } from '../security-headers.ts';
import { fingerprint } from '../tls/hospital-ca.ts';
import { notSecurePage, PAGE_CSS, preparePage, PROBE_JS, type PageFacts } from './prepare-page.ts';

const SOURCE = path.join(import.meta.dirname, '../..');

export interface CaPagesOptions {
  readonly hospital: string;
  /** PEM; asked for each time, because a hub may get it while it runs. */
  readonly root: () => string | undefined;
  /** The port on which this hub answers HTTPS, when it does. */
  readonly securePort: () => number | undefined;
}

export interface CaPages {
  /** Undefined when the path is not below /ca. */
  serve(request: Request): Response | undefined;
  /** In the place of any page, where `isSecure` says no. */
  notSecure(request: Request): Response;
}

export function loadCaPages(options: CaPagesOptions): CaPages {
  const scripts = loadScripts();
  const factsFor = (request: Request): PageFacts => {
    const root = options.root();
    const port = options.securePort();
    return {
      hospital: options.hospital,
      fingerprint: root === undefined ? undefined : fingerprint(root),
      secureUrl: port === undefined ? undefined : `https://${new URL(request.url).hostname}${port === 443 ? '' : `:${port}`}`,
    };
  };
  return {
    serve: (request) => {
      const { pathname } = new URL(request.url);
      if (pathname !== '/ca' && !pathname.startsWith('/ca/')) return undefined;
      if (request.method !== 'GET' && request.method !== 'HEAD') return answer('', 'text/plain', 405, { allow: 'GET, HEAD' });
      if (pathname === '/ca' || pathname === '/ca/') return answer(preparePage(factsFor(request)), HTML);
      const script = scripts.get(pathname);
      if (script !== undefined) return answer(script, 'text/javascript; charset=utf-8');
      if (pathname === '/ca/page.css') return answer(PAGE_CSS, 'text/css; charset=utf-8');
      const root = options.root();
      return (
        (root === undefined ? undefined : rootFile(pathname, root)) ??
        answer('There is nothing at this address.\n', 'text/plain; charset=utf-8', 404)
      );
    },
    notSecure: (request) => answer(notSecurePage(factsFor(request), new URL(request.url).host), HTML, 403),
  };
}

const HTML = 'text/html; charset=utf-8';

/** Does a browser treat the address as secure? Behind a proxy that ends TLS, the proxy says how it was called. */
export function isSecure(request: Request): boolean {
  const { protocol, hostname } = new URL(request.url);
  if (protocol === 'https:' || request.headers.get('x-forwarded-proto') === 'https') return true;
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

export function isPageRequest(request: Request): boolean {
  return (request.method === 'GET' || request.method === 'HEAD') && (request.headers.get('accept') ?? '').includes('text/html');
}

function rootFile(pathname: string, root: string): Response | undefined {
  const der = new crypto.X509Certificate(root).raw;
  switch (pathname) {
    case '/ca/root.pem':
      return answer(root, 'application/x-pem-file', 200, { 'content-disposition': 'attachment; filename="hospital-root.pem"' });
    case '/ca/root.crt':
      return answer(new Uint8Array(der), 'application/x-x509-ca-cert', 200, {
        'content-disposition': 'attachment; filename="hospital-root.crt"',
      });
    case '/ca/policy.json':
      // Chrome's enterprise policy list: CACertificates takes DER in base64.
      return answer(`${JSON.stringify({ CACertificates: [der.toString('base64')] }, null, 2)}\n`, 'application/json', 200, {
        'content-disposition': 'attachment; filename="nirantar-policy.json"',
      });
    default:
      return undefined;
  }
}

function answer(body: string | Uint8Array<ArrayBuffer>, type: string, status = 200, more: Readonly<Record<string, string>> = {}): Response {
  return new Response(body, { status, headers: { ...SECURITY_HEADERS, 'content-type': type, 'cache-control': 'no-cache', ...more } });
}

/** The checks are those of the desk itself, as files: this page must work when the app was not built. */
function loadScripts(): ReadonlyMap<string, string> {
  const read = (file: string): string => stripTypeScriptTypes(fs.readFileSync(path.join(SOURCE, file), 'utf8'));
  return new Map([
    ['/ca/page.js', read('desk/prepare-pc.ts').replace("'./environment.ts'", "'./environment.js'")],
    ['/ca/environment.js', read('desk/environment.ts').replace("'#kernel/shared/codes/desk.ts'", "'./codes.js'")],
    ['/ca/codes.js', read('kernel/shared/codes/desk.ts')],
    ['/ca/probe.js', PROBE_JS],
  ]);
}
