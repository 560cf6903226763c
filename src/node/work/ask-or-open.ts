// Questions to a folder: asked of the process that runs in it, else answered by opening it.
import { HubRole } from '#roles/hub-role.ts';
import { Refused } from '../cli/exit.ts';
import type { Output } from '../cli/services.ts';
import { askControl } from '../control.ts';
import { answerControl } from './hub-control.ts';
import { tlsPort } from './hub-tls.ts';
import { openReplica } from './open-replica.ts';
import { stationPorts } from './station-ports.ts';

export async function askOrOpen(dir: string, verb: string, input: unknown): Promise<Output> {
  const running = await askControl(dir, verb, input);
  if (running !== undefined) {
    if (!running.ok) throw new Refused(running.message);
    return running.result as Output; // of answerControl
  }
  const { home, replica, file } = await openReplica(dir);
  try {
    const hub = new HubRole({ replica, file, ...stationPorts(), url: () => '', tls: tlsPort(home, file.hospital) });
    const answer = await answerControl(hub, verb, input);
    if (!answer.ok) throw new Refused(answer.message);
    return answer.result as Output; // of answerControl
  } finally {
    await home.close();
  }
}
