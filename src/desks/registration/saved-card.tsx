// What was saved last: the number large, what to print again, how to put right what was wrong.
import { useDo } from '#desk/app/desk-context.tsx';
import { printPaper } from '#desk/app/paper.ts';
import { PaperLanguage, usePaperLanguages } from '#desk/app/paper-language.tsx';
import { Refused } from '#desk/app/refused.tsx';
import { useText } from '#desk/i18n/i18n.ts';
import { ActionButton } from '#desk/ui/fields.tsx';
import { NumberText, Panel, Tag } from '#desk/ui/parts.tsx';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Saved } from './save.ts';

export function SavedCard({
  saved,
  choosing,
  correct,
  cancelOrder,
  family,
}: {
  readonly saved: Saved;
  /** Nobody else's paper is being chosen at the moment. */
  readonly choosing: boolean;
  readonly correct: () => void;
  readonly cancelOrder: (() => void) | undefined;
  readonly family: () => void;
}): ReactElement {
  const { t } = useText();
  const { of } = usePaperLanguages();
  const { call } = useDo();
  return (
    <Panel
      title={t('registration.lastSaved')}
      actions={
        <Tag tone="ok" icon="ok">
          {t('common.savedHere')}
        </Tag>
      }
    >
      <div className="n-stack" role="status" data-saved="">
        {saved.uhid === undefined ? <Tag tone="warn">{t('common.noUhid')}</Tag> : <NumberText number={saved.uhid} big />}
        <Link to="/patient" search={{ id: saved.patient } as never} className="n-name">
          {saved.name === '' ? t('common.unknownPatient') : saved.name}
        </Link>
        <Refused rejection={saved.refused} />
        {choosing ? <PaperLanguage patient={saved.patient} /> : null}
        <div className="n-row">
          <ActionButton
            size="xs"
            keys="Alt+P"
            onClick={() => void printPaper(call, { paper: 'slip', patient: saved.patient, language: of(saved.patient) })}
          >
            {t('registration.printAgain')}
          </ActionButton>
          <ActionButton size="xs" keys="Alt+C" onClick={correct}>
            {t('registration.correct')}
          </ActionButton>
          <ActionButton size="xs" keys="Alt+S" onClick={family}>
            {t('registration.sameFamily')}
          </ActionButton>
          {cancelOrder === undefined ? null : (
            <ActionButton size="xs" onClick={cancelOrder}>
              {t('registration.undoOrder')}
            </ActionButton>
          )}
        </div>
      </div>
    </Panel>
  );
}
