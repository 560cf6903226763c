// Tests of what is said about a browser that cannot be a desk.
import { describe, expect, test } from 'vitest';
import { DESK_CODES } from '#kernel/shared/codes/desk.ts';
import { lacks, lackText, type Surroundings } from './environment.ts';
import { askToKeep } from './persistence.ts';

const whole: Surroundings = {
  isSecureContext: true,
  location: { protocol: 'https:', hostname: 'desk.hospital' },
  navigator: { serviceWorker: {}, locks: {}, storage: { getDirectory: () => Promise.resolve({}) } },
  crypto: { subtle: { generateKey: () => Promise.resolve({}) } },
  Worker: class {},
  BroadcastChannel: class {},
};

describe('what a browser lacks', () => {
  test('nothing when all is there', async () => {
    expect(await lacks(whole)).toEqual([]);
  });

  test('an insecure address is told alone', async () => {
    expect(await lacks({ isSecureContext: false, location: whole.location, navigator: {} })).toEqual(['desk-not-secure']);
  });

  test('each part by itself, also when it is offered and then refused', async () => {
    const { crypto: _crypto, ...noCrypto } = whole;
    const { Worker: _worker, ...noWorker } = whole;
    const refuse = (): Promise<never> => Promise.reject(new DOMException('no', 'SecurityError'));
    expect(await lacks({ ...whole, navigator: { ...whole.navigator, serviceWorker: undefined } })).toEqual(['desk-no-service-worker']);
    expect(await lacks({ ...whole, navigator: { ...whole.navigator, storage: {} } })).toEqual(['desk-no-storage']);
    expect(await lacks({ ...whole, navigator: { ...whole.navigator, storage: { getDirectory: refuse } } })).toEqual(['desk-no-storage']);
    expect(await lacks({ ...whole, navigator: { ...whole.navigator, locks: undefined } })).toEqual(['desk-no-locks']);
    expect(await lacks(noCrypto)).toEqual(['desk-no-crypto']);
    expect(await lacks({ ...whole, crypto: { subtle: { generateKey: refuse } } })).toEqual(['desk-no-crypto']);
    expect(await lacks(noWorker)).toEqual(['desk-no-workers']);
  });

  test('the sentence names the address, in both languages', () => {
    expect(lackText('desk-not-secure', 'en', 'hub.lan:8080')).toContain('http://hub.lan:8080.');
    expect(lackText('desk-not-secure', 'hi', 'hub.lan:8080')).toContain('http://hub.lan:8080 ');
    const facts = (text: string): readonly string[] => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted();
    for (const [code, text] of Object.entries(DESK_CODES)) {
      expect({ code, hindi: /[\u0900-\u097f]/.test(text.hi), facts: facts(text.hi) }).toEqual({ code, hindi: true, facts: facts(text.en) });
    }
  });
});

describe('what the browser promises to keep', () => {
  const GB = 1024 ** 3;
  test('kept: no advice', async () => {
    expect(
      await askToKeep(
        {
          persisted: () => Promise.resolve(false),
          persist: () => Promise.resolve(true),
          estimate: () => Promise.resolve({ usage: 1, quota: GB }),
        },
        false,
      ),
    ).toEqual({
      persisted: true,
      usedBytes: 1,
      quotaBytes: GB,
      installed: false,
      advice: [],
    });
  });

  test('not kept: what to do depends on whether the app is installed; a nearly full PC comes first', async () => {
    const refused = {
      persisted: () => Promise.resolve(false),
      persist: () => Promise.resolve(false),
      estimate: () => Promise.resolve({ usage: GB - 1, quota: GB }),
    };
    expect((await askToKeep(refused, false)).advice).toEqual(['storage-nearly-full', 'storage-not-kept']);
    expect((await askToKeep(refused, true)).advice).toEqual(['storage-nearly-full', 'storage-not-kept-installed']);
  });

  test('a browser that cannot be asked promises nothing', async () => {
    expect((await askToKeep({}, false)).advice).toEqual(['storage-not-kept']);
    expect(
      (await askToKeep({ persisted: () => Promise.reject(new Error('no')), estimate: () => Promise.reject(new Error('no')) }, false))
        .persisted,
    ).toBe(false);
  });
});
