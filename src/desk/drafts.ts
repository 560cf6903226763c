// What somebody is typing, kept over a reload until it is saved or thrown away. It must not know what the fields mean.

/** A morning's half-filled form is worth keeping; yesterday's is a danger. */
const KEEP_MS = 12 * 3_600_000;
/** A form with a long history is a few kB; more is a mistake, and the browser gives a site 5 MB in all. */
const MAX_CHARACTERS = 200_000;
const PREFIX = 'nirantar-draft';

/** The part of `Storage` (session storage by choice: of this tab, and gone with it) that is needed. */
export interface DraftPlace {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface Drafts {
  /** What was typed into the form, or undefined. The form parses it as it parses any input: it may be of an older version. */
  load(form: string): unknown;
  /** On every change. False when it could not be kept, so that the form can say so. */
  save(form: string, value: unknown): boolean;
  /** After saving, or when the user throws it away. */
  clear(form: string): void;
  /** Forms that hold something. */
  list(): readonly string[];
}

interface Kept {
  readonly at: number;
  readonly value: unknown;
}

/** `collection/work` is the form `work` of the desk `collection`. What follows is the form's own: it may name a stream, `lab/call-result/ABC`. */
export function placeOfDraft(name: string): { readonly desk: string; readonly form: string } {
  const slash = name.indexOf('/');
  return slash < 0 ? { desk: name, form: '' } : { desk: name.slice(0, slash), form: name.slice(slash + 1) };
}

export function draftsOf(place: DraftPlace, desk: string, user: string, now: () => number): Drafts {
  const prefix = `${PREFIX}:${encodeURIComponent(desk)}:${encodeURIComponent(user)}:`;
  const keyOf = (form: string): string => prefix + encodeURIComponent(form);
  const drafts: Drafts = {
    load(form) {
      const kept = parse(place.getItem(keyOf(form)));
      if (kept === undefined || now() - kept.at > KEEP_MS) {
        place.removeItem(keyOf(form));
        return undefined;
      }
      return kept.value;
    },
    save(form, value) {
      const text = JSON.stringify({ at: now(), value } satisfies Kept);
      if (text.length > MAX_CHARACTERS) return false;
      try {
        place.setItem(keyOf(form), text);
        return true;
      } catch {
        return false;
      }
    },
    clear: (form) => place.removeItem(keyOf(form)),
    list: () =>
      keys(place)
        .filter((key) => key.startsWith(prefix))
        .map((key) => decodeURIComponent(key.slice(prefix.length)))
        .filter((form) => drafts.load(form) !== undefined),
  };
  return drafts;
}

/** At sign-out: nobody finds what the last user was typing. */
export function forgetDraftsOf(place: DraftPlace, user: string): void {
  const name = encodeURIComponent(user);
  for (const key of keys(place)) {
    const [prefix, , of] = key.split(':');
    if (prefix === PREFIX && of === name) place.removeItem(key);
  }
}

function keys(place: DraftPlace): readonly string[] {
  return Array.from({ length: place.length }, (_, i) => place.key(i)).filter((key) => key !== null);
}

function parse(text: string | null): Kept | undefined {
  if (text === null) return undefined;
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== 'object' || kept === null || !('at' in kept) || typeof kept.at !== 'number' || !('value' in kept)) return undefined;
    return { at: kept.at, value: kept.value };
  } catch {
    return undefined;
  }
}
