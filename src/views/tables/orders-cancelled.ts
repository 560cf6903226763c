// View: orders that were cancelled, for the check that one of their tubes was taken.
import type { OrderState } from '#kernel/order/order.ts';
import type { View } from '../view.ts';
import { NUMBER_TWICE_DDL } from './number-twice.ts';

export const ordersCancelledView: View<OrderState> = {
  name: 'v_order_cancelled',
  version: 1,
  stream: 'order',
  columns: ['kept'],
  ddl: [
    // `kept`: accession numbers, a JSON array, of tubes that were known to be taken when the order was cancelled.
    'CREATE TABLE IF NOT EXISTS v_order_cancelled(doc INTEGER NOT NULL, kept TEXT NOT NULL)',
    'CREATE INDEX IF NOT EXISTS v_order_cancelled_doc ON v_order_cancelled(doc)',
    ...NUMBER_TWICE_DDL,
  ],
  rows: ({ state }) => (state.cancelled === undefined ? [] : [[JSON.stringify(state.cancelled.kept)]]),
};
