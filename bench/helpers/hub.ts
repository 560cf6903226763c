// A hub as the product runs it, in a process of its own, whose CPU is the figure.
import { runHub } from '#node/work/hub.ts';
import { services } from '#node/cli/build-services.ts';
import { serveHelper } from '../support/process.ts';

const dir = process.argv[2] ?? '';
const running = await runHub({ dir, port: 0, peers: [] });

serveHelper({
  url: () => running.output['url'],
  invite: async (desk: string) => (await services.invite?.({ dir, role: 'desk', desk, name: 'bench desk' }))?.['invite'],
  memory: () => process.memoryUsage().rss,
  stop: () => running.stop(),
});
