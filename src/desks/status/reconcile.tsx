// What two cut-off desks decided differently: both facts side by side, settled by a person with a reason. Neither is thrown away.
import { CHECK_NAMES } from '#kernel/checks.ts';
import type { Rejection } from '#kernel/shared/rejection.ts';
import { parseStreamId } from '#kernel/shared/ids.ts';
import { formatNumber, parseNumber } from '#kernel/shared/numbers.ts';
import { useAsk, useDo, useNow } from '#desk/app/desk-context.tsx';
import { useDraft } from '#desk/app/drafts.ts';
import { PersonLine, PersonName, sexText } from '#desk/app/person.tsx';
import { Refused } from '#desk/app/refused.tsx';
import { sentence } from '#desk/app/rejections.ts';
import type { ReconcileRow, Sex } from '#desk/app/shapes.ts';
import { useDeskSearch } from '#desk/app/use-desk-search.ts';
import { formatWhen } from '#desk/i18n/format.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { EN, type TextKey } from '#desk/i18n/keys.ts';
import { ActionButton, LongField } from '#desk/ui/fields.tsx';
import { Note, NumberText, Panel, Tag } from '#desk/ui/parts.tsx';
import { type ReactElement, useState } from 'react';

/** Ids of streams and scores are for machines; the person and the numbers beside them say the same in words. */
function isForEyes([name, value]: readonly [string, string | number]): boolean {
  return value !== '' && name !== 'score' && parseStreamId(value) === undefined;
}

const WHY: Readonly<Record<string, TextKey>> = {
  phone: 'registration.whyPhone',
  'first-name': 'registration.whyFirstName',
  'other-names': 'registration.whyOtherNames',
  'names-swapped': 'registration.whySwapped',
  birth: 'registration.whyBirth',
  relation: 'registration.whyRelation',
  village: 'registration.whyVillage',
  district: 'registration.whyDistrict',
  number: 'registration.whyNumber',
};

export function Reconcile(): ReactElement {
  const { t } = useText();
  const [search] = useDeskSearch();
  const patient = parseStreamId(search['patient']);
  const list = useAsk('reconcile', patient === undefined ? { limit: 200 } : { patient, limit: 200 });
  const rows = list.data?.rows ?? [];
  if (list.isSuccess && rows.length === 0) return <Note tone="ok" title={t('status.nothingToSettle')} />;
  return (
    <div className="n-stack">
      <p className="n-muted">{t('status.settleHow')}</p>
      {rows.map((row) => (
        <Item key={row.key} row={row} />
      ))}
      {list.data?.more === true ? <p className="n-hint">{t('common.moreShown')}</p> : null}
    </div>
  );
}

function Item({ row }: { readonly row: ReconcileRow }): ReactElement {
  const { t, language } = useText();
  const { command } = useDo();
  const now = useNow();
  const [reason, setReason] = useDraft(`status/reason-${row.key}`, '');
  const [tried, setTried] = useState(false);
  const [rejection, setRejection] = useState<Rejection>();
  const word = (kind: 'what' | 'outcome' | 'field' | 'likeness', code: string): string => {
    const key = `status.${kind}.${code}`;
    return key in EN ? t(key as TextKey) : code;
  }; // the check before looked
  const valueWord = (name: string, value: string | number): string => {
    const text = String(value);
    if (name === 'outcome') return word('likeness', text);
    if (name === 'reasons')
      return text
        .split(', ')
        .map((why) => (WHY[why] === undefined ? why : t(WHY[why])))
        .join(', ');
    if (name === 'sex') return sexText(text as Sex, t); // the event holds one of the four
    if (name === 'reason' && `common.rejection.${text}` in EN) return t(`common.rejection.${text}` as TextKey); // looked before
    return parseNumber(text).ok ? formatNumber(text) : text;
  };
  const settle = async (outcome: string, keep?: string): Promise<void> => {
    setTried(true);
    if (reason.trim() === '') return;
    const stream = row.streams[0];
    const check = CHECK_NAMES.find((name) => name === row.code || `check-${name}` === row.code) ?? row.code;
    const done =
      row.kind === 'issue'
        ? await command('settleIssue', { stream, issue: row.key, outcome, reason: reason.trim(), ...(keep === undefined ? {} : { keep }) })
        : await command('settleCheck', { check, subjects: row.streams, outcome, reason: reason.trim() });
    setRejection(done.ok ? undefined : done.rejection);
  };
  // Of two values of one result, the one that stands is named by its event.
  const choosable =
    row.kind === 'issue' &&
    row.streams[0]?.startsWith('result/') === true &&
    row.facts.filter((fact) => fact.ref !== null && 'value' in fact.values).length > 1;
  return (
    <Panel
      label={sentence({ code: row.code, facts: row.detail }, language, t)}
      title={sentence({ code: row.code, facts: row.detail }, language, t)}
      actions={
        <>
          {row.since === null ? null : <Tag icon="waiting">{formatWhen(row.since, now, language)}</Tag>}
          <Tag>{t(row.kind === 'issue' ? 'status.issue' : 'status.check')}</Tag>
        </>
      }
    >
      <div className="n-stack">
        <div className="n-facts">
          {row.facts.map((fact, index) => (
            <section key={`${fact.stream} ${fact.ref ?? index}`} className="n-fact" aria-label={t('status.fact', { number: index + 1 })}>
              <h3>{word('what', fact.what)}</h3>
              {fact.patient === null ? null : (
                <div>
                  {fact.patient.uhid === null ? null : <NumberText number={fact.patient.uhid} />} <PersonName person={fact.patient} />
                  <div className="n-small">
                    <PersonLine person={fact.patient} />
                  </div>
                </div>
              )}
              <dl className="n-details">
                {Object.entries(fact.values)
                  .filter(isForEyes)
                  .map(([name, value]) => (
                    <div key={name} style={{ display: 'contents' }}>
                      <dt>{word('field', name)}</dt>
                      <dd className="n-strong">{valueWord(name, value)}</dd>
                    </div>
                  ))}
              </dl>
              {fact.act === null ? null : (
                <p className="n-small n-muted">
                  {t('status.saidBy', {
                    who: fact.act.userName ?? t('status.notKnown'),
                    where: fact.act.deviceName ?? t('status.notKnown'),
                    when: formatWhen(fact.act.at, now, language),
                  })}
                </p>
              )}
              {choosable && fact.ref !== null ? (
                <ActionButton size="xs" onClick={() => void settle('value-chosen', fact.ref ?? undefined)}>
                  {t('status.thisStands')}
                </ActionButton>
              ) : null}
            </section>
          ))}
        </div>
        <div className="n-row" style={{ alignItems: 'flex-end' }}>
          <div className="n-grow">
            <LongField
              label={t('common.reason')}
              value={reason}
              onChange={setReason}
              rows={1}
              error={tried && reason.trim() === '' ? t('common.reasonNeeded') : undefined}
            />
          </div>
          {row.outcomes.map((outcome) => (
            <ActionButton key={outcome} onClick={() => void settle(outcome)}>
              {word('outcome', outcome)}
            </ActionButton>
          ))}
        </div>
        <Refused rejection={rejection} />
      </div>
    </Panel>
  );
}
