// The rack: tubes that were taken here and go to the laboratory, with their own paper.
import type { Rejection } from '#kernel/shared/rejection.ts';
import { parseNumber } from '#kernel/shared/numbers.ts';
import { useDo } from '#desk/app/desk-context.tsx';
import { useDraft } from '#desk/app/drafts.ts';
import { printPaper } from '#desk/app/paper.ts';
import { Refused } from '#desk/app/refused.tsx';
import { useText } from '#desk/i18n/i18n.ts';
import { ActionButton, TextField } from '#desk/ui/fields.tsx';
import { Icon } from '#desk/ui/icons.tsx';
import { NumberText, Panel, Tag } from '#desk/ui/parts.tsx';
import { soundRight, soundWrong } from '#desk/ui/sound.ts';
import { useScan } from '#desk/ui/use-scan.ts';
import { useActions } from '#desk/app/actions-context.tsx';
import { type ReactElement, useState } from 'react';

export function Rack({ close }: { readonly close: () => void }): ReactElement {
  const { t, language } = useText();
  const { command, call } = useDo();
  const [tubes, setTubes] = useDraft<readonly string[]>('collection/rack', []);
  const [typed, setTyped] = useState('');
  const [rejection, setRejection] = useState<Rejection>();
  const [sent, setSent] = useState<readonly string[]>();
  const add = (text: string): void => {
    const number = parseNumber(text, 'accession');
    setTyped('');
    if (!number.ok) {
      soundWrong();
      setRejection({ code: number.code, facts: number.facts });
      return;
    }
    soundRight();
    setRejection(undefined);
    setSent(undefined);
    setTubes((old) => (old.includes(number.number) ? old : [...old, number.number]));
  };
  useScan(add);
  const send = async (): Promise<void> => {
    if (tubes.length === 0) return;
    const done = await command('dispatchSpecimens', { accessions: tubes });
    if (!done.ok) return setRejection(done.rejection);
    await printPaper(call, { paper: 'rack', specimens: tubes, language });
    setSent(tubes);
    setTubes([]);
  };
  useActions([{ id: 'save', title: 'collection.sendRack', group: 'common.groupScreen', keys: 'ctrl+enter', run: () => void send() }]);
  return (
    <Panel
      title={t('collection.rack')}
      actions={
        <>
          <Tag>{t('collection.tubeCount', { count: tubes.length })}</Tag>
          <ActionButton size="xs" keys="Alt+X" onClick={close}>
            {t('common.close')}
          </ActionButton>
        </>
      }
    >
      <div className="n-stack">
        <TextField
          label={t('collection.rackScan')}
          value={typed}
          onChange={setTyped}
          inputMode="numeric"
          autoFocus
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.ctrlKey) {
              event.preventDefault();
              add(typed);
            }
          }}
        />
        <ul className="n-list n-row" aria-label={t('collection.rack')}>
          {tubes.map((tube) => (
            <li key={tube} className="n-tag">
              <NumberText number={tube} />
              <button
                type="button"
                className="n-quiet"
                aria-label={t('common.removeThing', { what: tube })}
                onClick={() => setTubes(tubes.filter((other) => other !== tube))}
              >
                <Icon name="cross" />
              </button>
            </li>
          ))}
        </ul>
        <Refused rejection={rejection} />
        {sent === undefined ? null : (
          <p role="status">
            <Icon name="ok" /> {t('collection.rackSent', { count: sent.length })}{' '}
            <button type="button" className="n-quiet" onClick={() => void printPaper(call, { paper: 'rack', specimens: sent, language })}>
              {t('collection.rackAgain')}
            </button>
          </p>
        )}
        <div className="n-row">
          <ActionButton
            primary
            keys="Ctrl+Enter"
            reason={tubes.length === 0 ? t('collection.rackEmpty') : undefined}
            onClick={() => void send()}
          >
            {t('collection.sendRack')}
          </ActionButton>
        </div>
      </div>
    </Panel>
  );
}
