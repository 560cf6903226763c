// Critical values that somebody must be told: the call stays here until name, role, time and read-back are recorded. It cannot be put away.
import type { Rejection } from '#kernel/shared/rejection.ts';
import { useAsk, useDo, useMay, useNow } from '#desk/app/desk-context.tsx';
import { useDraft } from '#desk/app/drafts.ts';
import { nameIn, PersonLine, PersonName } from '#desk/app/person.tsx';
import { Refused } from '#desk/app/refused.tsx';
import { sentence } from '#desk/app/rejections.ts';
import type { CriticalCall } from '#desk/app/shapes.ts';
import { FlagTag, rangeText, ValueText } from '#desk/app/value.tsx';
import { formatWhen } from '#desk/i18n/format.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { ActionButton, TextField } from '#desk/ui/fields.tsx';
import { Icon } from '#desk/ui/icons.tsx';
import { NumberText, Tag } from '#desk/ui/parts.tsx';
import { Checkbox } from '@mantine/core';
import { type ReactElement, useState } from 'react';
import { callAt, missingOf, timeNow } from './call-form.ts';

export function CriticalCalls(): ReactElement | null {
  const { t } = useText();
  const calls = useAsk('criticalCalls', { limit: 50 });
  const rows = calls.data?.rows ?? [];
  const now = useNow();
  const [open, setOpen] = useDraft<string>('lab/open-call', '');
  if (rows.length === 0) return null;
  const shown = rows.find((row) => row.result.result === open) ?? rows[0];
  return (
    <section className="n-critical" aria-label={t('lab.calls')}>
      <header className="n-row">
        <Icon name="phone" />
        <h2>{t('common.criticalOpen', { count: rows.length })}</h2>
      </header>
      <div className="n-critical-body">
        <ul className="n-list" aria-label={t('lab.calls')}>
          {rows.map((row) => (
            <li key={row.result.result}>
              <button type="button" className="n-critical-row" aria-pressed={row === shown} onClick={() => setOpen(row.result.result)}>
                <strong>{row.patient === null ? row.told?.name : row.patient.name}</strong>{' '}
                <span>
                  {row.result.test} <ValueText given={row.result.current} strong />
                </span>
                <Tag tone={row.overdue ? 'danger' : 'warn'}>
                  {waitText(Math.max(row.waitMinutes, Math.floor((now - row.openedAt) / 60_000)), t)}
                </Tag>
              </button>
            </li>
          ))}
        </ul>
        {shown === undefined ? null : <OneCall key={shown.result.result} row={shown} />}
      </div>
    </section>
  );
}

/** A call of last week in minutes is a number that nobody reads. */
function waitText(minutes: number, t: ReturnType<typeof useText>['t']): string {
  if (minutes < 120) return t('lab.waits', { count: minutes });
  if (minutes < 48 * 60) return t('lab.waitsHours', { count: Math.floor(minutes / 60) });
  return t('lab.waitsDays', { count: Math.floor(minutes / (24 * 60)) });
}

