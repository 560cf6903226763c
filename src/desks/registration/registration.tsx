// The registration desk: one box, then the form, then the slip, and the box again. Everything here works with no hub.
import { parseNumber } from '#kernel/shared/numbers.ts';
import { useAsk } from '#desk/app/desk-context.tsx';
import { PaperLanguage } from '#desk/app/paper-language.tsx';
import { PatientFinder, type FinderChoice } from '#desk/app/patient-finder.tsx';
import { PatientBanner } from '#desk/app/person.tsx';
import { Refused } from '#desk/app/refused.tsx';
import type { PersonShape } from '#desk/app/shapes.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { ActionButton, TextField } from '#desk/ui/fields.tsx';
import { Key, Note, NumberText, Panel } from '#desk/ui/parts.tsx';
import type { ReactElement } from 'react';
import { Duplicates } from './duplicates.tsx';
import { PatientFields } from './patient-form.tsx';
import { SavedCard } from './saved-card.tsx';
import { useRegistrationKeys } from './use-registration-keys.ts';
import { paperOf, useRegistration } from './use-registration.ts';
import { VisitFields } from './visit-fields.tsx';

export default function RegistrationDesk(): ReactElement {
  const { t } = useText();
  const desk = useRegistration();
  useRegistrationKeys(desk);
  const {
    box,
    formElement,
    work,
    form,
    considered,
    saved,
    problems,
    rejection,
    saving,
    search,
    setSearch,
    change,
    consider,
    say,
    onPaper,
  } = desk;
  const { startNew, startUnknown, startFamily, pickPatient, startCorrect, correctSaved, clear, save, cancelOrder } = desk;
  const told = parseNumber(search, 'uhid');
  const choices: readonly FinderChoice[] = [
    ...(told.ok
      ? [
          {
            id: 'told',
            label: (
              <>
                <strong>{t('registration.acceptCard')}</strong> <NumberText number={told.number} />{' '}
                <span className="n-muted">{t('registration.acceptCardHow')}</span>
              </>
            ),
            run: () => startNew(search),
          },
        ]
      : []),
    ...(told.ok
      ? []
      : [
          {
            id: 'new',
            label: (
              <>
                <strong>{t('registration.new')}</strong> <span>{search.trim()}</span>{' '}
                <span style={{ marginLeft: 'auto' }}>
                  <Key>Alt+N</Key>
                </span>
              </>
            ),
            run: () => startNew(search),
          },
        ]),
  ];
  return (
    <>
      <h1 className="n-sr">{t('common.registration')}</h1>
      <PatientFinder
        label={t('registration.box')}
        placeholder={t('registration.boxHint')}
        text={search}
        onText={setSearch}
        inputRef={box}
        choices={choices}
        onPaper={onPaper}
        onPick={(row) => void pickPatient(row)}
      />
      <div className="n-split">
        <div className="n-stack">
          {work.mode === 'find' ? (
            <Waiting startUnknown={startUnknown} startNew={() => startNew('')} />
          ) : (
            <form
              ref={formElement}
              className="n-stack"
              aria-label={t(TITLES[work.mode])}
              noValidate
              onSubmit={(event) => {
                event.preventDefault();
                void save();
              }}
            >
              {work.mode === 'new' ? null : (
                <KnownBanner person={work.person} correct={work.mode === 'visit' ? () => startCorrect(work.person) : undefined} />
              )}
              <Panel
                title={t(form.unknown ? 'registration.unknown' : TITLES[work.mode])}
                actions={<span className="n-hint">{t('registration.onlyThree')}</span>}
              >
                <div className="n-stack">
                  {form.uhidTold === '' ? null : (
                    <Note tone="warn" title={t('registration.elsewhereTitle')}>
                      <NumberText number={form.uhidTold} /> {t('registration.elsewhereHow')}
                    </Note>
                  )}
                  {work.mode === 'visit' ? null : <PatientFields form={form} problems={problems} change={change} />}
                  {work.mode === 'correct' ? (
                    <TextField label={t('common.reason')} name="reason" value={work.reason} onChange={say} />
                  ) : (
                    <VisitFields form={form} problems={problems} change={change} askAllergies />
                  )}
                  <Refused rejection={rejection} />
                  <div className="n-row">
                    <ActionButton type="submit" primary keys="Ctrl+Enter" loading={saving}>
                      {t(work.mode === 'correct' ? 'registration.saveCorrection' : 'registration.save')}
                    </ActionButton>
                    <ActionButton keys="Alt+X" onClick={clear}>
                      {t('registration.clear')}
                    </ActionButton>
                    {work.mode === 'correct' ? null : <PaperLanguage patient={paperOf(work)} />}
                  </div>
                </div>
              </Panel>
            </form>
          )}
        </div>
        <aside className="n-stack" aria-label={t('registration.beside')}>
          {work.mode === 'new' ? (
            <Duplicates form={form} considered={considered} onSame={(person) => void pickPatient(person, form)} onConsider={consider} />
          ) : null}
          {saved === null ? null : (
            <SavedCard
              saved={saved.saved}
              choosing={work.mode === 'find' || work.mode === 'correct'}
              correct={() => void correctSaved()}
              family={startFamily}
              cancelOrder={saved.saved.order === undefined ? undefined : () => void cancelOrder()}
            />
          )}
        </aside>
      </div>
    </>
  );
}

const TITLES = { new: 'registration.new', visit: 'registration.visit', correct: 'registration.correct' } as const;

function KnownBanner({ person, correct }: { readonly person: PersonShape; readonly correct: (() => void) | undefined }): ReactElement {
  const { t } = useText();
  const page = useAsk('patient', { patient: person.patient }).data;
  return (
    <PatientBanner
      person={page ?? person}
      allergies={page?.allergies}
      alerts={page?.alerts.map((alert) => alert.text)}
      actions={
        correct === undefined ? undefined : (
          <ActionButton size="xs" keys="Alt+C" onClick={correct}>
            {t('registration.correct')}
          </ActionButton>
        )
      }
    />
  );
}

function Waiting({ startUnknown, startNew }: { readonly startUnknown: () => void; readonly startNew: () => void }): ReactElement {
  const { t } = useText();
  return (
    <Panel title={t('registration.next')}>
      <p className="n-muted">{t('registration.how')}</p>
      <div className="n-row" style={{ marginTop: 8 }}>
        <ActionButton keys="Alt+N" onClick={startNew}>
          {t('registration.new')}
        </ActionButton>
        <ActionButton keys="Alt+U" onClick={startUnknown}>
          {t('registration.unknown')}
        </ActionButton>
      </div>
    </Panel>
  );
}
