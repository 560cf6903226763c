// The whole hospital as the replica runs it: all streams, commands, views and queries.
import { commands } from '#kernel/commands.ts';
import { streams } from '#kernel/streams.ts';
import { queries } from '#views/queries.ts';
import { views } from '#views/views.ts';
import type { Domain } from './replica/ports.ts';

export const hospitalDomain: Domain = { streams, commands, views, queries };
