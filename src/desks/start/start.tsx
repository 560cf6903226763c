// The first page after signing in: the desks of this user, large enough to hit, with their keys.
import { Keys } from '#desk/app/actions-context.tsx';
import { useSession, useStatus } from '#desk/app/desk-context.tsx';
import { useText } from '#desk/i18n/i18n.ts';
import type { TextKey } from '#desk/i18n/keys.ts';
import { Icon, type IconName } from '#desk/ui/icons.tsx';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import './start.css';

interface Tile {
  readonly to: string;
  readonly title: TextKey;
  readonly what: TextKey;
  readonly icon: IconName;
  readonly keys: string;
  readonly permissions?: readonly string[];
}

const TILES: readonly Tile[] = [
  {
    to: '/registration',
    title: 'common.registration',
    what: 'common.tileRegistration',
    icon: 'plus',
    keys: 'g r',
    permissions: ['registerPatient'],
  },
  {
    to: '/collection',
    title: 'common.collection',
    what: 'common.tileCollection',
    icon: 'tube',
    keys: 'g c',
    permissions: ['collectSpecimen'],
  },
  {
    to: '/lab',
    title: 'common.lab',
    what: 'common.tileLab',
    icon: 'note',
    keys: 'g l',
    permissions: ['receiveSpecimen', 'enterResult', 'validateMedically', 'releaseReport'],
  },
  { to: '/patient', title: 'common.patient', what: 'common.tilePatient', icon: 'person', keys: 'g p', permissions: ['query:patient'] },
  { to: '/status', title: 'common.status', what: 'common.tileStatus', icon: 'hub', keys: 'g s' },
];

export default function Start(): ReactElement {
  const { t } = useText();
  const session = useSession();
  const status = useStatus();
  return (
    <>
      <h1>{status?.hospital ?? 'Nirantar'}</h1>
      <p className="n-muted">
        {t('common.signedInAs', { name: session?.name ?? '' })}{' '}
        {status?.device === undefined ? null : <>· {t('common.thisDesk', { name: status.device.name })}</>}
      </p>
      <ul className="n-tiles">
        {TILES.filter(
          (tile) => tile.permissions === undefined || tile.permissions.some((one) => session?.permissions.includes(one) === true),
        ).map((tile) => (
          <li key={tile.to}>
            <Link to={tile.to}>
              <Icon name={tile.icon} />
              <span>
                <strong>{t(tile.title)}</strong>
                <span className="n-muted n-small">{t(tile.what)}</span>
              </span>
              <Keys keys={tile.keys} />
            </Link>
          </li>
        ))}
      </ul>
      <p className="n-muted n-small">{t('common.notBuilt')}</p>
    </>
  );
}
