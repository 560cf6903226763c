// What can be done with one test besides the next step: repeat, cancel, amend, reject the tube. Each asks why.
import { useDo } from '#desk/app/desk-context.tsx';
import { ReasonDialog } from '#desk/app/reason-dialog.tsx';
import { rejectionOptions } from '#desk/app/rejection-reasons.ts';
import type { LabRow } from '#desk/app/shapes.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { NumberText } from '#desk/ui/parts.tsx';
import { Menu } from '@mantine/core';
import { type ReactElement, useState } from 'react';

type Asking = 'repeat' | 'cancel' | 'reject';

export function RowActions({ row }: { readonly row: LabRow }): ReactElement {
  const { t } = useText();
  const { command } = useDo();
  const [asking, setAsking] = useState<Asking>();
  const { accession } = row.specimen;
  const entered = row.result?.current !== null && row.result !== null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <button type="button" className="n-quiet" aria-label={t('lab.moreFor', { what: `${accession} ${row.test ?? ''}` })}>
            ⋯
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {entered && row.test !== null ? <Menu.Item onClick={() => setAsking('repeat')}>{t('lab.repeat')}</Menu.Item> : null}
          {entered || row.test === null ? null : <Menu.Item onClick={() => setAsking('cancel')}>{t('lab.cancelTest')}</Menu.Item>}
          <Menu.Item onClick={() => setAsking('reject')}>{t('lab.rejectTube')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking === undefined ? null : (
        <ReasonDialog
          title={t(({ repeat: 'lab.repeat', cancel: 'lab.cancelTest', reject: 'lab.rejectTube' } as const)[asking])}
          about={
            <>
              <NumberText number={accession} /> {row.testName}
            </>
          }
          submit={t('common.save')}
          close={() => setAsking(undefined)}
          {...(asking === 'reject' ? { options: rejectionOptions(t), danger: true } : {})}
          done={async (reason, note) => {
            const done =
              asking === 'reject'
                ? await command('rejectSpecimen', { accession, reason, ...(note === '' ? {} : { note }) })
                : await command(asking === 'repeat' ? 'repeatTest' : 'cancelTest', { accession, test: row.test, reason });
            return done.ok ? undefined : done.rejection;
          }}
        />
      )}
    </>
  );
}
