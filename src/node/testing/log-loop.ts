// A process that appends numbered records to the journal's segment log and acknowledges each group on stdout.
// Usage: log-loop FOLDER GROUP SEGMENT_BYTES. Ends with code 3 and a JSON line when the disk refuses.
import { SegmentLog } from '#journal/segment-log.ts';
import { StorageFailure } from '#journal/ports/storage.ts';
import { NodeFiles } from '#node/storage/node-files.ts';

const [, , folder = '', group = '1', segmentBytes = '0'] = process.argv;
const files = await NodeFiles.open(folder);
let next = 0;
const { log } = await SegmentLog.open(files, { segmentBytes: Number(segmentBytes) }, { segment: 1, offset: 0 }, () => {
  next += 1;
});

try {
  for (;;) {
    const records = Array.from({ length: Number(group) }, (_, i) => Buffer.from(`${next + i} ${'x'.repeat(50 + ((next + i) % 700))}`));
    await log.append(records);
    next += records.length;
    process.stdout.write(`${next}\n`);
  }
} catch (error) {
  if (!(error instanceof StorageFailure)) throw error;
  process.stdout.write(`${JSON.stringify({ code: error.code, acknowledged: next })}\n`);
  process.exitCode = 3;
}
