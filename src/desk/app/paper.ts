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
  return true;
}

/** The labels as a file for a label printer that no browser drives. */
export async function saveZpl(call: Call, request: PrintRequest): Promise<void> {
  const answer = await call('print', request);
  if (answer.ok && answer.result.zpl !== undefined) saveFile(answer.result.fileName ?? 'labels.zpl', 'text/plain', answer.result.zpl);
  else
    notifications.show({
      color: 'red',
      title: say('common.printFailed'),
      message: answer.ok ? say('common.noZpl') : sentence(answer.rejection, languageNow(), say),
    });
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
