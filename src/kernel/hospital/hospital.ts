// The hospital: its name, its root key and the settings that rules ask. One stream for each installation.
import { z } from 'zod';
import { base64Url, text } from '#kernel/shared/fields.ts';
import { defineStream, eventMaker } from '#kernel/shared/stream.ts';

/** Settings with what each means. Only added. */
export const settingsSchema = z.object({
  /** May the person who entered a result also validate it technically? */
  enteredMayValidateTechnically: z.boolean(),
  /** May the person who entered a result also validate it medically? */
  enteredMayValidateMedically: z.boolean(),
  /** Do reference ranges that no pathologist approved yet give flags? Critical limits alert either way. */
  proposedRangesGiveFlags: z.boolean(),
  /** Minutes after which a critical value that nobody was told rises. */
  criticalCallMinutes: z
    .number()
    .int()
    .min(1)
    .max(24 * 60),
});
export type Settings = z.infer<typeof settingsSchema>;

export const DEFAULT_SETTINGS: Settings = {
  enteredMayValidateTechnically: true,
  enteredMayValidateMedically: false,
  proposedRangesGiveFlags: true,
  criticalCallMinutes: 60,
};

export const hospitalEvents = {
  HospitalCreated: z.object({ name: text(200), nameHi: text(200).optional(), rootKey: base64Url.optional() }),
  HospitalRenamed: z.object({ name: text(200), nameHi: text(200).optional() }),
  SettingsChanged: z.object({ settings: settingsSchema.partial() }),
};
export const hospitalEvent = eventMaker(hospitalEvents);

export interface HospitalState {
  readonly name: string | undefined;
  readonly nameHi: string | undefined;
  readonly rootKey: string | undefined;
  readonly settings: Settings;
}

export const hospitalStream = defineStream<HospitalState, typeof hospitalEvents>({
  type: 'hospital',
  trust: true,
  events: hospitalEvents,
  initial: { name: undefined, nameHi: undefined, rootKey: undefined, settings: DEFAULT_SETTINGS },
  on: {
    // The root key is set once: a second creation must not replace what certificates hang on.
    HospitalCreated: (state, data) => ({
      ...state,
      name: state.name ?? data.name,
      nameHi: state.nameHi ?? data.nameHi,
      rootKey: state.rootKey ?? data.rootKey,
    }),
    HospitalRenamed: (state, data) => ({ ...state, name: data.name, nameHi: data.nameHi }),
    SettingsChanged: (state, data) => ({ ...state, settings: { ...state.settings, ...withoutAbsent(data.settings) } }),
  },
  numbers: () => [],
  links: () => [],
  unit: () => undefined,
});

function withoutAbsent(changes: Partial<{ [K in keyof Settings]: Settings[K] | undefined }>): Partial<Settings> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
