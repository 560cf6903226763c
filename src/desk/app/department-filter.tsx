// Work of one department or of all: a choice that stays on this PC, for each desk by itself.
import { useText } from '#desk/i18n/i18n.ts';
import { PickField } from '#desk/ui/pick-field.tsx';
import { type ReactElement, useState } from 'react';
import { useAsk } from './desk-context.tsx';
import { readSetting, writeSetting } from './drafts.ts';
import { nameIn } from './person.tsx';

/** @param setting under which name this PC keeps it @returns the department, empty for all */
export function useDepartment(setting: string): readonly [string, (department: string) => void] {
  const [department, setDepartment] = useState(() => readSetting(setting, ''));
  const choose = (next: string): void => {
    setDepartment(next);
    writeSetting(setting, next);
  };
  return [department, choose];
}

export function DepartmentFilter({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (department: string) => void;
}): ReactElement {
  const { t, language } = useText();
  const departments = useAsk('departments', {}).data?.departments ?? [];
  return (
    <div style={{ width: '11rem' }}>
      <PickField
        label={t('common.department')}
        value={value}
        onChange={onChange}
        nothing={t('common.nothingFound')}
        placeholder={t('common.allDepartments')}
        options={departments.map((one) => ({
          value: one.department,
          code: one.department,
          label: nameIn(language, one),
          also: one.name,
        }))}
      />
    </div>
  );
}
