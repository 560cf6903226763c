// Department, tests and allergies of this attendance: the same under a new patient and under a known one.
import { nameIn } from '#desk/app/person.tsx';
import { useAsk } from '#desk/app/desk-context.tsx';
import { readSetting, writeSetting } from '#desk/app/drafts.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { TextField } from '#desk/ui/fields.tsx';
import { LetterField } from '#desk/ui/letter-field.tsx';
import { PickField, PickMany } from '#desk/ui/pick-field.tsx';
import { Swatch } from '#desk/ui/parts.tsx';
import { Checkbox } from '@mantine/core';
import { type ReactElement, useMemo, useState } from 'react';
import type { Field, Form, Problems } from './form.ts';
import { cssColour } from '#desk/ui/tube-colour.ts';

/** What a counter orders most, until the user keeps sets of their own. Only codes of the catalogue are offered. */
const FIRST_SETS: readonly TestSet[] = [
  { name: 'CBC', tests: ['HGB', 'WBC', 'PLT', 'RBC', 'HCT', 'MCV', 'NEUT', 'LYMPH', 'EOS'] },
  { name: 'LFT', tests: ['TBIL', 'DBIL', 'AST', 'ALT', 'ALP', 'TP', 'ALB'] },
  { name: 'KFT', tests: ['UREA', 'CREA', 'NA', 'K', 'CL'] },
  { name: 'FEVER', tests: ['HGB', 'WBC', 'PLT', 'CRP', 'ALT'] },
];
/** Where a patient can attend. */
const VISITED: ReadonlySet<string> = new Set(['outpatient', 'emergency', 'ward']);

export interface TestSet {
  readonly name: string;
  readonly tests: readonly string[];
}

export function VisitFields({
  form,
  problems,
  change,
  askAllergies,
}: {
  readonly form: Form;
  readonly problems: Problems;
  readonly change: (fields: Partial<Form>) => void;
  readonly askAllergies: boolean;
}): ReactElement {
  const { t, language } = useText();
  const departments = (useAsk('departments', {}).data?.departments ?? []).filter((one) => !one.retired && VISITED.has(one.kind));
  const catalogue = useAsk('catalogue', {}).data;
  const [sets, setSets] = useState(() => readSetting<readonly TestSet[]>('test-sets', FIRST_SETS));
  const error = (field: Field): string | undefined => (problems[field] === undefined ? undefined : t(problems[field]));
  const tests = useMemo(() => (catalogue?.tests ?? []).filter((test) => !test.retired && !test.calculated), [catalogue]);
  const containers = useMemo(
    () => new Map((catalogue?.containers ?? []).map((container) => [container.container, container])),
    [catalogue],
  );
  const known = new Set(tests.map((test) => test.test));
  const offered = sets.map((set) => ({ ...set, tests: set.tests.filter((code) => known.has(code)) })).filter((set) => set.tests.length > 0);
  const options = useMemo(
    () =>
      tests.map((test) => {
        const tube = containers.get(test.containers[0] ?? '');
        return {
          value: test.test,
          code: test.test,
          label: nameIn(language, test),
          also: `${test.name} ${test.nameHi}`,
          extra:
            tube === undefined ? null : (
              <span className="n-muted n-small">
                <Swatch colour={cssColour(tube.colour)} /> {nameIn(language, tube)}
              </span>
            ),
        };
      }),
    [tests, containers, language],
  );
  const tubes = [
    ...new Set(
      form.tests.map((code) => tests.find((test) => test.test === code)?.containers[0]).filter((container) => container !== undefined),
    ),
  ];
  const toggleSet = (set: TestSet): void => {
    const all = set.tests.every((code) => form.tests.includes(code));
    change({ tests: all ? form.tests.filter((code) => !set.tests.includes(code)) : [...new Set([...form.tests, ...set.tests])] });
  };
  const keepSet = (): void => {
    const name = form.tests.slice(0, 3).join('+');
    const next = [...sets.filter((set) => set.name !== name), { name, tests: form.tests }];
    setSets(next);
    writeSetting('test-sets', next);
  };
  return (
    <div className="n-fields">
      <div className="n-c4">
        <PickField
          label={t('common.department')}
          name="department"
          value={form.department}
          onChange={(department) => change({ department })}
          options={departments.map((one) => ({
            value: one.department,
            code: one.department,
            label: nameIn(language, one),
            also: `${one.name} ${one.nameHi}`,
          }))}
          nothing={t('common.nothingFound')}
          hint={t('registration.firstLetters')}
          error={error('department')}
        />
      </div>
      <div className="n-c8">
        <PickMany
          label={t('common.tests')}
          name="tests"
          values={form.tests}
          onChange={(next) => change({ tests: next })}
          options={options}
          nothing={t('common.nothingFound')}
          hint={t('registration.testsHint')}
          remove={(code) => t('common.removeThing', { what: code })}
          chips={(code) => (
            <>
              <strong>{code}</strong>{' '}
              <span>{nameIn(language, tests.find((test) => test.test === code) ?? { name: '', nameHi: null })}</span>
            </>
          )}
        />
      </div>
      <div className="n-c12 n-row" role="group" aria-label={t('registration.sets')}>
        {offered.map((set) => (
          <button
            key={set.name}
            type="button"
            className="n-set"
            aria-pressed={set.tests.every((code) => form.tests.includes(code))}
            onClick={() => toggleSet(set)}
            title={set.tests.join(', ')}
          >
            {set.name} <span className="n-muted">{set.tests.length}</span>
          </button>
        ))}
        {form.tests.length > 1 ? (
          <button type="button" className="n-quiet" onClick={keepSet}>
            {t('registration.keepSet')}
          </button>
        ) : null}
        <span className="n-spring" />
        {form.tests.length === 0 ? null : (
          <>
            <span className="n-row" aria-label={t('registration.tubesNeeded')}>
              {tubes.map((code) => {
                const tube = containers.get(code);
                return (
                  <span key={code} className="n-small n-nowrap">
                    <Swatch colour={cssColour(tube?.colour ?? null)} /> {tube === undefined ? code : nameIn(language, tube)}
                  </span>
                );
              })}
            </span>
            <Checkbox
              label={t('common.urgent')}
              checked={form.urgent}
              onChange={(event) => change({ urgent: event.currentTarget.checked })}
            />
          </>
        )}
      </div>
      {askAllergies ? (
        <>
          <div className="n-c6">
            <LetterField
              label={t('registration.allergies')}
              name="allergy"
              value={form.allergy}
              onChange={(allergy) => change({ allergy: allergy as Form['allergy'] })}
              options={[
                // the three values below
                { value: 'not-asked', label: t('registration.allergyNotAsked'), letters: ['a', 'न'] },
                { value: 'none-known', label: t('registration.allergyNone'), letters: ['n', 'क'] },
                { value: 'known', label: t('registration.allergyKnown'), letters: ['y', 'ह'] },
              ]}
            />
          </div>
          {form.allergy === 'known' ? (
            <div className="n-c6">
              <TextField
                label={t('registration.substance')}
                name="substance"
                value={form.substance}
                onChange={(substance) => change({ substance })}
                error={error('substance')}
                required
              />
            </div>
          ) : null}
        </>
      ) : null}
    </div>
  );
}
