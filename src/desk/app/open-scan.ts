// What a scan means when no screen asked for one: a number opens what it names, a paper is taken in.
import { parseNumber } from '#kernel/shared/numbers.ts';
import { languageNow, say } from '#desk/i18n/i18n.ts';
import { notifications } from '@mantine/notifications';
import type { useDo } from './desk-context.tsx';
import { sentence } from './rejections.ts';
import type { DeskSearch } from './use-desk-search.ts';

export type Go = (path: string, search?: DeskSearch) => void;
type Call = ReturnType<typeof useDo>['call'];

export function openScan(text: string, go: Go, call: Call): void {
  const parsed = parseNumber(text);
  if (parsed.ok && (parsed.kind === 'accession' || parsed.kind === 'order')) return go('/collection', { find: parsed.number });
  if (parsed.ok && parsed.kind === 'report') return go('/lab', { tab: 'reports', report: parsed.number });
  if (parsed.ok) return go('/patient', { uhid: parsed.number });
  void takePaper(text, call, (patient) => go('/patient', { id: patient }));
}

/** News of one sheet stand in one place: the last word replaces the one before, and covers as little as it can. */
function tell(news: Parameters<typeof notifications.show>[0]): void {
  notifications.hide('paper');
  notifications.show({ ...news, id: 'paper' });
}

/** Scanning paper is replication: the commits on it are taken in, marked with where they came from. */
export async function takePaper(text: string, call: Call, open?: (patient: string) => void): Promise<readonly string[]> {
  const answer = await call('scan', { text });
  if (!answer.ok) {
    tell({
      color: 'red',
      title: say('common.paperRefused'),
      message: sentence(answer.rejection, languageNow(), say),
      autoClose: false,
    });
    return [];
  }
  const taken = answer.result;
  if (taken.kind === 'number') return [];
  if (!taken.complete) {
    tell({ title: say('common.paperPart', { part: taken.part, parts: taken.parts }), message: say('common.paperPartNext') });
    return [];
  }
  tell({
    title: say('common.paperTaken', { count: taken.accepted }),
    message: taken.from === undefined ? say('common.paperKnown', { count: taken.known }) : say('common.paperFrom', { from: taken.from }),
  });
  if (taken.patient !== undefined) open?.(taken.patient);
  return taken.accessions ?? [];
}
