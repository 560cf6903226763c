// Check: an order is cancelled, and one of its tubes was taken by somebody who did not know.
import type { StreamId } from '#kernel/shared/ids.ts';
import type { OrderState } from '#kernel/order/order.ts';
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import { RECENT_LIMIT, type CheckQuery, type Contradiction } from './check.ts';

export const ORDER_CANCELLED_SQL = `SELECT od.stream AS order_stream, sd.stream AS specimen_stream
  FROM (SELECT doc FROM v_order_cancelled ORDER BY doc DESC LIMIT ?) c CROSS JOIN documents od ON od.id = c.doc
  CROSS JOIN links l ON l.target = od.stream AND l.type = 'specimen' AND l.rel = 'order' CROSS JOIN documents sd ON sd.id = l.doc
  WHERE json_extract(sd.json, '$.state.collected') IS NOT NULL OR json_array_length(sd.json, '$.state.receipts') > 0 LIMIT ?`;

export const orderCancelledTubeReceived: CheckQuery = {
  check: 'order-cancelled-tube-received',
  async find(read, limit) {
    const found: Contradiction[] = [];
    for (const row of await read.rows(ORDER_CANCELLED_SQL, [RECENT_LIMIT, limit])) {
      // These columns hold stream ids only.
      const orderStream = row['order_stream'] as StreamId;
      const specimenStream = row['specimen_stream'] as StreamId;
      const order = await read.document<OrderState>(orderStream);
      const specimen = await read.document<SpecimenState>(specimenStream);
      const accession = specimen?.state.accession;
      if (order?.state.cancelled === undefined || specimen === undefined || accession === undefined) continue;
      if (order.state.cancelled.kept.includes(accession)) continue;
      const taken = specimen.state.receipts[0] ?? specimen.state.collected;
      found.push({
        check: 'order-cancelled-tube-received',
        subjects: [orderStream, specimenStream],
        says: [
          { what: 'order-cancelled', values: { order: order.state.number ?? '' } },
          {
            what: specimen.state.receipts.length > 0 ? 'tube-received' : 'tube-collected',
            values: { accession },
            at: taken?.at,
            user: taken?.by,
            device: taken?.device,
          },
        ],
      });
    }
    return found;
  },
};
