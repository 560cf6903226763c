// Tests of the drafts: kept, of one user and desk, not for ever, and never a reason for a crash.
import { describe, expect, test } from 'vitest';
import { draftsOf, forgetDraftsOf, placeOfDraft, type DraftPlace } from './drafts.ts';

class Place implements DraftPlace {
  readonly items = new Map<string, string>();
  full = false;
  get length(): number {
    return this.items.size;
  }
  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    if (this.full) throw new DOMException('full', 'QuotaExceededError');
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
}

describe('drafts', () => {
  test('of two streams are two: what was typed or ticked for one patient never shows for the next', () => {
    expect(placeOfDraft('registration/form')).toEqual({ desk: 'registration', form: 'form' });
    expect(placeOfDraft('lab/call-name-result/AbC')).toEqual({ desk: 'lab', form: 'call-name-result/AbC' });
    expect(placeOfDraft('lab/call-name-result/XyZ')).not.toEqual(placeOfDraft('lab/call-name-result/AbC'));
  });

  test('what is typed comes back after a reload, until it is saved', () => {
    const place = new Place();
    draftsOf(place, 'registration', 'user/a:b', () => 0).save('new', { name: 'सुनीता' });
    const again = draftsOf(place, 'registration', 'user/a:b', () => 1_000);
    expect(again.load('new')).toEqual({ name: 'सुनीता' });
    expect(again.list()).toEqual(['new']);
    again.clear('new');
    expect(again.load('new')).toBeUndefined();
    expect(place.items.size).toBe(0);
  });

  test('another user and another desk find nothing; sign-out forgets one user only', () => {
    const place = new Place();
    const mine = draftsOf(place, 'lab', 'user/1', () => 0);
    const others = draftsOf(place, 'lab', 'user/12', () => 0);
    mine.save('result', 1);
    others.save('result', 2);
    draftsOf(place, 'registration', 'user/1', () => 0).save('new', 3);
    expect(draftsOf(place, 'collection', 'user/1', () => 0).load('result')).toBeUndefined();
    forgetDraftsOf(place, 'user/1');
    expect(mine.load('result')).toBeUndefined();
    expect(others.load('result')).toBe(2);
    expect(place.items.size).toBe(1);
  });

  test('yesterday’s draft is gone', () => {
    const place = new Place();
    draftsOf(place, 'lab', 'u', () => 0).save('f', 1);
    expect(draftsOf(place, 'lab', 'u', () => 12 * 3_600_000 + 1).load('f')).toBeUndefined();
    expect(place.items.size).toBe(0);
  });

  test('a place that is full or a draft that is too long is told, and what is not ours is no draft', () => {
    const place = new Place();
    const drafts = draftsOf(place, 'lab', 'u', () => 0);
    expect(drafts.save('f', 'x'.repeat(300_000))).toBe(false);
    place.full = true;
    expect(drafts.save('f', 1)).toBe(false);
    place.full = false;
    expect(drafts.save('f', 1)).toBe(true);
    for (const broken of ['{', 'null', '7', '{"at":"x","value":1}', '{"at":1}']) {
      place.items.set('nirantar-draft:lab:u:f', broken);
      expect(drafts.load('f')).toBeUndefined();
    }
  });
});
