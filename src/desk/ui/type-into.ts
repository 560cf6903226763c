// Puts text into a field as if it had been typed there. It must not know where the text comes from.

export interface FieldText {
  readonly element: HTMLInputElement | HTMLTextAreaElement;
  readonly value: string;
}

/** Inputs whose value is no text that a person types. */
const NO_TEXT = new Set(['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit']);

/** The field and what it holds now; undefined when letters do not go into this element. */
export function textOf(element: Element | null): FieldText | undefined {
  if (element instanceof HTMLInputElement && NO_TEXT.has(element.type)) return undefined;
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? { element, value: element.value } : undefined;
}

/** As if it had been typed at the cursor. */
export function typeInto(element: Element | null, text: string): void {
  const field = textOf(element);
  if (field === undefined || field.element.readOnly || field.element.disabled) return;
  const { selectionStart, selectionEnd } = field.element; // null where a field has no cursor, as one for dates
  const before = field.value.slice(0, selectionStart ?? field.value.length);
  setText({ element: field.element, value: before + text + field.value.slice(selectionEnd ?? field.value.length) });
  if (selectionStart !== null) field.element.setSelectionRange(before.length + text.length, before.length + text.length);
}

/** React hears a value only when it is set through the prototype's own setter. */
export function setText(field: FieldText): void {
  const prototype = field.element instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field.element, field.value);
  field.element.dispatchEvent(new Event('input', { bubbles: true }));
}
