// Keys and scans of the registration desk. What they do stands in use-registration.ts.
import { parseNumber } from '#kernel/shared/numbers.ts';
import { useActions } from '#desk/app/actions-context.tsx';
import { useText } from '#desk/i18n/i18n.ts';
import { useScan } from '#desk/ui/use-scan.ts';
import type { Registration } from './use-registration.ts';

export function useRegistrationKeys(desk: Registration): void {
  const { t } = useText();
  const { work, saved, search, setSearch, focusBox, setRejection, onPaper } = desk;
  const { startNew, startUnknown, startFamily, startCorrect, correctSaved, clear, save, printAgain } = desk;
  useScan((text) => {
    const number = parseNumber(text);
    if (!number.ok && text.length >= 60) onPaper(text);
    else if (work.mode === 'find') {
      setSearch(text);
      focusBox();
    } else setRejection({ code: 'finish-first', facts: {} });
  });
  useActions([
    {
      id: 'save',
      title: 'registration.save',
      group: 'common.groupScreen',
      keys: 'ctrl+enter',
      disabled: work.mode === 'find' ? t('registration.nothingToSave') : undefined,
      run: () => void save(),
    },
    { id: 'new', title: 'registration.new', group: 'common.groupScreen', keys: 'alt+n', run: () => startNew(search) },
    { id: 'unknown', title: 'registration.unknown', group: 'common.groupScreen', keys: 'alt+u', run: startUnknown },
    {
      id: 'family',
      title: 'registration.sameFamily',
      group: 'common.groupScreen',
      keys: 'alt+s',
      disabled: saved === null ? t('registration.noLast') : undefined,
      run: startFamily,
    },
    {
      id: 'print-again',
      title: 'registration.printAgain',
      group: 'common.groupScreen',
      keys: 'alt+p',
      disabled: saved === null ? t('registration.noLast') : undefined,
      run: printAgain,
    },
    {
      id: 'correct',
      title: 'registration.correct',
      group: 'common.groupScreen',
      keys: 'alt+c',
      disabled: work.mode !== 'visit' && saved === null ? t('registration.noLast') : undefined,
      run: () => {
        if (work.mode === 'visit') startCorrect(work.person);
        else void correctSaved();
      },
    },
    { id: 'clear', title: 'registration.clear', group: 'common.groupScreen', keys: 'alt+x', run: clear },
    {
      id: 'duplicates',
      title: 'registration.goDuplicates',
      group: 'common.groupScreen',
      keys: 'f4',
      run: () => document.querySelector<HTMLElement>('[data-duplicates] button')?.focus(),
    },
  ]);
}
