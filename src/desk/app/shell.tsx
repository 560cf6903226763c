// The frame of every desk: bar, screen, strip; lock after idleness; notices of a new version. It must not know any desk.
import { useText } from '#desk/i18n/i18n.ts';
import { Icon } from '#desk/ui/icons.tsx';
import { Key, Note } from '#desk/ui/parts.tsx';
import type { DeskAction } from '#desk/ui/shortcuts.ts';
import { listenForWedge, useScan } from '#desk/ui/use-scan.ts';
import { Button, MantineThemeProvider, Menu, useMantineColorScheme } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { type ReactElement, useEffect, useMemo } from 'react';
import { ActionsProvider, useActions, useOpenPalette } from './actions-context.tsx';
import type { Session } from './desk-calls.ts';
import { useAsk, useDo, useSession, useStatus } from './desk-context.tsx';
import type { DeskScreen, Gates } from './desk-screen.ts';
import { chooseLanguage, languageOf } from './look.ts';
import { openScan } from './open-scan.ts';
import { SyncStrip } from './sync-strip.tsx';
import { useIdleLock } from './idle-lock.ts';
import { Stopped } from './stopped.tsx';
import { useLink, useUpdates } from './update.ts';
import { useGo } from './use-desk-search.ts';

export function Shell({ screens, gates }: { readonly screens: readonly DeskScreen[]; readonly gates: Gates }): ReactElement {
  const { t } = useText();
  const status = useStatus();
  const session = useSession();
  const [locked, setLocked] = useIdleLock(session?.user);
  const link = useLink();
  useEffect(() => listenForWedge(), []);
  useEffect(() => {
    void chooseLanguage(languageOf(session?.user), session?.user);
  }, [session?.user]);

  if (link.status === 'trouble') return <Stopped code={link.code} message={link.message} />;
  if (status === undefined || session === undefined)
    return (
      <div className="n-cover" role="status">
        {t('common.opening')}
      </div>
    );
  if (!status.enrolled)
    return (
      <ActionsProvider locked>
        <div className="n-cover">
          <gates.Enrol />
        </div>
      </ActionsProvider>
    );
  if (session === null)
    return (
      <ActionsProvider locked>
        <div className="n-cover">
          <gates.SignIn />
        </div>
      </ActionsProvider>
    );
  return (
    <ActionsProvider locked={locked}>
      <div className="n-app" inert={locked}>
        <a className="n-skip" href="#main">
          {t('common.skip')}
        </a>
        <Bar screens={screens.filter((screen) => screen.inBar && maySee(screen, session))} session={session} lock={() => setLocked(true)} />
        <DeskActions screens={screens.filter((screen) => maySee(screen, session))} session={session} lock={() => setLocked(true)} />
        <main className="n-main n-stack" id="main" key={session.user}>
          <UpdateNote />
          <CriticalNote session={session} />
          <Outlet />
        </main>
        <SyncStrip />
      </div>
      {locked ? (
        <div className="n-cover">
          <gates.Lock unlocked={() => setLocked(false)} />
        </div>
      ) : null}
      <MantineThemeProvider
        theme={{ components: { Notification: { defaultProps: { closeButtonProps: { 'aria-label': t('common.close') } } } } }}
      >
        {/* Above the strip: whether all is saved and sent is always to be seen. */}
        <Notifications position="bottom-right" autoClose={10_000} limit={3} style={{ bottom: 'calc(var(--n-strip) + 12px)' }} />
      </MantineThemeProvider>
    </ActionsProvider>
  );
}

function maySee(screen: DeskScreen, session: Session): boolean {
  return screen.permissions === undefined || screen.permissions.some((permission) => session.permissions.includes(permission));
}

