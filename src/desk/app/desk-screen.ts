// What a desk says of itself to the shell: where it lives, what it is called, what loads it. The shell knows no desk by name.
import type { IconName } from '#desk/ui/icons.tsx';
import type { TextKey } from '#desk/i18n/keys.ts';
import type { ComponentType } from 'react';

export interface DeskScreen {
  /** `/registration`; `/` is the start page. */
  readonly path: string;
  readonly title: TextKey;
  readonly icon: IconName;
  /** Keys that open it when nobody types: `g r`. */
  readonly keys: string;
  /** One of these permissions shows it in the bar; none means everybody. */
  readonly permissions?: readonly string[];
  readonly inBar: boolean;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
}

/** The two screens that stand before all others. */
export interface Gates {
  readonly Enrol: ComponentType;
  readonly SignIn: ComponentType;
  /** Drawn over the desk when the session has timed out; what is typed stays under it. */
  readonly Lock: ComponentType<{ readonly unlocked: () => void }>;
}
