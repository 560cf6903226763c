// The journal's segment log on a real disk: killed again and again, torn, and on a full disk, it keeps all that it acknowledged.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type OpenedLog, SegmentLog } from '#journal/segment-log.ts';
import { runChild } from '#node/testing/child.ts';
import { canMount, smallDisk } from '#node/testing/disks.ts';
import { temporaryFolder } from '#node/testing/temporary-folder.ts';
import { NodeFiles } from './node-files.ts';

const LOG_LOOP = path.join(import.meta.dirname, '../testing/log-loop.ts');
const SEGMENT_BYTES = 20_000;

interface Opened extends OpenedLog {
  readonly numbers: readonly number[];
  readonly files: NodeFiles;
}

async function open(folder: string): Promise<Opened> {
  const files = await NodeFiles.open(folder);
  const numbers: number[] = [];
  const opened = await SegmentLog.open(files, { segmentBytes: SEGMENT_BYTES }, { segment: 1, offset: 0 }, (payload) => {
    numbers.push(Number.parseInt(new TextDecoder().decode(payload), 10));
  });
  return { ...opened, numbers, files };
}

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);
const acknowledged = (lines: readonly string[]): number => Number(lines.findLast((line) => /^\d+$/.test(line)) ?? 0);

test('killed eight times in the middle of writing, over several segments: nothing acknowledged is missing, nothing is doubled', async () => {
  using folder = temporaryFolder();
  let sure = 0;
  for (let round = 0; round < 8; round += 1) {
    const outcome = await runChild(LOG_LOOP, [folder.path, String(1 + (round % 3) * 10), String(SEGMENT_BYTES)], {
      killWhen: (_line, count) => count >= 5 + round * 3,
    });
    expect(outcome.signal).toBe('SIGKILL');
    sure = acknowledged(outcome.lines);
    const { numbers, damaged, files } = await open(folder.path);
    expect(damaged).toEqual([]);
    expect(numbers.length).toBeGreaterThanOrEqual(sure);
    expect(numbers).toEqual(upTo(numbers.length));
    await files.close();
  }
  expect(sure).toBeGreaterThan(100);
  expect(fs.readdirSync(folder.path).length).toBeGreaterThan(1);
});

test('a tail torn at any byte is cut, and writing goes on behind the last whole record', async () => {
  using folder = temporaryFolder();
  await runChild(LOG_LOOP, [folder.file('whole'), '5', '1000000'], { killWhen: (_line, count) => count >= 4 });
  const { numbers, log, files } = await open(folder.file('whole'));
  const whole = numbers.length;
  const { offset } = log.end;
  await files.close();
  const segment = fs.readFileSync(folder.file('whole/journal-00000001.seg'));
  for (let torn = 1; torn < 60; torn += 7) {
    const copy = folder.file(`torn-${torn}`);
    fs.mkdirSync(copy);
    fs.writeFileSync(path.join(copy, 'journal-00000001.seg'), segment.subarray(0, offset - torn));
    const cut = await open(copy);
    expect(cut.numbers).toEqual(upTo(whole - 1));
    expect(cut.cutBytes).toBeGreaterThan(0);
    await cut.log.append([Buffer.from(`${whole - 1} again`)]);
    await cut.files.close();
    const again = await open(copy);
    expect(again.numbers).toEqual(upTo(whole));
    expect(again.cutBytes).toBe(0);
    await again.files.close();
  }
});

test.skipIf(!canMount())('a full disk: what was acknowledged is there, and with room again writing goes on', async () => {
  using disk = smallDisk(256 * 1024);
  if (disk === undefined) throw new Error('it could mount a moment ago');
  fs.writeFileSync(path.join(disk.path, 'ballast'), Buffer.alloc(64 * 1024));
  const folder = path.join(disk.path, 'journal');
  const outcome = await runChild(LOG_LOOP, [folder, '7', String(SEGMENT_BYTES)]);
  expect(outcome.code).toBe(3);
  const said = JSON.parse(outcome.lines.at(-1) ?? '') as { code: string; acknowledged: number }; // by log-loop
  expect(said.code).toBe('disk-full');
  expect(said.acknowledged).toBeGreaterThan(100);
  fs.rmSync(path.join(disk.path, 'ballast'));
  const after = await open(folder);
  expect(after.numbers).toEqual(upTo(said.acknowledged));
  await after.log.append([Buffer.from(`${said.acknowledged} room again`)]);
  await after.files.close();
  const again = await open(folder);
  expect(again.numbers).toEqual(upTo(said.acknowledged + 1));
  await again.files.close();
});

test('a bit that flips in the middle is found, named and kept, and everything around it is read', async () => {
  using folder = temporaryFolder();
  await runChild(LOG_LOOP, [folder.path, '5', '1000000'], { killWhen: (_line, count) => count >= 4 });
  const before = await open(folder.path);
  await before.files.close();
  const file = folder.file('journal-00000001.seg');
  const bytes = fs.readFileSync(file);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 4;
  fs.writeFileSync(file, bytes);
  const after = await open(folder.path);
  expect(after.damaged).toHaveLength(1);
  expect(after.numbers).toHaveLength(before.numbers.length - 1);
  expect(fs.statSync(file).size).toBe(bytes.length);
  await after.files.close();
});
