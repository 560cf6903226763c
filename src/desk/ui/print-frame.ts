// Prints one document at its exact size through a hidden frame; the page that the user works on is not touched.

export interface Sheet {
  readonly html: string;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** How long a printer dialogue may stay open before its frame is removed. */
const FRAME_LIFE_MS = 10 * 60_000;

/** Resolves when the browser has been asked to print. Fonts and images are waited for, so that no glyph is missing. */
export async function printSheet(sheet: Sheet, label: string): Promise<void> {
  document.querySelector('iframe[data-print]')?.remove();
  const frame = document.createElement('iframe');
  frame.dataset['print'] = label;
  frame.title = label;
  frame.tabIndex = -1;
  frame.setAttribute('aria-hidden', 'true');
  frame.style.cssText = 'position:fixed;right:0;bottom:0;width:0;height:0;border:0;visibility:hidden';
  frame.srcdoc = withPageSize(sheet);
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  await loaded;
  const inside = frame.contentWindow;
  if (inside === null) return;
  await inside.document.fonts.ready;
  inside.addEventListener('afterprint', () => setTimeout(() => frame.remove(), 1000), { once: true });
  setTimeout(() => frame.remove(), FRAME_LIFE_MS);
  inside.print();
}

/** The sheet's own `@page` wins; this one is for documents that bring none. */
export function withPageSize(sheet: Sheet): string {
  if (/@page\b/.test(sheet.html)) return sheet.html;
  const style = `<style>@page{size:${sheet.widthMm}mm ${sheet.heightMm}mm;margin:0}html,body{margin:0}</style>`;
  return /<head[^>]*>/i.test(sheet.html) ? sheet.html.replace(/<head[^>]*>/i, (head) => head + style) : style + sheet.html;
}
