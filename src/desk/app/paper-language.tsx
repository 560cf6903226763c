// In which language a patient gets slips and reports. Not the clerk's: both, until somebody at this desk learns what the patient reads.
import type { PrintLanguage } from '#print/content.ts';
import { draftsOf } from '#desk/drafts.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { Key } from '#desk/ui/parts.tsx';
import { type ReactElement, useMemo, useSyncExternalStore } from 'react';
import { useActions } from './actions-context.tsx';
import { useSession } from './desk-context.tsx';
import { chooseFor, languageOf } from './paper-languages.ts';

/** The doctor reads the same paper as the patient's family: each finds a language on it. In the order in which the key goes round. */
const LANGUAGES: readonly PrintLanguage[] = ['both', 'hi', 'en'];

const FORM = 'languages';
const now = (): number => Date.now();
const listeners = new Set<() => void>();
const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export interface PaperLanguages {
  readonly of: (patient: string) => PrintLanguage;
  readonly choose: (patient: string, language: PrintLanguage) => void;
}

/** What was chosen for patients since this user signed in. It stays in this tab: a desk keeps nothing about patients beside the record. */
export function usePaperLanguages(): PaperLanguages {
  const user = useSession()?.user ?? 'nobody';
  const drafts = useMemo(() => draftsOf(sessionStorage, 'paper', user, now), [user]);
  useSyncExternalStore(listen, () => JSON.stringify(drafts.load(FORM) ?? null));
  return useMemo(
    () => ({
      of: (patient) => languageOf(drafts.load(FORM), patient),
      choose(patient, language) {
        drafts.save(FORM, chooseFor(drafts.load(FORM), patient, language));
        for (const listener of listeners) listener();
      },
    }),
    [drafts],
  );
}

/** The choice beside what prints; Alt+G goes round. Only one at a time may be on a screen. */
export function PaperLanguage({ patient }: { readonly patient: string }): ReactElement {
  const { t } = useText();
  const { of, choose } = usePaperLanguages();
  const language = of(patient);
  useActions([
    {
      id: 'paper-language',
      title: 'common.paperLanguage',
      group: 'common.groupScreen',
      keys: 'alt+g',
      run: () => choose(patient, LANGUAGES[(LANGUAGES.indexOf(of(patient)) + 1) % LANGUAGES.length] ?? 'both'),
    },
  ]);
  return (
    <span className="n-row" role="group" aria-label={t('common.paperLanguage')} style={{ gap: 4 }}>
      <span className="n-small">
        {t('common.paperLanguage')} <Key>Alt+G</Key>
      </span>
      {LANGUAGES.map((one) => (
        <button key={one} type="button" className="n-set" aria-pressed={one === language} onClick={() => choose(patient, one)}>
          {t(`common.paperIn.${one}`)}
        </button>
      ))}
    </span>
  );
}
