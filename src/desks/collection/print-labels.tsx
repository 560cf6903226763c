// Labels of tubes: recorded first, then printed, so that no label is in the world that nobody counted. A second one says why.
import type { Rejection } from '#kernel/shared/rejection.ts';
import { useDo } from '#desk/app/desk-context.tsx';
import { printPaper, saveZpl } from '#desk/app/paper.ts';
import { ReasonDialog } from '#desk/app/reason-dialog.tsx';
import type { SpecimenRow } from '#desk/app/shapes.ts';
import { TubeName, TubeNumber } from '#desk/app/tube.tsx';
import { useText } from '#desk/i18n/i18n.ts';
import { Tag } from '#desk/ui/parts.tsx';
import type { ReactElement } from 'react';

/** By the browser's printer, or as a file for a label printer. */
export type Way = 'browser' | 'file';

export function usePrintLabels(): (tubes: readonly SpecimenRow[], way: Way, reason?: string) => Promise<Rejection | undefined> {
  const { command, call } = useDo();
  const { language } = useText();
  return async (tubes, way, reason) => {
    const specimens: string[] = [];
    let refused: Rejection | undefined;
    for (const { accession } of tubes) {
      const done = await command('labelSpecimen', { accession, ...(reason === undefined ? {} : { reason }) });
      if (done.ok) specimens.push(accession);
      else refused ??= done.rejection;
    }
    // What was recorded is printed, whatever became of the others.
    if (specimens.length > 0) await (way === 'file' ? saveZpl : printPaper)(call, { paper: 'label', specimens, language });
    return refused;
  };
}

export function ReprintDialog({
  tubes,
  way,
  close,
}: {
  readonly tubes: readonly SpecimenRow[];
  readonly way: Way;
  readonly close: () => void;
}): ReactElement {
  const { t } = useText();
  const print = usePrintLabels();
  return (
    <ReasonDialog
      title={t('collection.reprint')}
      about={
        <>
          {tubes.map((tube) => (
            <p key={tube.specimen}>
              <TubeName tube={tube} /> <TubeNumber accession={tube.accession} />{' '}
              <Tag>{t('collection.willBeCopy', { copy: tube.labels + 1 })}</Tag>
            </p>
          ))}
          <p className="n-small">{t('collection.destroySpoilt')}</p>
        </>
      }
      submit={t('collection.reprint')}
      close={close}
      done={(reason) => print(tubes, way, reason)}
    />
  );
}

/** Nothing for the first label; from the second on everybody who sees the tube knows that there may be another. */
export function LabelCopy({ tube }: { readonly tube: SpecimenRow }): ReactElement | null {
  const { t } = useText();
  return tube.labels < 2 ? null : (
    <Tag tone="warn" icon="danger">
      {t('collection.labelCopy', { copy: tube.labels })}
    </Tag>
  );
}
