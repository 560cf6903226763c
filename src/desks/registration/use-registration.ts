// The state of the registration desk and what can be done with it: begin, save, correct, take back. It draws nothing.
import type { Rejection } from '#kernel/shared/rejection.ts';
import { newKey, useClient, useDo } from '#desk/app/desk-context.tsx';
import { readSetting, useDraft, writeSetting } from '#desk/app/drafts.ts';
import { takePaper } from '#desk/app/open-scan.ts';
import { printPaper } from '#desk/app/paper.ts';
import { usePaperLanguages } from '#desk/app/paper-language.tsx';
import type { PatientPage, PersonShape } from '#desk/app/shapes.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { notifications } from '@mantine/notifications';
import { useCallback, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { carry } from './carry.ts';
import {
  type Considered,
  type Defaults,
  elsewhereForm,
  emptyForm,
  type Form,
  formOf,
  problemsOf,
  type Problems,
  sameFamily,
} from './form.ts';
import { type Saved, saveCorrection, saveNew, saveVisit } from './save.ts';

export type Work =
  | { readonly mode: 'find' }
  | { readonly mode: 'new'; readonly key: string }
  | { readonly mode: 'visit'; readonly key: string; readonly person: PersonShape }
  | { readonly mode: 'correct'; readonly key: string; readonly person: PersonShape; readonly before: Form; readonly reason: string };

/** Whose paper language is chosen: a patient who has no record yet is nobody's namesake. */
export const NEW_PATIENT = 'new';

const NO_DEFAULTS: Defaults = { department: '', district: '', village: '' };

export function useRegistration() {
  const { t } = useText();
  const { command, call } = useDo();
  const client = useClient();
  const paperLanguages = usePaperLanguages();
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
  const focusNow = useCallback((name: string) => {
    formElement.current?.querySelector<HTMLElement>(`[name='${name}'], [data-field='${name}']`)?.focus();
  }, []);
  const focusField = useCallback((name: string) => requestAnimationFrame(() => focusNow(name)), [focusNow]);
  useEffect(() => {
    if (work.mode !== 'find') return undefined;
    // Whoever is quicker than a frame has the focus already where they want it.
    const frame = focusBox();
    return () => cancelAnimationFrame(frame);
  }, [work.mode, focusBox]);

  const forget = (): void => {
    paperLanguages.choose(NEW_PATIENT, 'both');
    setConsidered([]);
    setProblems({});
    setRejection(undefined);
    setSearch('');
  };
  const begin = (next: Work, start: Form, focus: string): void => {
    // Drawn and focused before the next key is heard: a frame may come before the form is there, and then nothing would have the focus.
    flushSync(() => {
      setWork(next);
      setForm(start);
      forget();
    });
    focusNow(focus);
  };
  const clear = (): void => {
    setWork({ mode: 'find' });
    setForm(emptyForm(defaults));
    forget();
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
  /**
   * Whoever was picked. A record that is elsewhere is fetched when a hub answers; otherwise the card is accepted as told, with
   * what the name index knows filled in, and never a second number.
   */
  const pickPatient = async (person: PersonShape, keep?: Form): Promise<void> => {
    const { uhid } = person;
    if (!person.elsewhere || uhid === null) return startVisit(person, keep);
    const answer = await client.query<PatientPage>('patient', { patient: person.patient });
    if (answer.ok && answer.result.recordHere) return startVisit(answer.result, keep);
    begin({ mode: 'new', key: newKey() }, elsewhereForm(person, uhid, defaults, keep), 'department');
  };
  const startCorrect = (person: PersonShape): void => {
    const before = formOf(person, defaults);
    begin({ mode: 'correct', key: newKey(), person, before, reason: '' }, before, 'name');
  };
  const correctSaved = async (): Promise<void> => {
    if (saved === null) return;
    const answer = await client.query<PersonShape>('patient', { patient: saved.saved.patient });
    if (answer.ok) startCorrect(answer.result);
    else setRejection(answer.rejection);
  };

  const finish = (one: Saved, print: boolean): void => {
    const language = paperLanguages.of(paperOf(work));
    paperLanguages.choose(one.patient, language);
    setSaved({ saved: one, form });
    // The village of the last patient is no likely answer for the next; the family of the last one has a key of its own.
    const next = { department: form.department, district: form.district, village: '' };
    if (form.department !== '' || form.district !== '') {
      setDefaults(next);
      writeSetting('registration-defaults', next);
    }
    setWork({ mode: 'find' });
    setForm(emptyForm(next));
    forget();
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
  const printAgain = (): void => {
    if (saved !== null)
      void printPaper(call, { paper: 'slip', patient: saved.saved.patient, language: paperLanguages.of(saved.saved.patient) });
  };
  const change = (fields: Partial<Form>): void => setForm((old) => ({ ...old, ...fields }));
  const consider = (one: Considered): void => setConsidered((old) => [...old.filter((other) => other.patient !== one.patient), one]);
  const say = (reason: string): void => {
    if (work.mode === 'correct') setWork({ ...work, reason });
  };
  return {
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
    setRejection,
    focusBox,
    change,
    consider,
    say,
    onPaper,
    startNew,
    startUnknown,
    startFamily,
    pickPatient,
    startCorrect,
    correctSaved,
    clear,
    save,
    cancelOrder,
    printAgain,
  };
}

/** Whose paper the choice of language in the form is about. */
export function paperOf(work: Work): string {
  return work.mode === 'visit' ? work.person.patient : NEW_PATIENT;
}

export type Registration = ReturnType<typeof useRegistration>;

/** For a known patient only what is asked now can be wrong. */
function pick(problems: Problems): Problems {
  return Object.fromEntries(Object.entries(problems).filter(([field]) => ['department', 'substance'].includes(field)));
}
