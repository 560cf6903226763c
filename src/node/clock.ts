// The machine's clock, right or wrong. Nothing is decided here about what a wrong one means.
import type { Clock } from '#journal/ports/crypto.ts';

export const systemClock: Clock = { now: () => Date.now() };
