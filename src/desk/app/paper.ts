// Prints a paper of ours: the replica makes the sheet, the browser prints it. What fails is said and never blocks work.
import { languageNow, say } from '#desk/i18n/i18n.ts';
import { printSheet } from '#desk/ui/print-frame.ts';
import { saveFile } from '#desk/ui/save-file.ts';
import { notifications } from '@mantine/notifications';
import type { PrintRequest } from './desk-calls.ts';
import type { useDo } from './desk-context.tsx';
import { sentence } from './rejections.ts';

type Call = ReturnType<typeof useDo>['call'];

/** @returns whether the browser was asked to print */
export async function printPaper(call: Call, request: PrintRequest): Promise<boolean> {
  const answer = await call('print', request);
  if (!answer.ok) {
    notifications.show({ color: 'red', title: say('common.printFailed'), message: sentence(answer.rejection, languageNow(), say) });
    return false;
  }
  await printSheet(answer.result, say('common.print'));
  sayCopy(request, answer.result.copy);
  return true;
}

/** A second label or sheet of the same tubes is how they get mixed up: said each time. Slips and reports say it on paper. */
function sayCopy(request: PrintRequest, copy = 1): void {
  if (copy < 2 || request.paper === 'slip' || request.paper === 'report') return;
  const rack = request.paper === 'rack';
  notifications.show({
    color: 'orange',
    title: say(rack ? 'common.sheetCopy' : 'common.labelCopy', { copy }),
    message: say(rack ? 'common.sheetCopyHow' : 'common.labelCopyHow'),
  });
}

/** The labels as a file for a label printer that no browser drives. A name that it cannot print goes to the browser's printer. */
export async function saveZpl(call: Call, request: PrintRequest): Promise<void> {
  const answer = await call('print', request);
  if (!answer.ok) {
    notifications.show({ color: 'red', title: say('common.printFailed'), message: sentence(answer.rejection, languageNow(), say) });
    return;
  }
  const { zpl, fileName, copy } = answer.result;
  if (zpl === undefined) {
    notifications.show({ color: 'orange', title: say('common.noZpl'), message: say('common.noZplHow') });
    await printSheet(answer.result, say('common.print'));
  } else saveFile(fileName ?? 'labels.zpl', 'text/plain', zpl);
  sayCopy(request, copy);
}

/** The same paper as a PDF file, where it has one. */
export async function savePaper(call: Call, request: PrintRequest): Promise<void> {
  const answer = await call('print', request);
  if (answer.ok && answer.result.pdf !== undefined)
    saveFile(answer.result.fileName ?? `${request.paper}.pdf`, 'application/pdf', answer.result.pdf);
  else
    notifications.show({
      color: 'red',
      title: say('common.printFailed'),
      message: answer.ok ? '' : sentence(answer.rejection, languageNow(), say),
    });
}
