// The service of the product's worker. Until `src/roles/desk` is there this build can open its storage and nothing else, and says so.
import type { WorkerService } from './service.ts';

/** To be replaced by the desk role: `start` hands the ports to it, `call` and `onChange` are its own. */
export function makeDeskService(): WorkerService {
  return {
    start: () => Promise.reject(new Error('this build has no desk role')),
    call: () => Promise.reject(new Error('this build has no desk role')),
    onChange: () => undefined,
    stop: () => Promise.resolve(),
  };
}
