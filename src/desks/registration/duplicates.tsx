// Possible duplicates beside the form: same, different, or ask later. They warn and never block.
import { parseAgeText } from '#desk/app/age-text.ts';
import { useAsk } from '#desk/app/desk-context.tsx';
import { NamesNote } from '#desk/app/names-note.tsx';
import { PersonLine, PersonName } from '#desk/app/person.tsx';
import type { PersonShape } from '#desk/app/shapes.ts';
import { useText } from '#desk/i18n/i18n.ts';
import type { TextKey } from '#desk/i18n/keys.ts';
import { NumberText, Panel, Tag } from '#desk/ui/parts.tsx';
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { ReactElement } from 'react';
import { parseRelation, phoneOf } from './carry.ts';
import type { Considered, Form } from './form.ts';

const WHY: Readonly<Record<string, TextKey>> = {
  phone: 'registration.whyPhone',
  'first-name': 'registration.whyFirstName',
  'other-names': 'registration.whyOtherNames',
  'names-swapped': 'registration.whySwapped',
  district: 'registration.whyDistrict',
  number: 'registration.whyNumber',
  birth: 'registration.whyBirth',
  relation: 'registration.whyRelation',
  village: 'registration.whyVillage',
};

/** Typing must not ask at every letter; a third of a second is not noticed beside the form. */
const PAUSE_MS = 300;

export function Duplicates({
  form,
  considered,
  onSame,
  onConsider,
}: {
  readonly form: Form;
  readonly considered: readonly Considered[];
  readonly onSame: (person: PersonShape) => void;
  readonly onConsider: (one: Considered) => void;
}): ReactElement | null {
  const { t } = useText();
  const [asked] = useDebouncedValue(form, PAUSE_MS);
  const age = parseAgeText(asked.age);
  const relation = parseRelation(asked.relation);
  const phone = phoneOf(asked.phone);
  const enough = !asked.unknown && (asked.name.trim().length > 2 || asked.nameHi.trim().length > 1 || phone !== undefined);
  const answer = useAsk(
    'duplicates',
    enough
      ? {
          ...(asked.name.trim() === '' ? {} : { name: asked.name.trim() }),
          ...(asked.nameHi.trim() === '' ? {} : { nameHi: asked.nameHi.trim() }),
          ...(asked.sex === '' ? {} : { sex: asked.sex as PersonShape['sex'] }), // one of the letter field's values
          ...(age.kind === 'age' ? { age: { ...age.age } } : age.kind === 'birth' ? { birthDate: age.date } : {}),
          ...(phone === undefined ? {} : { phone }),
          ...(relation === undefined ? {} : { relation: { ...relation } }),
          ...(asked.village.trim() === '' ? {} : { village: asked.village.trim() }),
        }
      : undefined,
    { keep: true },
  );
  // Whose card is being accepted is no duplicate of themselves.
  const candidates = enough
    ? (answer.data?.candidates ?? []).filter(({ person }) => person.uhid === null || person.uhid !== asked.uhidTold)
    : [];
  // An answer that is late must not read like an answer that found nobody.
  const looking = enough && (!answer.isSuccess || answer.isPlaceholderData || asked !== form);
  if (candidates.length === 0)
    return (
      <Panel title={t('registration.duplicates')}>
        <NamesNote />
        <p className="n-muted n-small" role="status">
          {t(looking ? 'common.looking' : enough ? 'registration.noDuplicates' : 'registration.duplicatesHere')}
        </p>
      </Panel>
    );
  return (
    <Panel
      title={t('registration.duplicates')}
      actions={
        <Tag tone="warn" icon="danger">
          {candidates.length}
        </Tag>
      }
    >
      <ul className="n-list n-stack" data-duplicates="">
        {candidates.map(({ person, because, outcome }) => {
          const said = considered.find((one) => one.patient === person.patient)?.outcome;
          return (
            <li key={person.patient} className="n-stack" style={{ borderTop: '1px solid var(--n-line)', paddingTop: 8, gap: 4 }}>
              <div className="n-row">
                <PersonName person={person} /> {person.uhid === null ? null : <NumberText number={person.uhid} />}
              </div>
              <div className="n-small">
                <PersonLine person={person} />
              </div>
              <div className="n-row" style={{ gap: 4 }}>
                {because.map((why) => (
                  <Tag key={why} tone={outcome === 'same' ? 'warn' : 'note'}>
                    {WHY[why] === undefined ? why : t(WHY[why])}
                  </Tag>
                ))}
              </div>
              <div className="n-row" style={{ gap: 6 }}>
                <Button size="compact-sm" variant={outcome === 'same' ? 'filled' : 'default'} onClick={() => onSame(person)}>
                  {t('registration.same')}
                </Button>
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-pressed={said === 'different'}
                  onClick={() => onConsider({ patient: person.patient, outcome: 'different' })}
                >
                  {t('registration.different')}
                </Button>
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-pressed={said === 'ask'}
                  onClick={() => onConsider({ patient: person.patient, outcome: 'ask' })}
                >
                  {t('registration.ask')}
                </Button>
                {said === undefined ? null : (
                  <Tag tone="ok" icon="ok">
                    {t(said === 'different' ? 'registration.saidDifferent' : 'registration.saidAsk')}
                  </Tag>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      <p className="n-hint">{t('registration.duplicatesNever')}</p>
    </Panel>
  );
}