function OneCall({ row }: { readonly row: CriticalCall }): ReactElement {
  const { t, language } = useText();
  const { command } = useDo();
  const now = useNow();
  const { result } = row;
  const at = { accession: result.accession, test: result.test };
  const [name, setName] = useDraft(`lab/call-name-${result.result}`, '');
  const [role, setRole] = useDraft(`lab/call-role-${result.result}`, '');
  const [time, setTime] = useState(() => timeNow(Date.now()));
  const [readBack, setReadBack] = useState(false);
  const [escalatedTo, setEscalated] = useState('');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const [rejection, setRejection] = useState<Rejection>();
  const may = useMay('closeCriticalCall', at);
  const missing = missingOf({ name, role, time, readBack });
  const extra = {
    ...(escalatedTo.trim() === '' ? {} : { escalatedTo: escalatedTo.trim() }),
    ...(note.trim() === '' ? {} : { note: note.trim() }),
  };
  const told = async (): Promise<void> => {
    setTried(true);
    if (missing.length > 0) return;
    const said = await command('recordCriticalCall', {
      ...at,
      attempt: 'reached',
      toldName: name.trim(),
      toldRole: role.trim(),
      at: callAt(time, Date.now()),
      readBack,
      ...extra,
    });
    if (!said.ok) return setRejection(said.rejection);
    const closed = await command('closeCriticalCall', at);
    setRejection(closed.ok ? undefined : closed.rejection);
  };
  const notReached = async (): Promise<void> => {
    const said = await command('recordCriticalCall', {
      ...at,
      attempt: 'not-reached',
      at: callAt(time, Date.now()) ?? Date.now(),
      ...extra,
      ...(name.trim() === '' ? {} : { toldName: name.trim() }),
    });
    setRejection(said.ok ? undefined : said.rejection);
    if (said.ok) {
      setNote('');
      setEscalated('');
    }
  };
  const closeOnly = may?.ok === true;
  return (
    <form
      className="n-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void told();
      }}
      aria-label={t('lab.call')}
    >
      <div className="n-row">
        {row.patient === null ? (
          <strong>{row.told?.name}</strong>
        ) : (
          <>
            <span className="n-who">
              <PersonName person={row.patient} />
            </span>
            {row.patient.uhid === null ? null : <NumberText number={row.patient.uhid} />}
            <span>
              <PersonLine person={row.patient} />
            </span>
          </>
        )}
        <NumberText number={result.accession} />
      </div>
      <div className="n-row" style={{ fontSize: '1.125rem' }}>
        <strong>{nameIn(language, { name: result.testName, nameHi: result.testNameHi })}</strong>{' '}
        <ValueText given={result.current} strong />
        {result.current === null ? null : (
          <>
            <FlagTag flag={result.current.evaluation.flag} why={result.current.evaluation.why} />
            <span className="n-muted n-small">
              {t('lab.range')} {rangeText(result.current.evaluation)}
            </span>
          </>
        )}
        <Tag icon="waiting">{t('lab.knownSince', { when: formatWhen(row.openedAt, now, language) })}</Tag>
        <span className="n-small">
          {t('lab.callWhom')} <strong>{row.orderedBy?.userName ?? t('lab.notKnown')}</strong> · {row.department ?? ''}{' '}
          {row.room === null ? '' : t('lab.room', { room: row.room })}
        </span>
      </div>
      {result.call.attempts.length === 0 ? null : (
        <ol className="n-list n-small" aria-label={t('lab.attempts')}>
          {result.call.attempts.map((attempt) => (
            <li key={attempt.at}>
              <Icon name={attempt.attempt === 'reached' ? 'ok' : 'cross'} /> {formatWhen(attempt.at, now, language)} ·{' '}
              {t(attempt.attempt === 'reached' ? 'lab.reached' : 'lab.notReached')} {attempt.toldName} {attempt.toldRole}{' '}
              {attempt.readBack === true ? `· ${t('lab.readBackDone')}` : ''}{' '}
              {attempt.escalatedTo === null ? '' : `· ${t('lab.escalatedTo', { who: attempt.escalatedTo })}`} {attempt.note}{' '}
              <span className="n-muted">({attempt.by.userName})</span>
            </li>
          ))}
        </ol>
      )}
      <div className="n-fields">
        <div className="n-c3">
          <TextField
            label={t('lab.toldName')}
            value={name}
            onChange={setName}
            required
            error={tried && missing.includes('name') ? t('lab.needName') : undefined}
          />
        </div>
        <div className="n-c2">
          <TextField
            label={t('lab.toldRole')}
            value={role}
            onChange={setRole}
            required
            error={tried && missing.includes('role') ? t('lab.needRole') : undefined}
          />
        </div>
        <div className="n-c2">
          <TextField
            label={t('lab.toldAt')}
            value={time}
            onChange={setTime}
            required
            inputMode="numeric"
            error={tried && missing.includes('time') ? t('lab.needTime') : undefined}
          />
        </div>
        <div className="n-c2">
          <TextField label={t('lab.escalate')} value={escalatedTo} onChange={setEscalated} />
        </div>
        <div className="n-c3">
          <TextField label={t('common.note')} value={note} onChange={setNote} />
        </div>
      </div>
      <Refused rejection={rejection} />
      <div className="n-row">
        <Checkbox
          checked={readBack}
          onChange={(event) => setReadBack(event.currentTarget.checked)}
          label={t('lab.readBack')}
          error={tried && missing.includes('readBack') ? t('lab.needReadBack') : undefined}
        />
        <span className="n-spring" />
        {closeOnly ? (
          <ActionButton
            primary
            onClick={() => void command('closeCriticalCall', at).then((done) => setRejection(done.ok ? undefined : done.rejection))}
          >
            {t('lab.closeCall')}
          </ActionButton>
        ) : (
          <ActionButton type="submit" primary>
            {t('lab.toldAndClose')}
          </ActionButton>
        )}
        <ActionButton onClick={() => void notReached()}>{t('lab.saveNotReached')}</ActionButton>
        {may === undefined || may.ok || may.rejection === undefined ? null : (
          <span className="n-hint">{sentence(may.rejection, language, t)}</span>
        )}
      </div>
    </form>
  );
}
