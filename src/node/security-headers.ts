// What a page of ours may load and what may be done with it: the one policy of the desks' build (a meta tag, for where no
// header is sent) and of what a hub serves. It imports nothing, because the build reads it too.

/** Nothing from outside, no inline script, no eval but WebAssembly. Styles are put into the page by the component library. */
const DIRECTIVES: readonly string[] = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' data: blob:",
  "font-src 'self' data:",
  // Hubs other than the one that served the app are called by their own names.
  "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
  "worker-src 'self'",
  "frame-src 'self' blob: data:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'none'",
];

/** For the meta tag. */
export const CONTENT_SECURITY_POLICY: string = DIRECTIVES.join('; ');

/** For every answer that a browser shows or runs, workers too. Who may frame a page can be said in a header only. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [...DIRECTIVES, "frame-ancestors 'self'"].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(), usb=(self), serial=(self)',
  'cross-origin-opener-policy': 'same-origin',
};
