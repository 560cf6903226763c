// Hears scanners anywhere on the page and gives the text to the screen on top. It must not know what a number means.
import { useEffect, useRef } from 'react';
import { type FieldText, setText, textOf, typeInto } from './type-into.ts';
import { WEDGE_GAP_MS, wedgeDetector } from './wedge.ts';

type ScanHandler = (text: string) => void;
/** The last one mounted hears it: a dialog before the screen under it. */
const handlers: ScanHandler[] = [];

/** For cameras and pasted text too: they end in the same place as a wedge. */
export function deliverScan(text: string): boolean {
  const top = handlers.at(-1);
  top?.(text);
  return top !== undefined;
}

export function useScan(handler: ScanHandler, active = true): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    if (!active) return undefined;
    const own: ScanHandler = (text) => latest.current(text);
    handlers.push(own);
    return () => {
      handlers.splice(handlers.indexOf(own), 1);
    };
  }, [active]);
}

/** Letters that were kept from a field go there when the scan does not go on for so long: its last key was lost, or it was no scan. */
const RELEASE_AFTER_MS = 4 * WEDGE_GAP_MS;

/** Listens in the capture phase, before any field. Returns the function that ends it. */
export function listenForWedge(target: Window = window): () => void {
  const detector = wedgeDetector();
  let held: FieldText | undefined;
  let kept = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const release = (): void => {
    const text = kept;
    kept = '';
    clearTimeout(timer);
    if (text !== '') typeInto(target.document.activeElement, text);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const step = detector.key(event.key, event.timeStamp);
    if (step.kind === 'hold' && handlers.length > 0) {
      event.preventDefault();
      event.stopImmediatePropagation();
      kept += event.key;
      clearTimeout(timer);
      timer = setTimeout(release, RELEASE_AFTER_MS);
      return;
    }
    if (step.kind !== 'scan' || handlers.length === 0) {
      // Shift comes between the letters of a scan.
      if (event.key !== 'Shift' && event.key !== 'CapsLock') release();
      if (step.kind === 'start') held = textOf(target.document.activeElement);
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    kept = '';
    clearTimeout(timer);
    if (held !== undefined) setText(held);
    held = undefined;
    deliverScan(step.text);
  };
  target.addEventListener('keydown', onKey, { capture: true });
  return () => {
    release();
    target.removeEventListener('keydown', onKey, { capture: true });
  };
}
