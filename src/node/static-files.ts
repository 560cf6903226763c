// Serves the built desks from memory: every file read once at start and compressed behind it, so that a request is a look-up and
// no path from outside ever reaches the disk. It must not know what the desks do.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { SECURITY_HEADERS } from './security-headers.ts';

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);

/** Built in a second for all files and 15 % larger than the best, which takes half a minute of a starting hub. */
const BROTLI_QUALITY = 5;
const MIN_COMPRESSED_BYTES = 1_024;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};
const COMPRESSIBLE = /^(?:text|application)\/|svg/;
/** Vite puts a hash of the content into these names: what was once fetched never changes. */
const IMMUTABLE = /^\/assets\/[^/]+-[\w-]{8,}\.\w+$/;

interface StoredFile {
  readonly headers: Readonly<Record<string, string>>;
  readonly etag: string;
  readonly plain: Buffer;
  readonly compressible: boolean;
  /** Set when it has been compressed. */
  brotli: Buffer | undefined;
  gzip: Buffer | undefined;
}

export interface StaticFiles {
  /** The answer, or undefined when the path belongs to somebody else. */
  serve(request: Request): Response | undefined;
  /** Paths that are served, for the status page. */
  readonly paths: readonly string[];
  /** Resolves when everything is compressed; until then, or where it could not be, a file goes out plain. A starting hub does not wait for it. */
  readonly compressed: Promise<void>;
}

export interface StaticFilesOptions {
  /** The page may stand under another path than `/`: gets the index page, gives back what is served. */
  readonly rewriteIndex?: (html: string) => string;
}

/** Reads the whole folder. Undefined when it holds no `index.html`: the desks have not been built. */
export async function loadStaticFiles(folder: string, options: StaticFilesOptions = {}): Promise<StaticFiles | undefined> {
  if (!fs.existsSync(path.join(folder, 'index.html'))) return undefined;
  const files = new Map<string, StoredFile>();
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith('.map')) continue;
    const full = path.join(entry.parentPath, entry.name);
    const name = `/${path.relative(folder, full).split(path.sep).join('/')}`;
    const bytes = await fs.promises.readFile(full);
    files.set(
      name,
      store(name, name === '/index.html' && options.rewriteIndex ? Buffer.from(options.rewriteIndex(bytes.toString())) : bytes),
    );
  }
  return {
    paths: [...files.keys()].toSorted(),
    compressed: compressAll([...files.values()]).catch(() => undefined),
    serve: (request) => serve(files, request),
  };
}

function store(name: string, bytes: Buffer): StoredFile {
  const type = TYPES[path.extname(name)] ?? 'application/octet-stream';
  return {
    headers: {
      ...SECURITY_HEADERS,
      'content-type': type,
      // Asked each time, answered with 304: a new version of the app is seen at the next start, never half of it.
      'cache-control': IMMUTABLE.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
      vary: 'accept-encoding',
    },
    etag: `"${crypto.hash('sha256', bytes, 'base64url').slice(0, 22)}"`,
    plain: bytes,
    compressible: bytes.length >= MIN_COMPRESSED_BYTES && COMPRESSIBLE.test(type),
    brotli: undefined,
    gzip: undefined,
  };
}

/** One after the other: the work behind it is the thread pool's, and a request in between is served. */
async function compressAll(files: readonly StoredFile[]): Promise<void> {
  for (const file of files.filter((one) => one.compressible)) {
    file.brotli = await brotli(file.plain, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } });
    file.gzip = await gzip(file.plain);
  }
}

function serve(files: ReadonlyMap<string, StoredFile>, request: Request): Response | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  const file = find(files, request);
  if (file === undefined) return undefined;
  if (request.headers.get('if-none-match')?.includes(file.etag) === true) {
    return new Response(null, { status: 304, headers: { ...file.headers, etag: file.etag } });
  }
  const { encoding, bytes } = bestOf(file, request.headers.get('accept-encoding') ?? '');
  const headers = {
    ...file.headers,
    etag: file.etag,
    'content-length': String(bytes.length),
    ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
  };
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(bytes), { headers });
}

/** A path that is no file but that a person opened is a page of the app: it gets the index page and finds its way itself. */
function find(files: ReadonlyMap<string, StoredFile>, request: Request): StoredFile | undefined {
  const { pathname } = new URL(request.url);
  const name = decoded(pathname);
  if (name === undefined) return undefined;
  const exact = files.get(name === '/' ? '/index.html' : name);
  if (exact !== undefined) return exact;
  const isPage = (request.headers.get('accept') ?? '').includes('text/html') && !/\.\w+$/.test(name);
  return isPage ? files.get('/index.html') : undefined;
}

function decoded(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}

function bestOf(file: StoredFile, accepted: string): { readonly encoding?: 'br' | 'gzip'; readonly bytes: Buffer } {
  if (file.brotli !== undefined && /\bbr\b(?!\s*;\s*q=0(?:\.0*)?\b)/.test(accepted)) return { encoding: 'br', bytes: file.brotli };
  if (file.gzip !== undefined && /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\b)/.test(accepted)) return { encoding: 'gzip', bytes: file.gzip };
  return { bytes: file.plain };
}
