// How a patient, an age, a sex and a record's reach are shown, the same on every desk. It asks no question of the replica.
import { type Translate, useText } from '#desk/i18n/i18n.ts';
import type { Language } from '#desk/i18n/keys.ts';
import { formatWhen } from '#desk/i18n/format.ts';
import { Icon } from '#desk/ui/icons.tsx';
import { NumberText, Tag } from '#desk/ui/parts.tsx';
import type { ReactElement, ReactNode } from 'react';
import { useNow, useStatus } from './desk-context.tsx';
import { stripState } from './strip-state.ts';
import type { AgeShape, Allergies, PersonShape, Reach, Sex } from './shapes.ts';

/** `34 years`, `8 months`, `3 days`; `about` when it was told and not computed. Nothing is invented when nothing was told. */
export function ageText(age: AgeShape | null | undefined, t: Translate): string {
  if (age === null || age === undefined) return t('common.ageNotTold');
  const key = ({ years: 'common.ageYears', months: 'common.ageMonths', days: 'common.ageDays' } as const)[age.unit];
  return t(key, { count: age.value });
}

export function sexText(sex: Sex, t: Translate): string {
  return t(({ female: 'common.female', male: 'common.male', other: 'common.otherSex', unknown: 'common.sexUnknown' } as const)[sex]);
}

/** The name in the user's script first, the other one after it. */
export function PersonName({ person }: { readonly person: { readonly name: string; readonly nameHi: string | null } }): ReactElement {
  const { language } = useText();
  const first = language === 'hi' ? (person.nameHi ?? person.name) : person.name;
  const second = language === 'hi' ? person.name : person.nameHi;
  return (
    <>
      <span className="n-name">{first}</span>
      {second === null || second === first || second === '' ? null : <span className="n-muted"> {second}</span>}
    </>
  );
}

export function relationText(
  relation: { readonly type: string; readonly name: string } | null | undefined,
  t: Translate,
): string | undefined {
  if (relation === null || relation === undefined) return undefined;
  const short = {
    'S/O': 'common.relationSon',
    'D/O': 'common.relationDaughter',
    'W/O': 'common.relationWife',
    'H/O': 'common.relationHusband',
    'M/O': 'common.relationMother',
  } as const;
  const key = (short as Readonly<Record<string, (typeof short)[keyof typeof short]>>)[relation.type]; // an unknown kind is care-of
  return `${t(key ?? 'common.relationCare')} ${relation.name}`;
}

/** One line that tells two people apart: age, sex, relation, phone, place. */
export function PersonLine({ person }: { readonly person: PersonShape }): ReactElement {
  const { t } = useText();
  const parts = [ageText(person.age, t), sexText(person.sex, t), relationText(person.relation, t), person.phone, person.village];
  return <span>{parts.filter((part) => part !== undefined && part !== null && part !== '').join(' · ')}</span>;
}

const REACH_TEXT = {
  here: 'common.reachHere',
  hub: 'common.reachHub',
  twoHubs: 'common.reachTwoHubs',
  vault: 'common.reachVault',
  paper: 'common.reachPaper',
} as const;

/** How far a row has got. Here only is calm: it is safe on this PC. */
export function ReachTag({ reach }: { readonly reach: Reach | undefined }): ReactElement | null {
  const { t } = useText();
  if (reach === undefined) return null;
  return <Tag icon={reach === 'here' ? 'waiting' : reach === 'paper' ? 'note' : 'ok'}>{t(REACH_TEXT[reach])}</Tag>;
}

/** `as of 10:42`: how old what is shown may be. With a hub in reach it is as new as the hub; else as old as the last word from one. */
export function AsOf(): ReactElement | null {
  const { t, language } = useText();
  const now = useNow();
  const status = useStatus();
  if (status === undefined) return null;
  const state = stripState(status);
  if (state.kind === 'together' && state.catchingUp === true)
    return (
      <Tag tone="warn" icon="waiting">
        {t('common.catchingUp')}
      </Tag>
    );
  if (state.kind === 'together') return <Tag icon="ok">{t('common.asOfNow')}</Tag>;
  const lastSeen = state.kind === 'apart' ? state.lastSeen : undefined;
  if (lastSeen === undefined)
    return (
      <Tag tone="warn" icon="waiting">
        {t('common.asOfNever')}
      </Tag>
    );
  return (
    <Tag tone="warn" icon="waiting">
      {t('common.asOf', { when: formatWhen(lastSeen, now, language) })}
    </Tag>
  );
}

export function AllergyLine({ allergies }: { readonly allergies: Allergies | undefined }): ReactElement {
  const { t } = useText();
  if (allergies === undefined || allergies.status === 'not-asked')
    return (
      <span className="n-muted">
        <Icon name="note" /> {t('common.allergiesNotAsked')}
      </span>
    );
  if (allergies.status === 'none-known') return <span>{t('common.allergiesNone')}</span>;
  return (
    <span className="n-alert">
      <Icon name="danger" /> {t('common.allergyTo', { what: allergies.list.map((item) => item.substance).join(', ') })}
    </span>
  );
}

/** Two identifiers, large, and what must not be overlooked. It never scrolls away inside a dialog or a form. */
export function PatientBanner({
  person,
  reach,
  allergies,
  alerts,
  actions,
}: {
  readonly person: PersonShape;
  readonly reach?: Reach | undefined;
  readonly allergies?: Allergies | undefined;
  readonly alerts?: readonly string[] | undefined;
  readonly actions?: ReactNode;
}): ReactElement {
  const { t } = useText();
  return (
    <section className="n-patient" aria-label={t('common.patient')}>
      <div>{person.uhid === null ? <Tag tone="warn">{t('common.noUhid')}</Tag> : <NumberText number={person.uhid} big />}</div>
      <div>
        <div className="n-who">
          <PersonName person={person} />
        </div>
        <div>
          <PersonLine person={person} />
        </div>
        <div className="n-row n-small">
          <AllergyLine allergies={allergies} />
          {alerts?.map((alert) => (
            <span key={alert} className="n-alert">
              <Icon name="danger" /> {alert}
            </span>
          ))}
          {person.elsewhere ? <Tag tone="warn">{t('common.recordElsewhere')}</Tag> : null}
          {person.unknown ? <Tag tone="warn">{t('common.unknownPatient')}</Tag> : null}
        </div>
      </div>
      <div className="n-row">
        <ReachTag reach={reach} />
        {actions}
      </div>
    </section>
  );
}

export function nameIn(language: Language, thing: { readonly name: string; readonly nameHi: string | null }): string {
  return language === 'hi' && thing.nameHi !== null && thing.nameHi !== '' ? thing.nameHi : thing.name;
}
