// The worker of the platform tests: the real host around the tiny ledger, with faults switched on by the worker's name.
import { BUILD, VERSION } from '#desk/build-info.ts';
import { runWorker } from '#desk/worker/run-worker.ts';
import { LedgerService } from './ledger-service.ts';

/** `fail-open=3`: the third opening of a file in this worker fails, once. `fail-open=all`: every one does. */
const failing = /fail-open=(\d+|all)/.exec(self.name)?.[1];
if (failing !== undefined) {
  const original = FileSystemFileHandle.prototype.createSyncAccessHandle;
  let count = 0;
  FileSystemFileHandle.prototype.createSyncAccessHandle = function createSyncAccessHandle() {
    count += 1;
    if (failing === 'all' || count === Number(failing)) return Promise.reject(new DOMException('planted', 'UnknownError'));
    return original.call(this);
  };
}

runWorker({ makeService: () => new LedgerService(), build: BUILD, version: VERSION });
