// A container: the tube, bottle or syringe that a specimen is taken into.
import { z } from 'zod';
import { catalogueCode, text } from '#kernel/shared/fields.ts';
import { defineStream, eventMaker } from '#kernel/shared/stream.ts';

export const containerData = z.object({
  code: catalogueCode,
  name: text(80),
  nameHi: text(80).optional(),
  /** Colour of the cap, as a word for the label and the screen. */
  colour: text(30).optional(),
  /** Place in the order of draw, smallest first (CLSI GP41); containers without one come last. */
  drawOrder: z.number().int().min(1).max(99).optional(),
  /** Nominal fill in millilitres. */
  volumeMl: z.number().positive().max(1000).optional(),
});
export const containerEvents = {
  ContainerDefined: containerData,
  ContainerRetired: z.object({}),
};
export const containerEvent = eventMaker(containerEvents);

export interface ContainerState {
  readonly container: z.infer<typeof containerData> | undefined;
  readonly retired: boolean;
}

export const containerStream = defineStream<ContainerState, typeof containerEvents>({
  type: 'container',
  trust: true,
  events: containerEvents,
  initial: { container: undefined, retired: false },
  on: {
    ContainerDefined: (_state, data) => ({ container: data, retired: false }),
    ContainerRetired: (state) => ({ ...state, retired: true }),
  },
  numbers: () => [],
  links: () => [],
  unit: () => undefined,
});
