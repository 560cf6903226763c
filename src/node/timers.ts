// Waiting, for real.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Timers } from '#roles/sync/transport.ts';

export const nodeTimers: Timers = { sleep: (ms) => sleep(ms) };
