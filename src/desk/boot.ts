// Starts a desk in a tab: looks at the browser, connects to the replica, then hands over to the screens. It must not know any screen.
import './boot.css';
import type { DeskClient } from './app/desk-client.ts';
import { BUILD } from './build-info.ts';
import { connectDesk, type Desk } from './client.ts';
import { lacks, lackText, type Lack } from './environment.ts';
import { askToKeep, type Persistence } from './persistence.ts';
import { screenClient } from './screen-client.ts';
import { reached } from './stages.ts';
import { startUpdates } from './start-updates.ts';
import type { Updates } from './updates.ts';

export interface Booted {
  /** What screens use. */
  readonly client: DeskClient;
  /** The raw way to the replica: link, role, status of the worker. */
  readonly desk: Desk;
  /** Undefined while developing, and when the service worker was refused: then the desk opens only with a network. */
  readonly updates: Promise<Updates | undefined>;
  readonly persistence: Promise<Persistence>;
  /** Before an update reloads the page every function here is awaited: whatever keeps what is typed. */
  readonly beforeReload: Set<() => void | Promise<void>>;
}

/** Shows what is missing and does not start, or mounts the screens. */
export async function boot(root: HTMLElement, mount: (root: HTMLElement, booted: Booted) => Promise<void>): Promise<void> {
  reached('page-code');
  const found = await lacks(window);
  reached('page-checked');
  if (found.length > 0) {
    showLacks(root, found);
    return;
  }
  const desk = connectDesk({
    build: BUILD,
    spawn: () => new Worker(new URL('./worker/desk.worker.ts', import.meta.url), { type: 'module', name: 'nirantar' }),
  });
  const beforeReload = new Set<() => void | Promise<void>>();
  await mount(root, {
    desk,
    client: screenClient(desk),
    beforeReload,
    updates: import.meta.env.PROD ? startUpdates(beforeReload) : Promise.resolve(undefined),
    persistence: askToKeep(navigator.storage, matchMedia('(display-mode: standalone)').matches),
  });
  reached('page-drawn');
}

function showLacks(root: HTMLElement, found: readonly Lack[]): void {
  const page = document.createElement('main');
  page.className = 'boot';
  for (const language of ['hi', 'en'] as const) {
    const section = document.createElement('section');
    section.lang = language;
    const title = document.createElement('h1');
    title.textContent = language === 'hi' ? 'यह PC अभी डेस्क नहीं बन सकता' : 'This PC cannot work as a desk yet';
    const list = document.createElement('ul');
    for (const lack of found) {
      const item = document.createElement('li');
      item.dataset['lack'] = lack;
      item.textContent = lackText(lack, language, location.host);
      list.append(item);
    }
    section.append(title, list);
    page.append(section);
  }
  root.replaceChildren(page);
}
