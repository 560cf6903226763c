// Query: devices with their epochs and number ranges. How each is doing now (last heard, unsent work) is the replica's to say.
import type { DeviceState } from '#kernel/device/device.ts';
import { instant } from '#kernel/shared/time.ts';
import { QUERY_SIGNATURES } from '../query-signatures.ts';
import { defineQuery } from '../view.ts';

export const devicesQuery = defineQuery({
  name: 'devices',
  ...QUERY_SIGNATURES.devices,
  audited: () => [],
  run: async (_input, read) => {
    const documents = await read.all<DeviceState>('device');
    const devices = documents
      .filter(({ state }) => state.role !== undefined)
      .map(({ stream, state }) => ({
        device: stream,
        name: state.name ?? stream,
        role: state.role ?? null,
        deskKinds: state.deskKinds,
        epochs: state.epochs.map(({ epoch, status }) => ({ epoch, status })),
        ranges: state.ranges.map(({ range }) => range),
        revoked: state.revocations.length > 0,
        validFrom: state.validFrom === undefined ? null : instant(state.validFrom),
        validTo: state.validTo === undefined ? null : instant(state.validTo),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.device < b.device ? -1 : 1));
    return { ok: true, result: { devices } };
  },
});
