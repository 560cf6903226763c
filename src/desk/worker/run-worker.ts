// The life of the one worker that owns the replica: wait for the one before, open everything, serve. It must not know what it serves.
import { StorageFailure } from '#journal/ports/storage.ts';
import { broadcastWire } from './rpc.ts';
import { RpcHost } from './rpc-host.ts';
import { STOP, STOPPED } from './leader.ts';
import { openBrowserPorts, type OpenedPorts } from './browser-ports.ts';
import { reached } from '../stages.ts';
import type { WorkerService } from './service.ts';

/** Held by the worker itself: the browser gives it free only when the worker, and with it every open file, is gone. */
const STORAGE_LOCK = 'nirantar-desk-storage';
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;

export interface WorkerOptions {
  readonly makeService: () => WorkerService;
  readonly build: number;
  readonly version: string;
}

export function runWorker(options: WorkerOptions): void {
  reached('worker-code');
  const host = new RpcHost(broadcastWire(), crypto.randomUUID(), options.build);
  let stop: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    stop = resolve;
  });
  addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.data === STOP) stop();
  });
  void navigator.locks.request(STORAGE_LOCK, async () => {
    reached('worker-lock');
    const running = await openAndStart(options, host);
    if (running === undefined) return;
    host.serve(running.service);
    reached('served');
    await asked;
    host.close();
    await running.service.stop();
    await running.opened.close();
    postMessage(STOPPED);
  });
}

interface Running {
  readonly service: WorkerService;
  readonly opened: OpenedPorts;
}

/** Tries until it opens. Undefined when waiting will not help: then the host tells everybody why, and nothing is touched. */
async function openAndStart(options: WorkerOptions, host: RpcHost): Promise<Running | undefined> {
  for (let wait = FIRST_RETRY_MS; ; wait = Math.min(LONGEST_RETRY_MS, wait * 2)) {
    let opened: OpenedPorts | undefined;
    try {
      opened = await openBrowserPorts(options.version);
      const service = options.makeService();
      await service.start(opened.ports);
      return { service, opened };
    } catch (error) {
      await opened?.close().catch(() => undefined);
      if (!(error instanceof StorageFailure) || error.failureClass === 'permanent') {
        // A full disk is permanent for a write, but at start it is worth another look: somebody may be making room.
        if (!(error instanceof StorageFailure && error.code === 'disk-full')) {
          host.stopped(error);
          return undefined;
        }
      }
      host.waiting(error);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}
