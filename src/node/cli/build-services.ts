// The work that this build of the program can do, verb by verb.
import type { Services } from './services.ts';

export const services: Partial<Services> = {};
