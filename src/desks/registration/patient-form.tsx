// The form of one patient. It draws and tells; what is kept, checked and sent stands in form.ts and save.ts.
import { parseAgeText } from '#desk/app/age-text.ts';
import { relationText } from '#desk/app/person.tsx';
import { useText } from '#desk/i18n/i18n.ts';
import { TextField } from '#desk/ui/fields.tsx';
import { sexOptions } from '#desk/app/sex-options.ts';
import { LetterField } from '#desk/ui/letter-field.tsx';
import type { ReactElement } from 'react';
import type { Field, Form, Problems } from './form.ts';
import { parseRelation } from './carry.ts';

export interface FormProps {
  readonly form: Form;
  readonly problems: Problems;
  readonly change: (fields: Partial<Form>) => void;
}

export function PatientFields({ form, problems, change }: FormProps): ReactElement {
  const { t } = useText();
  const error = (field: Field): string | undefined => (problems[field] === undefined ? undefined : t(problems[field]));
  return (
    <div className="n-fields">
      <div className="n-c6">
        <TextField
          label={t('registration.name')}
          name="name"
          value={form.name}
          onChange={(name) => change({ name })}
          error={error('name')}
          required={!form.unknown}
          hint={form.unknown ? t('registration.nameUnknownHint') : undefined}
          maxLength={120}
        />
      </div>
      <div className="n-c6">
        <TextField
          label={t('registration.nameHi')}
          name="nameHi"
          lang="hi"
          value={form.nameHi}
          onChange={(nameHi) => change({ nameHi })}
          maxLength={120}
        />
      </div>
      <div className="n-c3">
        <TextField
          label={t('registration.age')}
          name="age"
          value={form.age}
          onChange={(age) => change({ age })}
          error={error('age')}
          required
          hint={<AgeHint typed={form.age} />}
        />
      </div>
      <div className="n-c5">
        <SexField value={form.sex} onChange={(sex) => change({ sex })} error={error('sex')} />
      </div>
      <div className="n-c4">
        <TextField
          label={t('registration.relation')}
          name="relation"
          value={form.relation}
          onChange={(relation) => change({ relation })}
          hint={<RelationHint typed={form.relation} />}
        />
      </div>
      <div className="n-c4">
        <TextField
          label={t('registration.phone')}
          name="phone"
          inputMode="tel"
          value={form.phone}
          onChange={(phone) => change({ phone })}
          error={error('phone')}
        />
      </div>
      <div className="n-c4">
        <TextField label={t('registration.village')} name="village" value={form.village} onChange={(village) => change({ village })} />
      </div>
      <div className="n-c4">
        <TextField label={t('registration.district')} name="district" value={form.district} onChange={(district) => change({ district })} />
      </div>
      {form.unknown ? (
        <div className="n-c12">
          <TextField
            label={t('registration.marks')}
            name="marks"
            value={form.marks}
            onChange={(marks) => change({ marks })}
            hint={t('registration.marksHint')}
          />
        </div>
      ) : null}
    </div>
  );
}

export function SexField({
  value,
  onChange,
  error,
}: {
  readonly value: string;
  readonly onChange: (sex: string) => void;
  readonly error?: string | undefined;
}): ReactElement {
  const words = useText();
  return (
    <LetterField
      label={words.t('common.sex')}
      name="sex"
      required
      value={value}
      onChange={onChange}
      error={error}
      options={sexOptions(words)}
    />
  );
}

/** What the typed age was understood as, before anybody saves it. */
function AgeHint({ typed }: { readonly typed: string }): ReactElement {
  const { t } = useText();
  const read = parseAgeText(typed);
  if (read.kind === 'birth') return <>{t('registration.bornOn', { date: read.date.split('-').toReversed().join('-') })}</>;
  if (read.kind !== 'age') return <>{t('registration.ageHint')}</>;
  const { years, months, days } = read.age;
  return (
    <>
      {[
        years === undefined ? '' : t('common.ageYears', { count: years }),
        months === undefined ? '' : t('common.ageMonths', { count: months }),
        days === undefined ? '' : t('common.ageDays', { count: days }),
      ]
        .filter((part) => part !== '')
        .join(' ')}
    </>
  );
}

function RelationHint({ typed }: { readonly typed: string }): ReactElement {
  const { t } = useText();
  const relation = parseRelation(typed);
  return <>{relation === undefined ? t('registration.relationHint') : relationText(relation, t)}</>;
}
