import { describe, expect, test } from 'vitest';
import { Admission, MAX_ARRIVING } from './admission.ts';

const START = 1_000_000;

function full(): Admission {
  const admission = new Admission();
  for (let i = 0; i < MAX_ARRIVING; i += 1) expect(admission.enter(`desk ${i}`, START)).toBeUndefined();
  return admission;
}

describe('admission', () => {
  test('so many are let in at once; the others are told when to come back, the later the more they are', () => {
    const admission = full();
    expect(admission.enter('one more', START)).toBe(1);
    let last = admission.enter('next', START);
    for (let i = 0; i < 2000; i += 1) last = admission.enter(`next ${i}`, START);
    expect(last).toBe(11);
    for (let i = 0; i < 6000; i += 1) last = admission.enter(`far ${i}`, START);
    expect(last).toBe(30);
  });

  test('who goes no further gives the place up after a while', () => {
    const admission = full();
    expect(admission.enter('one more', START + 5000)).toBeGreaterThan(0);
    expect(admission.enter('one more', START + 5001)).toBeUndefined();
  });

  test('who has arrived frees the place for the next, once', () => {
    const admission = full();
    admission.arrived('desk 7', START + 10);
    admission.arrived('desk 7', START + 11);
    expect(admission.enter('one more', START + 12)).toBeUndefined();
    expect(admission.enter('two more', START + 13)).toBeGreaterThan(0);
  });

  test('greetings take no place, and are spread while all places are taken', () => {
    const admission = new Admission();
    for (let i = 0; i < 10 * MAX_ARRIVING; i += 1) expect(admission.greet(START)).toBeUndefined();
    expect(admission.enter('honest', START)).toBeUndefined();
    const busy = full();
    expect(busy.greet(START)).toBe(1);
    busy.arrived('desk 3', START + 1);
    expect(busy.greet(START + 2)).toBeUndefined();
  });

  test('a clock that is set back keeps nobody out', () => {
    const admission = full();
    expect(admission.enter('one more', START - 86_400_000)).toBeUndefined();
  });

  test('one device takes one place, however often it tries', () => {
    const admission = new Admission();
    for (let i = 0; i < 10 * MAX_ARRIVING; i += 1) expect(admission.enter('restless', START)).toBeUndefined();
    expect(admission.enter('another', START)).toBeUndefined();
  });
});
