// A department of the hospital: where a visit is.
import { z } from 'zod';
import { catalogueCode, text } from '#kernel/shared/fields.ts';
import { defineStream, eventMaker } from '#kernel/shared/stream.ts';

export const departmentData = z.object({
  code: catalogueCode,
  name: text(120),
  nameHi: text(120).optional(),
  kind: z.enum(['outpatient', 'emergency', 'ward', 'laboratory', 'collection', 'office']),
  room: text(60).optional(),
});
export const departmentEvents = {
  DepartmentDefined: departmentData,
  DepartmentRetired: z.object({}),
};
export const departmentEvent = eventMaker(departmentEvents);

export interface DepartmentState {
  readonly department: z.infer<typeof departmentData> | undefined;
  readonly retired: boolean;
}

export const departmentStream = defineStream<DepartmentState, typeof departmentEvents>({
  type: 'department',
  trust: true,
  events: departmentEvents,
  initial: { department: undefined, retired: false },
  on: {
    DepartmentDefined: (_state, data) => ({ department: data, retired: false }),
    DepartmentRetired: (state) => ({ ...state, retired: true }),
  },
  numbers: () => [],
  links: () => [],
  unit: () => undefined,
});
