import { describe, expect, test } from 'vitest';
import { commands } from '../commands.ts';
import { streams } from '../streams.ts';
import { deskKind } from './device.ts';
import { deskWrites } from './desk-kinds.ts';

const may = (kind: string, command: string): boolean => {
  const types = new Set(deskWrites([kind], commands));
  return (
    commands.get(command)?.writes.every((type) => types.has(type) || (command === 'settleIssue' && type === 'ResultValueChosen')) === true
  );
};
const trustTypes = [...streams.values()].filter((stream) => stream.trust).flatMap((stream) => Object.keys(stream.events));

describe('what a desk may write', () => {
  test.each([
    [
      'registration',
      ['registerPatient', 'placeOrder', 'linkPatients', 'linkSpecimen', 'recordPrint'],
      ['collectSpecimen', 'enterResult', 'releaseReport'],
    ],
    [
      'collection',
      ['collectSpecimen', 'collectUnidentified', 'labelSpecimen', 'registerPatient'],
      ['receiveSpecimen', 'enterResult', 'validateMedically'],
    ],
    [
      'lab',
      ['receiveSpecimen', 'enterResult', 'validateMedically', 'releaseReport', 'amendResult', 'closeCriticalCall'],
      ['registerPatient', 'linkPatients'],
    ],
    ['patient', ['recordAllergy', 'placeOrder'], ['registerPatient', 'collectSpecimen', 'enterResult']],
    ['billing', ['recordPrint', 'settleIssue'], ['placeOrder', 'registerPatient', 'enterResult']],
  ])('%s', (kind, yes, no) => {
    expect(yes.filter((command) => !may(kind, command))).toEqual([]);
    expect(no.filter((command) => may(kind, command))).toEqual([]);
  });

  test('no kind of desk may write users, roles, devices or the catalogue', () => {
    const kinds = deskKind.options.filter((kind) => kind !== 'all');
    const shared = new Set(['IssueSettled']);
    for (const type of deskWrites(kinds, commands)) if (!shared.has(type)) expect(trustTypes).not.toContain(type);
  });

  test('several kinds together, a desk of every kind, and a kind of a newer program', () => {
    const both = deskWrites(['registration', 'lab'], commands);
    expect(both).toEqual(expect.arrayContaining(['PatientRegistered', 'ResultEntered']));
    expect(deskWrites(['registration', 'all'], commands)).toEqual(['*']);
    expect(deskWrites([], commands)).toEqual(['*']);
    expect(both).toContain('ResultValueChosen');
    expect(deskWrites(['registration'], commands)).not.toContain('ResultValueChosen');
    expect(deskWrites(['pharmacy'], commands)).toEqual([]);
    expect(deskWrites(['__proto__'], commands)).toEqual([]);
  });
});
