// Keeps what is typed after Enter until what Enter asked for is there, then gives it to the field that is focused next. It knows no screen.
import { textOf, typeInto } from './type-into.ts';
import { looksScanned } from './wedge.ts';

export interface LettersAfterEnter {
  /** Whole words of an input method, which come with no key. */
  add(text: string): void;
  /** What Enter asked for is done: the letters are the next field's. */
  done(): void;
  /** What Enter asked for will not come: they are the box's. */
  giveBack(): void;
  /** They are nobody's: Enter asks for nothing any more. */
  drop(): void;
  /** The letters are with a field, or dropped. */
  readonly over: boolean;
}

/** A screen focuses its next field within a frame or two, after a query of this PC at most; then whoever has the focus gets the letters. */
const NEXT_FIELD_MS = 300;
const SHIFTS = ['Shift', 'CapsLock', 'Control', 'Alt', 'AltGraph', 'Meta'];

/** From now on letters typed in `box` are kept. A key that is no letter gives them to the box: somebody goes on working in it. */
export function keepLettersAfterEnter(box: HTMLElement): LettersAfterEnter {
  let text = '';
  let done = false;
  let over = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = (field: Element | null): void => {
    over = true;
    clearTimeout(timer);
    window.removeEventListener('keydown', onKey, { capture: true });
    document.removeEventListener('focusin', onFocus);
    // A scan has gone its own way already.
    if (text !== '' && !looksScanned(text)) typeInto(field, text);
  };
  function onKey(event: KeyboardEvent): void {
    if (event.target !== box || SHIFTS.includes(event.key)) return;
    const isLetter = Array.from(event.key).length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!isLetter) return text === '' ? undefined : end(box);
    event.preventDefault();
    event.stopPropagation();
    text += event.key;
  }
  function onFocus(event: FocusEvent): void {
    if (event.target === box || !(event.target instanceof Element)) return;
    if (!done && text !== '') end(box);
    else if (done && textOf(event.target) !== undefined) end(event.target);
  }
  window.addEventListener('keydown', onKey, { capture: true });
  document.addEventListener('focusin', onFocus);
  return {
    get over() {
      return over;
    },
    add(more) {
      text += more;
    },
    done() {
      if (over) return;
      done = true;
      timer = setTimeout(() => end(document.activeElement), NEXT_FIELD_MS);
    },
    giveBack() {
      if (!over) end(box);
    },
    drop() {
      text = '';
      if (!over) end(null);
    },
  };
}
