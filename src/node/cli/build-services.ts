// The work that this build of the program can do, verb by verb. Each is loaded when it is asked for: `verify` needs no HTTP.
import type { Services } from './services.ts';

export const services: Partial<Services> = {
  init: async (options) => (await import('../work/init.ts')).init(options),
  hub: async (options) => (await import('../work/hub.ts')).runHub(options),
  invite: async ({ dir, ...wanted }) => (await import('../work/ask-or-open.ts')).askOrOpen(dir, 'invite', wanted),
  join: async (options) => (await import('../work/desk.ts')).join(options),
  desk: async (options) => (await import('../work/desk.ts')).runDesk(options),
  verify: async (options) => (await import('../work/verify.ts')).verify(options),
  restore: async (options) => {
    const { restore } = await import('../work/restore.ts');
    return await restore(options);
  },
  digest: async ({ dir }) => (await import('../work/ask-or-open.ts')).askOrOpen(dir, 'digest', {}),
  export: async ({ dir, out }) => (await import('../work/ask-or-open.ts')).askOrOpen(dir, 'export', { out }),
  load: async (options) => (await import('../work/load.ts')).load(options),
  demo: async (options) => (await import('../work/demo.ts')).demo(options),
  demoKill: async (options) => (await import('../work/demo.ts')).demoKill(options),
};
