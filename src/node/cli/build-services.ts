// The work that this build of the program can do, verb by verb.
import { askOrOpen } from '../work/ask-or-open.ts';
import { join, runDesk } from '../work/desk.ts';
import { runHub } from '../work/hub.ts';
import { init } from '../work/init.ts';
import type { Services } from './services.ts';

export const services: Partial<Services> = {
  init,
  hub: runHub,
  invite: ({ dir, ...wanted }) => askOrOpen(dir, 'invite', wanted),
  join,
  desk: runDesk,
  digest: ({ dir }) => askOrOpen(dir, 'digest', {}),
  export: ({ dir, out }) => askOrOpen(dir, 'export', { out }),
};
