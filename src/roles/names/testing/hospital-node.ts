// A node in memory that runs the whole hospital, and one clerk who may do everything: for tests across hub and desk.
import type { Actor } from '#kernel/shared/actor.ts';
import { parseCommandId, type StreamId } from '#kernel/shared/ids.ts';
import { hospitalDomain } from '../../domain.ts';
import { CLERK, newHospital, type Node, type Tools } from '../../testing/world.ts';

export interface HospitalNode extends Node {
  /** In the order of registration. */
  readonly uhids: string[];
  do(name: string, input: unknown): Promise<Readonly<Record<string, unknown>>>;
  register(who: object): Promise<string>;
}

const PERMISSIONS = [...hospitalDomain.commands.keys(), ...[...hospitalDomain.queries.keys()].map((query) => `query:${query}`)];
const SEED = [
  { stream: 'role/clerkclerkclerk0' as StreamId, type: 'RoleDefined', data: { role: 'clerk', title: 'Clerk', permissions: PERMISSIONS } }, // 16 letters
  { stream: CLERK, type: 'UserCreated', data: { user: 'clerk', name: 'Clerk' } },
  { stream: CLERK, type: 'RoleGranted', data: { role: 'clerk' } },
];

export async function hospitalNode(tools: Tools): Promise<HospitalNode> {
  return atWork(await newHospital(tools, hospitalDomain, SEED));
}

export function actorOf(node: Node): Actor {
  const device = node.replica.own?.identity.device ?? ('device/aaaaaaaaaaaaaaaa' as StreamId); // 16 letters
  return { user: CLERK, userName: 'clerk', roles: ['clerk'], permissions: new Set(PERMISSIONS), session: 's1', device };
}

let counter = 0;

export function atWork(node: Node): HospitalNode {
  const uhids: string[] = [];
  const run = async (name: string, input: unknown): Promise<Readonly<Record<string, unknown>>> => {
    counter += 1;
    const id = parseCommandId(`h${counter}-${name}`);
    if (id === undefined) throw new Error('bad id');
    node.clock.ms += 1000;
    const done = await node.replica.execute({ name, input, id, actor: actorOf(node) });
    if (!done.ok) throw new Error(`${name}: ${JSON.stringify(done.rejection)}`);
    return (done.result ?? {}) as Readonly<Record<string, unknown>>; // commands of the kernel answer with an object
  };
  return Object.assign(node, {
    uhids,
    do: run,
    register: async (who: object) => {
      const uhid = String((await run('registerPatient', { sex: 'female', age: { years: 30 }, ...who }))['uhid']);
      uhids.push(uhid);
      return uhid;
    },
  });
}
