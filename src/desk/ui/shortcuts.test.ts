// Keys against typing, sequences and clashes.
import { describe, expect, test } from 'vitest';
import { chordOf, clashes, type DeskAction, findAction, keyLabel, type KeyStroke } from './shortcuts.ts';

const stroke = (key: string, more: Partial<KeyStroke> = {}): KeyStroke => ({
  key,
  ctrl: false,
  alt: false,
  shift: false,
  typing: false,
  ...more,
});
const action = (id: string, keys?: string): DeskAction => ({
  id,
  title: 'common.save',
  group: 'common.groupGo',
  run: () => undefined,
  ...(keys === undefined ? {} : { keys }),
});

describe('keys', () => {
  const actions = [action('go', 'g r'), action('save', 'ctrl+enter'), action('help', '?'), action('new', 'alt+n'), action('silent')];

  test('a chord acts also while typing', () => {
    expect(findAction(actions, stroke('Enter', { ctrl: true, typing: true }), '').action?.id).toBe('save');
    expect(findAction(actions, stroke('n', { alt: true, typing: true }), '').action?.id).toBe('new');
  });

  test('a single letter never acts while typing', () => {
    expect(findAction(actions, stroke('?', { shift: true, typing: true }), '')).toEqual({ action: undefined, pending: '' });
    expect(findAction(actions, stroke('g', { typing: true }), '')).toEqual({ action: undefined, pending: '' });
    expect(findAction(actions, stroke('?', { shift: true }), '').action?.id).toBe('help');
  });

  test('a sequence takes two strokes, and a wrong second one begins anew', () => {
    expect(findAction(actions, stroke('g'), '')).toEqual({ action: undefined, pending: 'g' });
    expect(findAction(actions, stroke('r'), 'g').action?.id).toBe('go');
    expect(findAction(actions, stroke('x'), 'g')).toEqual({ action: undefined, pending: '' });
    expect(findAction(actions, stroke('?', { shift: true }), 'g').action?.id).toBe('help');
  });

  test('what a screen registered last wins', () => {
    expect(findAction([...actions, action('screen-save', 'ctrl+enter')], stroke('Enter', { ctrl: true }), '').action?.id).toBe(
      'screen-save',
    );
  });

  test('labels are written as on the keyboard', () => {
    expect(keyLabel('ctrl+enter')).toEqual(['Ctrl+Enter']);
    expect(keyLabel('g r')).toEqual(['G', 'R']);
    expect(chordOf(stroke('F2', { shift: true }))).toBe('shift+f2');
  });

  test('clashes are found, also a key that hides a sequence', () => {
    expect(clashes(actions)).toEqual([]);
    expect(clashes([...actions, action('again', 'alt+n')])).toEqual(['alt+n']);
    expect(clashes([...actions, action('hider', 'g')])).toEqual(['g']);
  });
});
