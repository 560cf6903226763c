// Every code that the kernel gives is registered, with a sentence in both languages that names the facts that are there.
import { describe, expect, test } from 'vitest';
import { CHECKS } from './checks.ts';
import { commands } from './commands.ts';
import { DEFAULT_ROLES } from './role/defaults.ts';
import { CODES } from './shared/codes.ts';
import { permission } from './role/role.ts';
import { streams } from './streams.ts';

describe('codes', () => {
  for (const [code, { status, en, hi }] of Object.entries(CODES)) {
    test(`${code} says what happened in both languages with the same facts`, () => {
      const facts = (text: string) => [...new Set(text.match(/\{[A-Za-z]+\}/g) ?? [])].sort();
      expect(facts(hi)).toEqual(facts(en));
      expect(en.length).toBeGreaterThan(10);
      expect(hi).toMatch(/[\u0900-\u097f]/);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(code).toMatch(/^[a-z][a-z0-9-]{2,60}$/);
    });
  }
  test('every check has its sentence', () => {
    for (const check of CHECKS) expect(CODES).toHaveProperty([check.code]);
  });
});

describe('the registries', () => {
  test('names are orders in lower camel case, and every event that a command writes belongs to a stream', () => {
    const events = new Set([...streams.values()].flatMap((stream) => Object.keys(stream.events)));
    for (const [name, command] of commands) {
      expect(name).toMatch(/^[a-z][A-Za-z]{2,40}$/);
      expect(command.title.hi).toMatch(/[\u0900-\u097f]/);
      expect(command.writes.filter((type) => type !== 'IssueSettled' && !events.has(type))).toEqual([]);
    }
  });
  test('an event name belongs to one stream type only, because certificates list names', () => {
    const owners = new Map<string, string>();
    for (const [type, stream] of streams) {
      for (const name of Object.keys(stream.events)) {
        expect([name, owners.get(name)]).toEqual([name, undefined]);
        owners.set(name, type);
      }
    }
  });
  test('commands that write trust streams need a hub, and no others do', () => {
    const trust = new Set([...streams.values()].filter((stream) => stream.trust).flatMap((stream) => Object.keys(stream.events)));
    for (const [name, command] of commands)
      expect([name, command.needsHub]).toEqual([name, command.writes.some((type) => trust.has(type))]);
  });
  test('every permission of a default role is a command, a query or all of them', () => {
    for (const role of DEFAULT_ROLES) {
      for (const one of role.permissions) {
        expect([one, permission.safeParse(one).success]).toEqual([one, true]);
        if (one !== '*' && !one.startsWith('query:')) expect([role.role, one, commands.has(one)]).toEqual([role.role, one, true]);
      }
    }
  });
  test('without the role nothing is allowed, whatever the facts', () => {
    const nobody = {
      user: 'user/AAAAAAAAAAAAAAAA',
      userName: 'x',
      roles: [],
      permissions: new Set<string>(),
      session: 's',
      device: 'device/AAAAAAAAAAAAAAAA',
    } as unknown as Parameters<NonNullable<ReturnType<typeof commands.get>>['may']>[0];
    for (const [name, command] of commands) {
      // Everybody may set their own password, so that one cannot be refused before it is known whose it is.
      expect([name, command.may(nobody, undefined).ok]).toEqual([name, name === 'setVerifier']);
    }
  });
});
