// Hears scanners anywhere on the page and gives the text to the screen on top. It must not know what a number means.
import { useEffect, useRef } from 'react';
import { wedgeDetector } from './wedge.ts';

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

interface Held {
  readonly element: HTMLInputElement | HTMLTextAreaElement;
  readonly value: string;
}

/** Listens in the capture phase, before any field. Returns the function that ends it. */
export function listenForWedge(target: Window = window): () => void {
  const detector = wedgeDetector();
  let held: Held | undefined;
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const step = detector.key(event.key, event.timeStamp);
    if (step.kind === 'start') held = holdField(target.document.activeElement);
    if (step.kind !== 'scan' || handlers.length === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (held !== undefined) restore(held);
    held = undefined;
    deliverScan(step.text);
  };
  target.addEventListener('keydown', onKey, { capture: true });
  return () => target.removeEventListener('keydown', onKey, { capture: true });
}

function holdField(element: Element | null): Held | undefined {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? { element, value: element.value } : undefined;
}

/** React hears a value only when it is set through the prototype's own setter. */
function restore(held: Held): void {
  const prototype = held.element instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(held.element, held.value);
  held.element.dispatchEvent(new Event('input', { bubbles: true }));
}
