// Collects the actions of what is on the screen, hears their keys, and shows them in the palette and the help.
import { useText } from '#desk/i18n/i18n.ts';
import type { TextKey } from '#desk/i18n/keys.ts';
import { Key } from '#desk/ui/parts.tsx';
import { type DeskAction, findAction, keyLabel } from '#desk/ui/shortcuts.ts';
import { Modal } from '@mantine/core';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { createContext, type ReactElement, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

interface Registry {
  add(owner: symbol, actions: readonly DeskAction[]): void;
  remove(owner: symbol): void;
}
const RegistryContext = createContext<Registry | undefined>(undefined);

/** While mounted, these actions exist. */
export function useActions(actions: readonly DeskAction[]): void {
  const registry = useContext(RegistryContext);
  const owner = useRef(Symbol('actions'));
  useEffect(() => {
    registry?.add(owner.current, actions);
  });
  useEffect(() => {
    const mine = owner.current;
    return () => registry?.remove(mine);
  }, [registry]);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

export function ActionsProvider({ children, locked }: { readonly children: ReactNode; readonly locked: boolean }): ReactElement {
  const owners = useRef(new Map<symbol, readonly DeskAction[]>());
  const [help, setHelp] = useState<readonly DeskAction[]>();
  const [palette, setPalette] = useState<readonly DeskAction[]>([]);
  const [wanted, setWanted] = useState('');
  const paletteBox = useRef<HTMLInputElement>(null);
  const { t } = useText();
  const ownOf = useRef<readonly DeskAction[]>([]);
  const own = useMemo<readonly DeskAction[]>(
    () => [
      {
        id: 'help',
        title: 'common.shortcutHelp',
        group: 'common.groupThisPc',
        keys: '?',
        run: () => setHelp([...ownOf.current, ...[...owners.current.values()].flat()]),
      },
      {
        id: 'help-f1',
        title: 'common.shortcutHelp',
        group: 'common.groupThisPc',
        keys: 'f1',
        run: () => setHelp([...ownOf.current, ...[...owners.current.values()].flat()]),
      },
    ],
    [],
  );
  useEffect(() => {
    ownOf.current = own;
  }, [own]);
  const all = (): readonly DeskAction[] => [...own, ...[...owners.current.values()].flat()];
  const registry = useMemo<Registry>(
    () => ({ add: (owner, actions) => void owners.current.set(owner, actions), remove: (owner) => void owners.current.delete(owner) }),
    [],
  );

  /** Drawn and focused before the next key is heard: whatever is typed after Ctrl+K is the palette's, never the form's behind it. */
  const openPalette = (): void => {
    flushSync(() => {
      setPalette(all());
      setWanted('');
      spotlight.open();
    });
    paletteBox.current?.focus();
  };

  useEffect(() => {
    let pending = '';
    const onKey = (event: KeyboardEvent): void => {
      if (locked || event.defaultPrevented || event.isComposing) return;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        openPalette();
        return;
      }
      const found = findAction(
        all(),
        { key: event.key, ctrl: event.ctrlKey || event.metaKey, alt: event.altKey, shift: event.shiftKey, typing: isTyping(event.target) },
        pending,
      );
      pending = found.pending;
      if (found.action === undefined) return;
      event.preventDefault();
      if (found.action.disabled === undefined) found.action.run();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });

  return (
    <RegistryContext.Provider value={registry}>
      <PaletteButtonContext.Provider value={openPalette}>{children}</PaletteButtonContext.Provider>
      <Spotlight
        shortcut={null}
        query={wanted}
        onQueryChange={setWanted}
        // A palette that fades in is not there yet when the next letter is typed.
        transitionProps={{ duration: 0 }}
        overlayProps={{ blur: 0, backgroundOpacity: 0.5 }}
        actions={palette
          .filter((action) => action.id !== 'help-f1')
          // What this screen can do comes first.
          .toSorted((a, b) => Number(b.group === 'common.groupScreen') - Number(a.group === 'common.groupScreen'))
          .map((action) => ({
            id: action.id,
            label: t(action.title),
            description: action.disabled ?? t(action.group),
            rightSection: action.keys === undefined ? null : <Keys keys={action.keys} />,
            onClick: () => {
              if (action.disabled === undefined) setTimeout(action.run, 0);
            },
          }))}
        nothingFound={t('common.nothingFound')}
        highlightQuery
        searchProps={{ ref: paletteBox, placeholder: t('common.paletteHint'), 'aria-label': t('common.palette') }}
      />
      <HelpDialog open={help !== undefined} close={() => setHelp(undefined)} actions={help ?? []} />
    </RegistryContext.Provider>
  );
}

const PaletteButtonContext = createContext<() => void>(() => undefined);
export const useOpenPalette = (): (() => void) => useContext(PaletteButtonContext);

export function Keys({ keys }: { readonly keys: string }): ReactElement {
  return (
    <span className="n-row" style={{ gap: 3, flexWrap: 'nowrap', justifyContent: 'flex-end' }}>
      {keyLabel(keys).map((label) => (
        <Key key={label}>{label}</Key>
      ))}
    </span>
  );
}

function HelpDialog({
  open,
  close,
  actions,
}: {
  readonly open: boolean;
  readonly close: () => void;
  readonly actions: readonly DeskAction[];
}): ReactElement {
  const { t } = useText();
  const groups = new Map<TextKey, DeskAction[]>();
  for (const action of actions)
    if (action.keys !== undefined && action.id !== 'help-f1') groups.set(action.group, [...(groups.get(action.group) ?? []), action]);
  return (
    <Modal opened={open} onClose={close} title={t('common.shortcutHelp')} size="lg" closeButtonProps={{ 'aria-label': t('common.close') }}>
      <div className="n-stack">
        {[...groups].map(([group, members]) => (
          <section key={group}>
            <h3>{t(group)}</h3>
            <table className="n-table">
              <tbody>
                {members.map((action) => (
                  <tr key={action.id}>
                    <td>
                      {t(action.title)}
                      {action.disabled === undefined ? null : <div className="n-hint">{action.disabled}</div>}
                    </td>
                    <td className="n-right">
                      <Keys keys={action.keys ?? ''} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        ))}
        <section>
          <h3>{t('common.groupAnywhere')}</h3>
          <table className="n-table">
            <tbody>
              <tr>
                <td>{t('common.palette')}</td>
                <td className="n-right">
                  <Keys keys="ctrl+k" />
                </td>
              </tr>
              <tr>
                <td>{t('common.scannerHelp')}</td>
                <td />
              </tr>
            </tbody>
          </table>
        </section>
      </div>
    </Modal>
  );
}
