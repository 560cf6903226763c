// Nothing about a person is ever written down, and what is written is one line of JSON with its time.
import fs from 'node:fs';
import { expect, test } from 'vitest';
import { StorageFailure } from '#journal/ports/storage.ts';
import { temporaryFolder } from '#node/testing/temporary-folder.ts';
import { createLog, type Log } from './log.ts';
import { createMetrics } from './metrics.ts';

function written(use: (log: Log) => void): readonly Record<string, unknown>[] {
  using folder = temporaryFolder();
  const file = folder.file('logs/node.log');
  const log = createLog({ file, node: 'opd' });
  use(log);
  return fs
    .readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>); // pino's lines
}

test('an event with its facts is one line with time, level and node', () => {
  const [line] = written((log) => log.info('peer connected', { peer: 'lab', commits: 3 }));
  expect(line).toMatchObject({ level: 'info', node: 'opd', event: 'peer connected', peer: 'lab', commits: 3 });
  expect(Date.parse(String(line?.['time']))).toBeGreaterThan(0);
});

test('fields under which a person could slip in are not written', () => {
  const lines = written((log) =>
    log.warn('x', { name: 'Sunita', phone: '9876543210', search: 'sun', uhid: '100042000173', password: 'p' }),
  );
  expect(JSON.stringify(lines)).not.toMatch(/Sunita|9876543210|"sun"|100042000173|"p"/);
});

test('of an error stand name, code and places, and its words only when they are ours', () => {
  const lines = written((log) => {
    log.error('failed', new TypeError('cannot read "Sunita Devi"'));
    log.error('disk', new StorageFailure('disk-full', 'transient', 'the disk is full'));
    log.error('odd', 'Sunita Devi');
  });
  expect(JSON.stringify(lines)).not.toContain('Sunita');
  expect(lines[0]).toMatchObject({ error: 'TypeError', frames: expect.stringContaining('log.node.test.ts') as string });
  expect(lines[1]).toMatchObject({ error: 'StorageFailure', code: 'disk-full', message: 'the disk is full' });
});

test('metrics are in Prometheus text with the node on each line', async () => {
  const metrics = createMetrics('opd');
  let waiting = 3;
  metrics.gauge('nirantar_waiting', 'Commits that no hub has yet', () => waiting);
  const accepted = metrics.counter('nirantar_commits_total', 'Commits accepted');
  accepted.add();
  accepted.add(4);
  metrics.observeRequest('/api/v1/commands/:name', 'POST', 201, 0.003);
  waiting = 7;
  const text = await metrics.text();
  expect(text).toContain('nirantar_waiting{node="opd"} 7');
  expect(text).toContain('nirantar_commits_total{node="opd"} 5');
  expect(text).toContain(
    'nirantar_http_request_seconds_bucket{le="0.005",node="opd",route="/api/v1/commands/:name",method="POST",status="2xx"} 1',
  );
  expect(text).toContain('nodejs_eventloop_lag_seconds');
});
