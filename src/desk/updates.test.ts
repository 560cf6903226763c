// Tests of the update flow on a service worker container that does only what the test says.
import { describe, expect, test } from 'vitest';
import { watchUpdates, type UpdateOptions } from './updates.ts';

class FakeWorker extends EventTarget {
  readonly messages: unknown[] = [];
  postMessage(message: unknown): void {
    this.messages.push(message);
  }
}
class FakeRegistration extends EventTarget {
  waiting: FakeWorker | null = null;
  installing: FakeWorker | null = null;
  online = true;
  update(): Promise<void> {
    return this.online ? Promise.resolve() : Promise.reject(new TypeError('no network'));
  }
}
class FakeContainer extends EventTarget {
  controller: unknown = null;
  readonly registration = new FakeRegistration();
  register(): Promise<FakeRegistration> {
    return Promise.resolve(this.registration);
  }
}

async function watched(container: FakeContainer, more: Partial<UpdateOptions> = {}) {
  let reloads = 0;
  let kept = 0;
  const updates = await watchUpdates({
    container: container as unknown as ServiceWorkerContainer, // only what is used is there
    script: new URL('https://desk.test/sw.js'),
    beforeReload: () => {
      kept += 1;
      return Promise.resolve();
    },
    reload: () => {
      reloads += 1;
    },
    hidden: { now: () => false, when: () => undefined },
    ...more,
  });
  return { updates, counts: () => ({ reloads, kept }) };
}

function arrives(container: FakeContainer): FakeWorker {
  const worker = new FakeWorker();
  container.registration.installing = worker;
  container.registration.dispatchEvent(new Event('updatefound'));
  container.registration.waiting = worker;
  worker.dispatchEvent(new Event('statechange'));
  return worker;
}
const takesOver = async (container: FakeContainer): Promise<void> => {
  container.dispatchEvent(new Event('controllerchange'));
  await Promise.resolve();
  await Promise.resolve();
};

describe('updates', () => {
  test('the first visit is no update', async () => {
    const container = new FakeContainer();
    const { updates, counts } = await watched(container);
    arrives(container);
    await takesOver(container);
    expect(updates.state).toEqual({ status: 'none' });
    expect(counts()).toEqual({ reloads: 0, kept: 0 });
    await updates.install();
  });

  test('a new version waits until it is picked; typed text is kept before the reload', async () => {
    const container = new FakeContainer();
    container.controller = {};
    const { updates, counts } = await watched(container);
    const heard: string[] = [];
    updates.subscribe((state) => heard.push(state.status));
    const worker = arrives(container);
    expect(worker.messages).toEqual([]);
    expect(counts().reloads).toBe(0);
    await updates.install();
    expect(worker.messages).toEqual([{ type: 'SKIP_WAITING' }]);
    expect(counts()).toEqual({ reloads: 0, kept: 1 });
    await takesOver(container);
    expect(counts()).toEqual({ reloads: 1, kept: 2 });
    expect(heard).toEqual(['waiting', 'installing']);
  });

  test('when what is typed cannot be kept nothing is installed', async () => {
    const container = new FakeContainer();
    container.controller = {};
    const { updates } = await watched(container, { beforeReload: () => Promise.reject(new Error('full')) });
    const worker = arrives(container);
    await expect(updates.install()).rejects.toThrow('full');
    expect(worker.messages).toEqual([]);
    expect(updates.state).toEqual({ status: 'waiting' });
  });

  test('another tab picked: a tab in use waits till it is hidden, a hidden one reloads at once', async () => {
    const container = new FakeContainer();
    container.controller = {};
    let hide: () => void = () => undefined;
    const inUse = await watched(container, { hidden: { now: () => false, when: (listener) => (hide = listener) } });
    await takesOver(container);
    expect(inUse.updates.state).toEqual({ status: 'reload-needed' });
    expect(inUse.counts().reloads).toBe(0);
    hide();
    await Promise.resolve();
    await Promise.resolve();
    expect(inUse.counts().reloads).toBe(1);
    const other = new FakeContainer();
    other.controller = {};
    const hidden = await watched(other, { hidden: { now: () => true, when: () => undefined } });
    await takesOver(other);
    expect(hidden.counts()).toEqual({ reloads: 1, kept: 1 });
  });

  test('looking for a version with no network is no error', async () => {
    const container = new FakeContainer();
    const { updates } = await watched(container);
    expect(await updates.check()).toBe(true);
    container.registration.online = false;
    expect(await updates.check()).toBe(false);
  });
});
