// The one registry of what a key can do: it feeds the keys, the `?` help, the palette and the tests. It knows no screen.
import type { TextKey } from '#desk/i18n/keys.ts';

export interface DeskAction {
  readonly id: string;
  readonly title: TextKey;
  readonly group: TextKey;
  /** `ctrl+enter`, `alt+n`, `f2`, `?`, or two letters one after the other: `g r`. */
  readonly keys?: string;
  /** Why it cannot be done now; shown, and the key does nothing. */
  readonly disabled?: string | undefined;
  readonly run: () => void;
}

export interface KeyStroke {
  readonly key: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly typing: boolean;
}

/** `Ctrl+Enter` of `ctrl+enter`; two keys of a sequence apart. */
export function keyLabel(keys: string): readonly string[] {
  return keys.split(' ').map((chord) =>
    chord
      .split('+')
      .map((part) => (part.length === 1 ? part.toUpperCase() : part[0]!.toUpperCase() + part.slice(1)))
      .join('+'),
  ); // no part is empty
}

export function chordOf(stroke: KeyStroke): string {
  const key = stroke.key.toLowerCase();
  return `${stroke.ctrl ? 'ctrl+' : ''}${stroke.alt ? 'alt+' : ''}${stroke.shift && key.length > 1 ? 'shift+' : ''}${key}`;
}

/** A chord that a person may type as text: it must not act while a field has the focus. */
export function isPlain(chord: string): boolean {
  return Array.from(chord).length === 1;
}

export interface Found {
  readonly action: DeskAction | undefined;
  readonly pending: string;
}

/** What this stroke means. `pending` is the first half of a sequence, if one was begun. The last registered wins. */
export function findAction(actions: readonly DeskAction[], stroke: KeyStroke, pending: string): Found {
  const chord = chordOf(stroke);
  if (isPlain(chord) && stroke.typing) return { action: undefined, pending: '' };
  const whole = pending === '' ? chord : `${pending} ${chord}`;
  const action =
    actions.findLast((candidate) => candidate.keys === whole) ??
    (pending === '' ? undefined : actions.findLast((candidate) => candidate.keys === chord));
  if (action !== undefined) return { action, pending: '' };
  return { action: undefined, pending: actions.some((candidate) => candidate.keys?.startsWith(`${chord} `) === true) ? chord : '' };
}

/** Two actions on the same keys at the same time: a mistake that a test finds. */
export function clashes(actions: readonly DeskAction[]): readonly string[] {
  const seen = new Map<string, number>();
  for (const { keys } of actions) if (keys !== undefined) seen.set(keys, (seen.get(keys) ?? 0) + 1);
  const keys = [...seen.keys()];
  return keys.filter((one) => (seen.get(one) ?? 0) > 1 || keys.some((other) => other !== one && other.startsWith(`${one} `)));
}
