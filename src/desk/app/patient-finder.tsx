// One box that finds a patient by anything: UHID, phone, name in either script, scan. What stands after the matches is the caller's.
import { useText } from '#desk/i18n/i18n.ts';
import { sentenceOfNumber } from '#desk/app/number-problem.ts';
import { NumberText, Tag } from '#desk/ui/parts.tsx';
import { keepLettersAfterEnter, type LettersAfterEnter } from '#desk/ui/letters-after-enter.ts';
import { useCalm } from '#desk/ui/use-calm.ts';
import { PAPER_LENGTH } from '#desk/ui/wedge.ts';
import { type KeyboardEvent, type ReactElement, type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { PersonLine, PersonName } from './person.tsx';
import { ScanBox } from './scan-box.tsx';
import type { PatientRow } from './shapes.ts';
import { NamesNote } from './names-note.tsx';
import { useAsk } from './desk-context.tsx';

export interface FinderChoice {
  readonly id: string;
  readonly label: ReactNode;
  readonly run: () => void;
}

/** Shown at once; the whole picture at 100 to 200 % zoom without scrolling past the last choice. */
const SHOWN = 8;

export function PatientFinder({
  label,
  placeholder,
  text,
  onText,
  onPick,
  onPaper,
  choices,
  inputRef,
  firstChoice,
}: {
  readonly label: string;
  readonly placeholder: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onPick: (row: PatientRow) => void;
  /** A long scan: paper of ours. */
  readonly onPaper: (text: string) => void;
  /** After the matches: `New patient`, `Accept as told`. */
  readonly choices: readonly FinderChoice[];
  readonly inputRef: RefObject<HTMLInputElement | null>;
  /** True when Enter should take the first choice although there are matches. */
  readonly firstChoice?: boolean;
}): ReactElement {
  const { t, language } = useText();
  const id = useId();
  const [at, setAt] = useState<number>();
  const [closed, setClosed] = useState(false);
  /** Enter was pressed: on which text, and what was typed since. */
  const entered = useRef<{ readonly text: string; readonly letters: LettersAfterEnter }>(undefined);
  const search = text.trim();
  const asked = useCalm(search);
  /** The text of a paper names nobody. */
  const isPaper = search.length >= PAPER_LENGTH;
  const found = useAsk('patients', search !== '' && !isPaper && asked !== '' ? { search: asked, limit: SHOWN + 1 } : undefined, {
    keep: true,
  });
  const settled = found.isSuccess && !found.isPlaceholderData && asked === search;
  const rows = search === '' ? [] : (found.data?.rows.slice(0, SHOWN) ?? []);
  const all = [...rows.map((row) => ({ id: row.patient, run: () => onPick(row) })), ...choices];
  const open = search !== '' && !isPaper && !closed;
  const initial = firstChoice === true || rows.length === 0 ? rows.length : 0;
  const current = Math.min(at ?? initial, all.length - 1);
  const choose = (index: number): void => {
    setAt(undefined);
    all[index]?.run();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (!open) {
      if (event.key === 'ArrowDown') setClosed(false);
      return;
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setAt((current + (event.key === 'ArrowDown' ? 1 : all.length - 1)) % Math.max(1, all.length));
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (text === '') setClosed(true);
      else onText('');
    } else if (event.key === 'Enter' && !event.ctrlKey) {
      event.preventDefault();
      // Never take the wrong person because the answer was late: wait for the list that belongs to these letters.
      entered.current?.letters.drop();
      entered.current = { text, letters: keepLettersAfterEnter(event.currentTarget) };
      if (settled) act();
    }
  };
  const act = (): void => {
    entered.current?.letters.done();
    entered.current = undefined;
    choose(current);
  };
  useEffect(() => {
    if (entered.current === undefined) return;
    if (entered.current.text !== text || entered.current.letters.over) {
      // Somebody emptied the box, scanned or went on typing.
      entered.current.letters.drop();
      entered.current = undefined;
    } else if (settled) {
      const due = entered.current;
      // After this drawing, so that what was chosen can be drawn and focused at once.
      queueMicrotask(() => {
        if (entered.current === due) act();
      });
    } else if (found.isError) entered.current.letters.giveBack();
  });
  useEffect(() => () => entered.current?.letters.drop(), []);
  const problem = found.data?.problem ?? undefined;
  return (
    <div className="n-float">
      <ScanBox
        label={label}
        placeholder={placeholder}
        value={text}
        inputRef={inputRef}
        onChange={(next) => {
          const pressed = entered.current;
          if (pressed?.letters.over === false && next.length > text.length && next.startsWith(text)) {
            pressed.letters.add(next.slice(text.length));
            return;
          }
          onText(next);
          setAt(undefined);
          setClosed(false);
        }}
        onScan={(scanned) => {
          if (scanned.trim().length >= PAPER_LENGTH) onPaper(scanned.trim());
          else onText(scanned);
        }}
        onKeyDown={onKeyDown}
        listId={`${id}-list`}
        expanded={open}
        activeId={open && all[current] !== undefined ? `${id}-${all[current].id}` : undefined}
      />
      <div className="n-drop" hidden={!open}>
        <NamesNote />
        {open && !settled && rows.length === 0 ? (
          <p className="n-hint" style={{ padding: '8px 10px' }}>
            {t('common.looking')}
          </p>
        ) : null}
        {problem === undefined ? null : (
          <p className="n-empty" style={{ padding: '8px 10px', textAlign: 'left', color: 'var(--n-warn)' }}>
            {sentenceOfNumber(problem, language, t)}
          </p>
        )}
        <ul className="n-options" role="listbox" id={`${id}-list`} aria-label={t('common.patient')} style={{ maxHeight: '24rem' }}>
          {open
            ? rows.map((row, index) => (
                <li
                  key={row.patient}
                  role="option"
                  id={`${id}-${row.patient}`}
                  aria-selected={index === current}
                  onPointerDown={(event) => {
                    event.preventDefault();
                    choose(index);
                  }}
                >
                  <span style={{ minWidth: '8.5rem' }}>
                    {row.uhid === null ? <Tag tone="warn">{t('common.noUhid')}</Tag> : <NumberText number={row.uhid} />}
                  </span>
                  <span style={{ flex: '1 1 11rem' }}>
                    <PersonName person={row} />
                  </span>
                  <span className="n-muted n-small" style={{ flex: '2 1 16rem' }}>
                    <PersonLine person={row} />
                  </span>
                  {row.elsewhere ? <Tag tone="warn">{t('common.recordElsewhere')}</Tag> : null}
                  {row.recordHere || row.elsewhere ? null : <Tag>{t('common.nameOnly')}</Tag>}
                </li>
              ))
            : null}
          {open
            ? choices.map((choice, offset) => (
                <li
                  key={choice.id}
                  role="option"
                  id={`${id}-${choice.id}`}
                  aria-selected={rows.length + offset === current}
                  onPointerDown={(event) => {
                    event.preventDefault();
                    choose(rows.length + offset);
                  }}
                >
                  {choice.label}
                </li>
              ))
            : null}
        </ul>
        {found.data?.more === true || (found.data?.rows.length ?? 0) > SHOWN ? (
          <p className="n-hint" style={{ padding: '6px 10px' }}>
            {t('common.moreShown')}
          </p>
        ) : null}
      </div>
      <p className="n-sr" role="status">
        {open && settled ? t('common.matches', { count: rows.length }) : ''}
      </p>
    </div>
  );
}
