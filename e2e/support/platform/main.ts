// The page of the platform tests: the shell's own parts without screens, offered to the test as `window.platform`.
import { BUILD, VERSION } from '#desk/build-info.ts';
import { startUpdates } from '#desk/start-updates.ts';
import { connectDesk } from '#desk/client.ts';
import { draftsOf } from '#desk/drafts.ts';
import { lacks } from '#desk/environment.ts';
import { askToKeep } from '#desk/persistence.ts';

const name = new URLSearchParams(location.search).get('worker') ?? 'platform';
const typed = document.querySelector('textarea');
const drafts = draftsOf(sessionStorage, 'test', 'user/1', () => Date.now());
if (typed !== null) {
  const draft = drafts.load('typed');
  typed.value = typeof draft === 'string' ? draft : '';
  typed.addEventListener('input', () => drafts.save('typed', typed.value));
}

async function start(): Promise<void> {
  const missing = await lacks(window);
  const state = document.querySelector('#state');
  if (missing.length > 0) {
    if (state !== null) state.textContent = missing.join(' ');
    return;
  }
  const startedAt = performance.now();
  const desk = connectDesk({
    build: BUILD,
    spawn: () => new Worker(new URL('./platform.worker.ts', import.meta.url), { type: 'module', name }),
  });
  const acknowledged: string[] = [];
  const refused: string[] = [];
  const stalls: number[] = [];
  const changes: string[] = [];
  desk.subscribe((change) => changes.push(change.kind));
  const readyMs = new Promise<number>((resolve) => {
    if (desk.link.status === 'ready') resolve(performance.now() - startedAt);
    desk.onLink((link) => link.status === 'ready' && resolve(performance.now() - startedAt));
  });

  async function add(key: string): Promise<void> {
    const asked = performance.now();
    try {
      await desk.command('add', { value: key }, key);
      acknowledged.push(key);
      console.log(`ACK ${key}`);
    } catch (error) {
      refused.push(error instanceof Error && 'code' in error ? String(error.code) : String(error));
    }
    stalls.push(performance.now() - asked);
  }

  Object.assign(window, {
    platform: {
      desk,
      drafts,
      acknowledged,
      refused,
      stalls,
      changes,
      readyMs,
      version: VERSION,
      updates: startUpdates(new Set()),
      persistence: askToKeep(navigator.storage, false),
      conformance: async () => (await import('./conformance.ts')).runConformance(),
      add,
      async addMany(prefix: string, count: number, pauseMs = 0) {
        for (let i = 0; i < count; i += 1) {
          await add(`${prefix}-${i}`);
          if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
        }
      },
    },
  });
  if (state !== null) state.textContent = 'loaded';
}

void start();
