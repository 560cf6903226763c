// Says when the name list of all patients is not here yet: "not found" is then no proof that somebody is new.
import { useStatus } from '#desk/app/desk-context.tsx';
import { useText } from '#desk/i18n/i18n.ts';
import { Note } from '#desk/ui/parts.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useEffect } from 'react';

export function NamesNote(): ReactElement | null {
  const { t } = useText();
  const queries = useQueryClient();
  const names = useStatus()?.names;
  const version = names?.version;
  // What was asked before the list came was answered without it.
  useEffect(() => {
    if (version === undefined || version === '') return;
    for (const name of ['patients', 'duplicates']) void queries.invalidateQueries({ queryKey: ['ask', name] });
  }, [queries, version]);
  if (names === undefined || names.rows > 0) return null;
  return (
    <Note tone="warn" live>
      {names.loadingPercent === undefined
        ? t('registration.namesMissing')
        : t('registration.namesLoading', { percent: Math.round(names.loadingPercent) })}
    </Note>
  );
}
