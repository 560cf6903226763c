// Which build of the app this is. Set by vite.config.ts; 0 and `development` outside a build.

/** Time of the build, milliseconds. */
export const BUILD = Number(import.meta.env['VITE_BUILD'] ?? 0);
export const VERSION = String(import.meta.env['VITE_VERSION'] ?? 'development');
