// A process that appends numbered records, syncs each, and only then says its number on stdout: what a test kills.
// Usage: write-loop FOLDER RECORDS BYTES. On a refused write it prints the failure as one JSON line and ends with code 3.
import { StorageFailure } from '#journal/ports/storage.ts';
import { NodeFiles } from '#node/storage/node-files.ts';

const [, , folder = '', records = '0', bytes = '0'] = process.argv;
const files = await NodeFiles.open(folder);
const length = Number(bytes);
let acknowledged = -1;

try {
  for (let number = 0; number < Number(records); number += 1) {
    const record = Buffer.alloc(length, `${number};`);
    record.writeUInt32BE(number, 0);
    await files.append('ledger.seg', record);
    await files.sync('ledger.seg');
    acknowledged = number;
    process.stdout.write(`${number}\n`);
  }
  process.stdout.write(`${JSON.stringify({ done: true, counters: files.counters })}\n`);
} catch (error) {
  if (!(error instanceof StorageFailure)) throw error;
  process.stdout.write(`${JSON.stringify({ code: error.code, failureClass: error.failureClass, acknowledged, message: error.message })}\n`);
  process.exitCode = 3;
}
await files.close();
