// The registration desk: one box, then the form, then the slip, and the box again. Everything here works with no hub.
import type { Rejection } from '#kernel/shared/rejection.ts';
import { parseNumber } from '#kernel/shared/numbers.ts';
import { useActions } from '#desk/app/actions-context.tsx';
import { newKey, useAsk, useDo } from '#desk/app/desk-context.tsx';
import { readSetting, useDraft, writeSetting } from '#desk/app/drafts.ts';
import { takePaper } from '#desk/app/open-scan.ts';
import { printPaper } from '#desk/app/paper.ts';
import { PatientFinder, type FinderChoice } from '#desk/app/patient-finder.tsx';
import { PatientBanner } from '#desk/app/person.tsx';
import { Refused } from '#desk/app/refused.tsx';
import type { PersonShape } from '#desk/app/shapes.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { ActionButton, TextField } from '#desk/ui/fields.tsx';
import { Key, Note, NumberText, Panel } from '#desk/ui/parts.tsx';
import { useScan } from '#desk/ui/use-scan.ts';
import { notifications } from '@mantine/notifications';
import { type ReactElement, useCallback, useEffect, useRef, useState } from 'react';
import { carry } from './carry.ts';
import { Duplicates } from './duplicates.tsx';
import { type Considered, type Defaults, emptyForm, type Form, formOf, problemsOf, type Problems, sameFamily } from './form.ts';
import { PatientFields } from './patient-form.tsx';
import { type Saved, saveCorrection, saveNew, saveVisit } from './save.ts';
import { SavedCard } from './saved-card.tsx';
import { VisitFields } from './visit-fields.tsx';

type Work =
  | { readonly mode: 'find' }
  | { readonly mode: 'new'; readonly key: string }
  | { readonly mode: 'visit'; readonly key: string; readonly person: PersonShape }
  | { readonly mode: 'correct'; readonly key: string; readonly person: PersonShape; readonly before: Form; readonly reason: string };

const NO_DEFAULTS: Defaults = { department: '', district: '', village: '' };

