// A native table that stays fast with thousands of rows and is walked with the arrow keys. It knows no data of its own.
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react';

export interface Column<R> {
  readonly id: string;
  readonly head: ReactNode;
  readonly cell: (row: R, index: number) => ReactNode;
  readonly right?: boolean;
  readonly width?: string;
  readonly rowHead?: boolean;
}

/** Under this many rows all are drawn: find-in-page and screen readers then see everything. */
const VIRTUAL_FROM = 80;
const ROW_PX = 34;
const NO_ROWS: readonly never[] = [];

export function DataTable<R>({
  label,
  rows: given,
  columns,
  rowKey,
  onPick,
  empty,
  looking,
  height,
  onActive,
  tone,
}: {
  readonly label: string;
  /** Undefined: not known yet, which is not the same as none. */
  readonly rows: readonly R[] | undefined;
  readonly columns: readonly Column<R>[];
  readonly rowKey: (row: R) => string;
  /** Enter, space or click on a row. */
  readonly onPick?: (row: R) => void;
  readonly onActive?: (row: R) => void;
  readonly empty: ReactNode;
  /** Stands there while the rows are not known yet. */
  readonly looking?: ReactNode;
  readonly height?: string;
  readonly tone?: (row: R) => string | undefined;
}): ReactElement {
  const rows = given ?? NO_ROWS;
  const frame = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const virtual = rows.length > VIRTUAL_FROM;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    enabled: virtual,
  });
  const items = virtual ? virtualizer.getVirtualItems() : [];
  const first = virtual ? (items[0]?.index ?? 0) : 0;
  const last = virtual ? (items.at(-1)?.index ?? -1) : rows.length - 1;
  const before = virtual ? (items[0]?.start ?? 0) : 0;
  const after = virtual ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  useEffect(() => {
    if (active >= rows.length) setActive(Math.max(0, rows.length - 1));
  }, [active, rows.length]);

  const goTo = (index: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    setActive(next);
    const row = rows[next];
    if (row !== undefined) onActive?.(row);
    if (virtual) virtualizer.scrollToIndex(next);
    requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>(`[data-index='${next}']`)?.focus());
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>, index: number, row: R): void => {
    if (event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? 340) / ROW_PX) - 1);
    const to: Readonly<Record<string, number>> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + page,
      PageUp: index - page,
      Home: 0,
      End: rows.length - 1,
    };
    const target = to[event.key];
    if (target !== undefined) {
      event.preventDefault();
      goTo(target);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onPick?.(row);
    }
  };
  const pickable = onPick !== undefined;
  return (
    <div
      ref={frame}
      className="n-table-frame"
      style={{ maxHeight: `max(16rem, ${height ?? '60vh'})` }}
      {...(pickable ? {} : { tabIndex: 0, role: 'region', 'aria-label': label })}
    >
      <table className="n-table" aria-label={label} role={pickable ? 'grid' : undefined} aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={column.right === true ? 'n-right' : undefined} style={{ width: column.width }}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.length === 0 ? (
            <tr>
              <td colSpan={columns.length} className="n-empty">
                {given === undefined ? looking : empty}
              </td>
            </tr>
          ) : null}
          {before > 0 ? (
            <tr aria-hidden="true">
              <td colSpan={columns.length} style={{ height: before, padding: 0, border: 0 }} />
            </tr>
          ) : null}
          {rows.slice(first, last + 1).map((row, offset) => {
            const index = first + offset;
            return (
              <tr
                key={rowKey(row)}
                ref={virtual ? virtualizer.measureElement : undefined}
                aria-rowindex={index + 2}
                data-index={index}
                data-tone={tone?.(row)}
                {...(pickable
                  ? {
                      'data-pick': '',
                      tabIndex: index === active ? 0 : -1,
                      'aria-selected': index === active,
                      onClick: () => {
                        setActive(index);
                        onPick(row);
                      },
                      onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => onKeyDown(event, index, row),
                      onFocus: () => {
                        setActive(index);
                        onActive?.(row);
                      },
                    }
                  : {})}
              >
                {columns.map((column) => {
                  const className = column.right === true ? 'n-right' : undefined;
                  return column.rowHead === true ? (
                    <th key={column.id} scope="row" className={className}>
                      {column.cell(row, index)}
                    </th>
                  ) : (
                    <td key={column.id} className={className}>
                      {column.cell(row, index)}
                    </td>
                  );
                })}
              </tr>
            );
          })}
          {after > 0 ? (
            <tr aria-hidden="true">
              <td colSpan={columns.length} style={{ height: after, padding: 0, border: 0 }} />
            </tr>
          ) : null}
        </tbody>
      </table>
    </div>
  );
}
