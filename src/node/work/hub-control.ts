// What a running hub answers to other verbs on the same folder.
import { z } from 'zod';
import { digestOf } from '#roles/digest.ts';
import type { HubRole } from '#roles/hub-role.ts';
import { Refused } from '../cli/exit.ts';
import type { ControlAnswer } from '../control.ts';
import { writeExport } from './export.ts';

const DESK_KINDS = ['registration', 'collection', 'lab', 'patient', 'ward', 'doctor', 'billing', 'appointments', 'command', 'all'] as const;
const inviteInput = z.object({
  role: z.enum(['hub', 'desk', 'vault']),
  desk: z.enum(DESK_KINDS).exactOptional(),
  name: z.string().max(80).exactOptional(),
});
const exportInput = z.object({ out: z.string() });

export async function answerControl(hub: HubRole, verb: string, input: unknown): Promise<ControlAnswer> {
  switch (verb) {
    case 'invite': {
      const { role, desk, name } = inviteInput.parse(input);
      const kinds = role === 'desk' ? [desk ?? 'all'] : [];
      return { ok: true, result: { invite: await hub.invite(role, kinds, name ?? '') } };
    }
    case 'digest':
      return { ok: true, result: await digestOf(hub.replica) };
    case 'export':
      try {
        return { ok: true, result: await writeExport(hub.replica, exportInput.parse(input).out) };
      } catch (error) {
        if (error instanceof Refused) return { ok: false, message: error.message };
        throw error;
      }
    default:
      return { ok: false, message: `The running process does not know '${verb}'. It may be of another version: stop it and try again.` };
  }
}
