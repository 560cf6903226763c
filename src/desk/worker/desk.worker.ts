// Entry of the one worker that owns the replica of this browser profile.
import { BUILD, VERSION } from '../build-info.ts';
import { makeDeskService } from './desk-service.ts';
import { runWorker } from './run-worker.ts';

runWorker({ makeService: makeDeskService, build: BUILD, version: VERSION });
