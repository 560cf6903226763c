// The full stop of a wrong tube: whole screen, sound, and not put away by Enter, space or Escape.
import { useText } from '#desk/i18n/i18n.ts';
import { Icon } from '#desk/ui/icons.tsx';
import { NumberText } from '#desk/ui/parts.tsx';
import { soundWrong } from '#desk/ui/sound.ts';
import { useScan } from '#desk/ui/use-scan.ts';
import type { PersonShape } from '#desk/app/shapes.ts';
import { PersonName } from '#desk/app/person.tsx';
import { Button } from '@mantine/core';
import { type KeyboardEvent, type ReactElement, useEffect, useRef } from 'react';

export function Mismatch({
  scanned,
  expected,
  patient,
  close,
}: {
  readonly scanned: string;
  readonly expected: readonly string[];
  readonly patient: PersonShape;
  readonly close: () => void;
}): ReactElement {
  const { t } = useText();
  const root = useRef<HTMLDivElement>(null);
  // A second wrong scan sounds again; nothing that a scanner types may close this.
  useScan(() => soundWrong());
  useEffect(() => {
    soundWrong();
    root.current?.focus();
  }, [scanned]);
  const swallow = (event: KeyboardEvent): void => {
    if (['Enter', ' ', 'Escape'].includes(event.key)) {
      event.preventDefault();
      event.stopPropagation();
    }
    if (event.key === 'x' && event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };
  return (
    <div
      className="n-stop"
      role="alertdialog"
      aria-modal="true"
      aria-labelledby="mismatch-title"
      aria-describedby="mismatch-text"
      ref={root}
      tabIndex={-1}
      onKeyDownCapture={swallow}
    >
      <div>
        <h1 id="mismatch-title">
          <Icon name="danger" /> {t('collection.mismatch')}
        </h1>
        <p style={{ fontSize: '1.25rem' }}>
          {t('collection.mismatchScanned')} <NumberText number={scanned} big />
        </p>
        <p style={{ fontSize: '1.25rem' }}>
          {t('collection.mismatchHere')} <PersonName person={patient} />:{' '}
          {expected.map((one) => (
            <span key={one}>
              {' '}
              <NumberText number={one} />
            </span>
          ))}
        </p>
        <p id="mismatch-text">{t('collection.mismatchHow')}</p>
        <div className="n-row">
          <Button onClick={close} variant="default">
            {t('collection.mismatchClose')} (Alt+X)
          </Button>
        </div>
      </div>
    </div>
  );
}
