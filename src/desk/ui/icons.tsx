// The few signs that go with words. Drawn here, so that no icon font is fetched; always hidden from screen readers.
import type { ReactElement } from 'react';

const PATHS = {
  ok: 'M4 12.5 9.5 18 20 6.5',
  waiting: 'M12 3a9 9 0 1 0 .01 0M12 7v5l3.5 2',
  offline: 'M4 4l16 16M8.5 15.5a5 5 0 0 1 5.8-.9M5 12a10 10 0 0 1 3.4-2.3M12.5 9a10 10 0 0 1 6.5 3M12 19h.01',
  hub: 'M5 12a10 10 0 0 1 14 0M8.5 15.5a5 5 0 0 1 7 0M12 19h.01',
  danger: 'M12 4 2.8 20h18.4zM12 10v4.5M12 17.3h.01',
  note: 'M12 3a9 9 0 1 0 .01 0M12 11v6M12 7.5h.01',
  search: 'M10.5 4a6.5 6.5 0 1 0 .01 0M15.5 15.5 21 21',
  camera: 'M3 8h4l2-3h6l2 3h4v11H3zM12 10a3.5 3.5 0 1 0 .01 0',
  print: 'M7 8V3h10v5M7 17H4V9h16v8h-3M7 14h10v7H7z',
  tube: 'M8 3h8M9 3v14a3 3 0 0 0 6 0V3M9 11h6',
  person: 'M12 4a4 4 0 1 0 .01 0M4 21c0-5 4-7 8-7s8 2 8 7',
  plus: 'M12 5v14M5 12h14',
  cross: 'M6 6l12 12M18 6 6 18',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  sun: 'M12 8a4 4 0 1 0 .01 0M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2',
  moon: 'M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z',
  low: 'M12 5v13M6.5 12.5 12 18l5.5-5.5',
  high: 'M12 19V6M6.5 11.5 12 6l5.5 5.5',
  phone: 'M6 3h4l2 5-2.5 2a11 11 0 0 0 4.5 4.5L16 12l5 2v4c0 2-2 3-4 3C9 20 4 14 3 7c0-2 1-4 3-4z',
  keys: 'M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }): ReactElement {
  return (
    <svg
      className="n-icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
