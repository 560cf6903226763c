// The documentation page: swagger-ui from this hub, no outside host, no inline script.
import type { ApiHost } from './host.ts';

/** Files of swagger-ui-dist that are served, with their types. */
export const DOCS_FILES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API</title>
<link rel="stylesheet" href="docs/swagger-ui.css">
<link rel="icon" href="docs/favicon-32x32.png">
</head>
<body>
<main id="docs"></main>
<noscript>This page needs JavaScript. The same in JSON: <a href="openapi.json">openapi.json</a></noscript>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
`;

// validatorUrl null: the default asks a validator on the internet.
const START = `window.SwaggerUIBundle({ url: 'openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null, displayRequestDuration: true });
`;

/** Style attributes are set by the page's own script; images are its own or data. Nothing else is loaded or called. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

function page(body: string | Uint8Array<ArrayBuffer>, type: string): Response {
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    },
  });
}

/** @param name what stands after `/api/docs/`, empty for the page itself. @returns undefined when there is no such file */
export async function docsPage(host: Pick<ApiHost, 'docsFile'>, name: string): Promise<Response | undefined> {
  if (name === '') return page(PAGE, 'text/html; charset=utf-8');
  if (name === 'start.js') return page(START, 'text/javascript; charset=utf-8');
  const type = Object.hasOwn(DOCS_FILES, name) ? DOCS_FILES[name] : undefined;
  if (type === undefined) return undefined;
  const bytes = await host.docsFile(name);
  return bytes === undefined ? undefined : page(new Uint8Array(bytes), type);
}
