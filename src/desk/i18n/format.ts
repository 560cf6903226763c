// Dates, times and ages for eyes: day before month, Latin digits, never a US order. It reads no clock: `now` is handed in.
import type { Language } from './keys.ts';

const ZONE = 'Asia/Kolkata';
const locale = (language: Language): string => (language === 'hi' ? 'hi-IN-u-nu-latn' : 'en-IN-u-nu-latn');
const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${name}`;
  let found = formats.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(locale(language), { timeZone: ZONE, ...options });
    formats.set(key, found);
  }
  return found;
}

/** 23 Nov 2026 */
export function formatDate(at: number, language: Language): string {
  return format(language, 'date', { day: '2-digit', month: 'short', year: 'numeric' }).format(at);
}

/** 10:42, by the 24-hour clock. */
export function formatTime(at: number, language: Language): string {
  return format(language, 'time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}

/** 23 Nov, 10:42; the time alone when it was today. */
export function formatWhen(at: number, now: number, language: Language): string {
  const day = format(language, 'day', { day: '2-digit', month: 'short' });
  const time = formatTime(at, language);
  if (formatDate(at, language) === formatDate(now, language)) return time;
  if (formatDate(at, language).slice(-4) === formatDate(now, language).slice(-4)) return `${day.format(at)}, ${time}`;
  return `${formatDate(at, language)}, ${time}`;
}

/** 12,34,567 */
export function formatCount(count: number): string {
  return count.toLocaleString('en-IN');
}