export default function Registration(): ReactElement {
  const { t, language } = useText();
  const { command, call } = useDo();
  const box = useRef<HTMLInputElement>(null);
  const formElement = useRef<HTMLFormElement>(null);
  const [defaults, setDefaults] = useState(() => readSetting('registration-defaults', NO_DEFAULTS));
  const [search, setSearch] = useDraft('registration/search', '');
  const [work, setWork] = useDraft<Work>('registration/work', { mode: 'find' });
  const [form, setForm] = useDraft<Form>('registration/form', emptyForm(defaults));
  const [considered, setConsidered] = useDraft<readonly Considered[]>('registration/considered', []);
  const [saved, setSaved] = useDraft<{ readonly saved: Saved; readonly form: Form } | null>('registration/saved', null);
  const [problems, setProblems] = useState<Problems>({});
  const [rejection, setRejection] = useState<Rejection>();
  const [saving, setSaving] = useState(false);

  const focusBox = useCallback(() => requestAnimationFrame(() => box.current?.focus()), []);
  const focusField = useCallback(
    (name: string) =>
      requestAnimationFrame(() => {
        const field = formElement.current?.querySelector<HTMLElement>(`[name='${name}'], [data-field='${name}']`);
        field?.focus();
      }),
    [],
  );
  useEffect(() => {
    if (work.mode !== 'find') return undefined;
    // Whoever is quicker than a frame has the focus already where they want it.
    const frame = focusBox();
    return () => cancelAnimationFrame(frame);
  }, [work.mode, focusBox]);

  const begin = (next: Work, start: Form, focus: string): void => {
    setWork(next);
    setForm(start);
    setConsidered([]);
    setProblems({});
    setRejection(undefined);
    setSearch('');
    focusField(focus);
  };
  const clear = (): void => {
    setWork({ mode: 'find' });
    setForm(emptyForm(defaults));
    setConsidered([]);
    setProblems({});
    setRejection(undefined);
    setSearch('');
    focusBox();
  };
  const startNew = (typed: string): void => {
    const carried = carry(typed);
    begin(
      { mode: 'new', key: newKey() },
      emptyForm(defaults, carried),
      carried.name !== undefined || carried.nameHi !== undefined ? 'age' : 'name',
    );
  };
  const startUnknown = (): void =>
    begin({ mode: 'new', key: newKey() }, { ...emptyForm({ ...defaults, village: '' }), unknown: true }, 'sex');
  const startFamily = (): void => {
    if (saved !== null) begin({ mode: 'new', key: newKey() }, sameFamily(saved.form, defaults), 'name');
  };
  const startVisit = (person: PersonShape, keep?: Form): void =>
    begin(
      { mode: 'visit', key: newKey(), person },
      { ...emptyForm(defaults), ...(keep === undefined ? {} : { department: keep.department, tests: keep.tests, urgent: keep.urgent }) },
      'department',
    );
  const startCorrect = (person: PersonShape): void => {
    const before = formOf(person, defaults);
    begin({ mode: 'correct', key: newKey(), person, before, reason: '' }, before, 'name');
  };
  const correctSaved = async (): Promise<void> => {
    if (saved === null) return;
    setWork({ mode: 'find' });
    setSearch(saved.saved.uhid ?? saved.saved.name);
    focusBox();
  };

  const finish = (one: Saved, print: boolean): void => {
    setSaved({ saved: one, form });
    const next = { department: form.department, district: form.district, village: form.village };
    if (form.department !== '' || form.district !== '') {
      setDefaults(next);
      writeSetting('registration-defaults', next);
    }
    setWork({ mode: 'find' });
    setForm(emptyForm(next));
    setConsidered([]);
    setProblems({});
    setSearch('');
    focusBox();
    if (print)
      void printPaper(call, {
        paper: 'slip',
        patient: one.patient,
        ...(one.order === undefined ? {} : { order: one.order }),
        language,
      }).finally(() => {
        // The next patient may have been begun while the slip was made.
        if (document.activeElement === null || document.activeElement === document.body) focusBox();
      });
  };
  const save = async (): Promise<void> => {
    if (work.mode === 'find' || saving) return;
    const found: Problems = work.mode === 'visit' ? pick(problemsOf({ ...form, name: '-', age: '1', sex: 'other' })) : problemsOf(form);
    setProblems(found);
    const first = Object.keys(found)[0];
    if (first !== undefined) return void focusField(first);
    setSaving(true);
    setRejection(undefined);
    try {
      if (work.mode === 'correct') {
        const refused = await saveCorrection(work.before, form, work.person.patient, work.reason, work.key, command);
        if (refused !== undefined) return setRejection(refused);
        notifications.show({ color: 'green', title: t('registration.corrected'), message: work.person.uhid ?? '' });
        return clear();
      }
      const answer =
        work.mode === 'new'
          ? await saveNew(form, considered, work.key, command)
          : await saveVisit(
              form,
              { patient: work.person.patient, uhid: work.person.uhid ?? undefined, name: work.person.name },
              work.key,
              command,
            );
      if (answer.ok) finish(answer.saved, true);
      else {
        setRejection(answer.rejection);
        if (answer.rejection.field !== undefined) focusField(answer.rejection.field.split('.')[0] ?? 'name');
      }
    } finally {
      setSaving(false);
    }
  };
  const cancelOrder = async (): Promise<void> => {
    if (saved?.saved.order === undefined) return;
    const done = await command('cancelOrder', { order: saved.saved.order, reason: t('registration.undoReason') });
    if (done.ok) {
      setSaved({ ...saved, saved: { ...saved.saved, order: undefined } });
      notifications.show({ title: t('common.undone'), message: t('registration.orderUndone') });
    } else setRejection(done.rejection);
  };
  const onPaper = (text: string): void => {
    setSearch('');
    void takePaper(text, call);
  };

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
      run: () => {
        if (saved !== null) void printPaper(call, { paper: 'slip', patient: saved.saved.patient, language });
      },
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
  const change = (fields: Partial<Form>): void => setForm((old) => ({ ...old, ...fields }));
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
        onPick={(row) => startVisit(row)}
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
                    <TextField
                      label={t('common.reason')}
                      name="reason"
                      value={work.reason}
                      onChange={(reason) => setWork({ ...work, reason })}
                    />
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
                  </div>
                </div>
              </Panel>
            </form>
          )}
        </div>
        <aside className="n-stack" aria-label={t('registration.beside')}>
          {work.mode === 'new' ? (
            <Duplicates
              form={form}
              considered={considered}
              onSame={(person) => startVisit(person, form)}
              onConsider={(one) => setConsidered((old) => [...old.filter((other) => other.patient !== one.patient), one])}
            />
          ) : null}
          {saved === null ? null : (
            <SavedCard
              saved={saved.saved}
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

/** For a known patient only what is asked now can be wrong. */
function pick(problems: Problems): Problems {
  return Object.fromEntries(Object.entries(problems).filter(([field]) => ['department', 'substance'].includes(field)));
}

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
