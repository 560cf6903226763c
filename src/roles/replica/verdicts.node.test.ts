// Verdicts do not depend on what arrived first: a rebuild, and a replica that got everything in another order, show the same.
import { expect, test } from 'vitest';
import type { StreamId } from '#kernel/shared/ids.ts';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { CLERK, copy, join, newHospital, picture, reopen, run, type Node, type Tools } from '../testing/world.ts';

const tools: Tools = { crypto: new NodeCrypto(), sql: async () => (await NodeSql.open(':memory:')).sql };
const ROLE = 'role/clerkclerkclerk0' as StreamId;

const rows = async (node: Node): Promise<number> =>
  (JSON.parse(await picture(node)) as unknown[][])[1]!.filter((row) => (row as { text: string }).text !== '').length;

async function revoke(hub: Node, node: Node, seq: number): Promise<void> {
  const own = node.replica.own!; // joined
  const [head] = await node.replica.commits(await node.replica.index.numbersOfChain(own.epoch, seq, seq));
  const heads = head === undefined ? [] : [{ epoch: own.epoch, seq, hash: Buffer.from(head.hash).toString('base64url') }];
  await hub.replica.writeAsDevice('revokeDevice', `revoke-${own.epoch}-${seq}`, [
    { stream: own.identity.device, type: 'DeviceRevoked', data: { heads, reason: 'stolen' } },
  ]);
}

/** Everything of `from` in the order given, at a fresh hub. */
async function inOrder(from: Node, order: (n: number) => number): Promise<Node> {
  const fresh = await join(tools, from, 'hub');
  const numbers = Array.from({ length: from.replica.position.n }, (_, i) => i + 1).sort((a, b) => order(a) - order(b));
  for (const n of numbers) await copy(from.replica, fresh.replica, [n]);
  await copy(from.replica, fresh.replica);
  return fresh;
}

test('what a revoked desk wrote after the trusted point is set aside also where it was shown already', async () => {
  const hub = await newHospital(tools);
  const desk = await join(tools, hub, 'desk');
  for (let i = 0; i < 4; i += 1) await run(desk, 'writeNote', { text: `n${i}` });
  await copy(desk.replica, hub.replica);
  expect(await rows(hub)).toBe(4);
  await revoke(hub, desk, 2);
  expect(await rows(hub)).toBe(2);
  expect(await picture(await reopen(tools, hub))).toBe(await picture(hub));
  const backwards = await inOrder(hub, (n) => -n);
  await copy(backwards.replica, hub.replica);
  expect(await picture(backwards)).toBe(await picture(hub));
});

test('what a revoked hub enrolled falls with it', async () => {
  const hub = await newHospital(tools);
  const rogue = await join(tools, hub, 'hub');
  const desk = await join(tools, rogue, 'desk');
  await run(desk, 'writeNote', { text: 'by a desk of the rogue' });
  await copy(rogue.replica, hub.replica);
  await copy(desk.replica, hub.replica);
  expect(await rows(hub)).toBe(1);
  await revoke(hub, rogue, 0);
  expect(await rows(hub)).toBe(0);
  expect(await picture(await reopen(tools, hub))).toBe(await picture(hub));
});

test('a role that loses a permission leaves what was done before as it was', async () => {
  const hub = await newHospital(tools);
  const desk = await join(tools, hub, 'desk');
  await run(desk, 'writeNote', { text: 'before' });
  await copy(desk.replica, hub.replica);
  await hub.replica.writeAsDevice('defineRole', 'role-2', [
    { stream: ROLE, type: 'RoleDefined', data: { role: 'clerk', title: 'Clerk', permissions: ['changeNote'] } },
  ]);
  await run(desk, 'writeNote', { text: 'did not know yet' });
  await copy(desk.replica, hub.replica);
  expect(await rows(hub)).toBe(2);
  expect(await picture(await reopen(tools, hub))).toBe(await picture(hub));
  await copy(hub.replica, desk.replica);
  await hub.replica.writeAsDevice('retireRole', 'role-3', [{ stream: ROLE, type: 'RoleRetired', data: {} }]);
  expect(await picture(await reopen(tools, hub))).toBe(await picture(hub));
  expect(await rows(await reopen(tools, hub))).toBe(2);
  // The desk knows now: what it writes all the same has no effect.
  await run(desk, 'writeNote', { text: 'knew' });
  await copy(desk.replica, hub.replica);
  expect(await rows(hub)).toBe(2);
});

test('a removal that arrives after the work that knew it counts against that work', async () => {
  const hub = await newHospital(tools);
  const desk = await join(tools, hub, 'desk');
  const late = await join(tools, hub, 'hub');
  await copy(hub.replica, late.replica);
  const grant = (await hub.replica.document<{ grants: { ref: string }[] }>(CLERK))!.state.grants[0]!.ref; // of the seed
  await hub.replica.writeAsDevice('removeRole', 'remove-1', [
    { stream: CLERK, type: 'RoleRemoved', data: { role: 'clerk', grants: [grant] } },
  ]);
  await copy(hub.replica, desk.replica);
  await run(desk, 'writeNote', { text: 'knew of the removal' });
  await copy(desk.replica, late.replica, [desk.replica.position.n]);
  await copy(desk.replica, hub.replica);
  expect(await rows(hub)).toBe(0);
  await copy(hub.replica, late.replica);
  expect(await rows(late)).toBe(0);
  expect(await picture(late)).toBe(await picture(hub));
});