function Bar({
  screens,
  session,
  lock,
}: {
  readonly screens: readonly DeskScreen[];
  readonly session: Session;
  readonly lock: () => void;
}): ReactElement {
  const { t, language } = useText();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const openPalette = useOpenPalette();
  const { call } = useDo();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const other = language === 'hi' ? 'en' : 'hi';
  return (
    <header className="n-bar">
      <Link to="/" className="n-brand">
        <span lang="hi">निरंतर</span>
        <small>Nirantar</small>
        <span className="n-sr">{t('common.start')}</span>
      </Link>
      <nav aria-label={t('common.desks')}>
        {screens.map((screen) => (
          <Link key={screen.path} to={screen.path} aria-current={path.startsWith(screen.path) ? 'page' : undefined}>
            <Icon name={screen.icon} />
            {t(screen.title)}
          </Link>
        ))}
      </nav>
      <span className="n-spring" />
      <button type="button" className="n-quiet" onClick={openPalette}>
        <Icon name="search" />
        <span>{t('common.palette')}</span> <Key>Ctrl+K</Key>
      </button>
      <button type="button" className="n-quiet" lang={other} onClick={() => void chooseLanguage(other, session.user)}>
        {other === 'hi' ? 'हिन्दी' : 'English'}
      </button>
      <Menu width={240} position="bottom-end">
        <Menu.Target>
          <button type="button" className="n-quiet">
            <Icon name="person" />
            {session.name}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {session.userName} · {session.roles.join(', ')}
          </Menu.Label>
          <Menu.Item leftSection={<Icon name="lock" />} onClick={lock}>
            {t('common.lock')}
          </Menu.Item>
          <Menu.Item
            leftSection={<Icon name={colorScheme === 'dark' ? 'sun' : 'moon'} />}
            onClick={() => setColorScheme(colorScheme === 'dark' ? 'light' : 'dark')}
          >
            {t(colorScheme === 'dark' ? 'common.lightScheme' : 'common.darkScheme')}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="cross" />} onClick={() => void call('signOut', {})}>
            {t('common.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}

/** Actions that exist on every screen, and the scan that no screen wants for itself. */
function DeskActions({
  screens,
  session,
  lock,
}: {
  readonly screens: readonly DeskScreen[];
  readonly session: Session;
  readonly lock: () => void;
}): null {
  const { language } = useText();
  const { call } = useDo();
  const go = useGo();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const actions = useMemo<readonly DeskAction[]>(
    () => [
      ...screens.map((screen): DeskAction => ({
        id: `go${screen.path}`,
        title: screen.title,
        group: 'common.groupGo',
        keys: screen.keys,
        run: () => go(screen.path),
      })),
      {
        id: 'language',
        title: 'common.switchLanguage',
        group: 'common.groupThisPc',
        keys: 'alt+l',
        run: () => void chooseLanguage(language === 'hi' ? 'en' : 'hi', session.user),
      },
      {
        id: 'scheme',
        title: colorScheme === 'dark' ? 'common.lightScheme' : 'common.darkScheme',
        group: 'common.groupThisPc',
        run: () => setColorScheme(colorScheme === 'dark' ? 'light' : 'dark'),
      },
      { id: 'lock', title: 'common.lock', group: 'common.groupThisPc', keys: 'alt+shift+k', run: lock },
      { id: 'sync', title: 'common.sendNow', group: 'common.groupThisPc', run: () => void call('sync', {}) },
      { id: 'sign-out', title: 'common.signOut', group: 'common.groupThisPc', run: () => void call('signOut', {}) },
    ],
    [screens, go, language, session.user, colorScheme, setColorScheme, lock, call],
  );
  useActions(actions);
  useScan((text) => openScan(text, go, call));
  return null;
}

function UpdateNote(): ReactElement | null {
  const { t } = useText();
  const { state, updates } = useUpdates();
  if (updates === undefined || state.status === 'none') return null;
  return (
    <Note
      title={t('common.updateReady')}
      actions={
        <Button size="xs" variant="default" loading={state.status === 'installing'} onClick={() => void updates.install()}>
          {t('common.updateNow')}
        </Button>
      }
    >
      {t('common.updateHow')}
    </Note>
  );
}

/** A critical value that nobody was told of is on every screen of who may call. */
function CriticalNote({ session }: { readonly session: Session }): ReactElement | null {
  const { t } = useText();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const elsewhere =
    !path.startsWith('/lab') && session.permissions.includes('query:criticalCalls') && session.permissions.includes('recordCriticalCall');
  const open = useAsk('criticalCalls', elsewhere ? { limit: 50 } : undefined).data?.rows.length ?? 0;
  if (!elsewhere || open === 0) return null;
  return <Note tone="danger" title={t('common.criticalOpen', { count: open })} actions={<Link to="/lab">{t('common.criticalGo')}</Link>} />;
}
