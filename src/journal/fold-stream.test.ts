import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineStream } from '#kernel/shared/stream.ts';
import type { CommitRef, StreamId } from '#kernel/shared/ids.ts';
import { eventRef } from '#kernel/shared/ids.ts';
import { instant } from '#kernel/shared/time.ts';
import { applyToDocument, causalOrder, extendsDocument, foldStream, type StreamCommit } from './fold-stream.ts';

const events = { Said: z.object({ word: z.string() }) };
const definition = defineStream<readonly string[], typeof events>({
  type: 'talk',
  trust: false,
  events,
  initial: [],
  on: { Said: (state, data) => [...state, data.word] },
  numbers: () => [],
  links: () => [],
  unit: () => undefined,
});
const stream = 'talk/aaaaaaaaaaaaaaaa' as StreamId;

function commit(ref: string, epoch: string, seq: number, ms: number, after: readonly string[]): StreamCommit {
  const id = ref as CommitRef;
  return {
    ref: id,
    hlc: { ms, counter: 0 },
    tie: `${epoch} ${String(seq).padStart(4, '0')} ${ref}`,
    epoch,
    seq,
    after: after as readonly CommitRef[],
    events: [
      {
        event: {
          ref: eventRef(id, 0),
          stream,
          type: 'Said',
          v: 1,
          data: { word: ref },
          occurredAt: instant(ms),
          committedAt: instant(ms),
          user: undefined,
          device: 'device/aaaaaaaaaaaaaaaa' as StreamId,
          command: 'say',
        },
      },
    ],
  };
}

/** Histories of a few desks with wrong clocks that learn of each other now and then. */
const history = fc
  .array(fc.record({ desk: fc.integer({ min: 0, max: 3 }), ms: fc.integer({ min: 0, max: 50 }), learns: fc.boolean() }), {
    minLength: 1,
    maxLength: 14,
  })
  .map((steps) => {
    const commits: StreamCommit[] = [];
    const heads = new Map<number, Set<string>>();
    const seqs = new Map<number, number>();
    for (const [i, step] of steps.entries()) {
      const known = heads.get(step.desk) ?? new Set<string>();
      if (step.learns) for (const other of heads.values()) for (const head of other) known.add(head);
      const seq = (seqs.get(step.desk) ?? 0) + 1;
      seqs.set(step.desk, seq);
      const ref = `c${String(i).padStart(10, '0')}`;
      commits.push(commit(ref, `desk${step.desk}`, seq, step.ms, [...known]));
      heads.set(step.desk, new Set([ref]));
    }
    return commits;
  });

describe('fold of one stream', () => {
  test('any order of arrival gives the same document', () => {
    fc.assert(
      fc.property(
        history.chain((commits) =>
          fc.tuple(fc.constant(commits), fc.shuffledSubarray(commits, { minLength: commits.length, maxLength: commits.length })),
        ),
        ([commits, shuffled]) => {
          expect(foldStream(definition, stream, shuffled)).toEqual(foldStream(definition, stream, commits));
        },
      ),
    );
  });

  test('step by step, where a commit names all heads, is the same as folding again', () => {
    fc.assert(
      fc.property(history, (commits) => {
        let document = foldStream(definition, stream, []);
        const held: StreamCommit[] = [];
        for (const next of commits) {
          held.push(next);
          document = extendsDocument(document, next)
            ? applyToDocument(definition, stream, document, next)
            : foldStream(definition, stream, held);
          expect(document).toEqual(foldStream(definition, stream, held));
        }
      }),
    );
  });

  test('predecessors come first whatever the clocks say', () => {
    const late = commit('a', 'desk1', 1, 900, []);
    const early = commit('b', 'desk2', 1, 5, ['a']);
    expect(causalOrder([early, late]).map((one) => one.ref)).toEqual(['a', 'b']);
  });

  test('what one does not understand is an issue, not a stop', () => {
    const strange = {
      ...commit('a', 'desk1', 1, 1, []),
      events: commit('a', 'desk1', 1, 1, []).events.map(({ event }) => ({ event: { ...event, type: 'FromTheFuture' } })),
    };
    const document = foldStream(definition, stream, [strange, commit('b', 'desk1', 2, 2, [])]);
    expect(document.state).toEqual(['b']);
    expect(document.issues.map((issue) => issue.code)).toEqual(['event-not-understood']);
  });

  test('two histories of one chain that name each other: what is named counts, every order gives the same, and there is a head (seed 70714)', () => {
    // A clone went on from number 3, learned of the original's number 5, and wrote its own number 4 after it.
    const original = commit('original5', 'epoch', 5, 100, []);
    const clone = commit('clone4', 'epoch', 4, 50, ['original5']);
    const later = commit('other1', 'another', 1, 70, ['clone4']);
    for (const commits of [
      [original, clone, later],
      [later, clone, original],
      [clone, later, original],
    ]) {
      const folded = foldStream(definition, stream, commits);
      expect(folded.state).toEqual(['original5', 'clone4', 'other1']);
      expect(folded.heads).toEqual(['other1']);
    }
    expect(foldStream(definition, stream, [clone, original]).heads).toEqual(['clone4']);
  });

  test('a circle over several devices ends in one order, with a head', () => {
    const commits = [
      commit('x5', 'epoch', 5, 10, []),
      commit('y6', 'epoch', 6, 20, []),
      commit('z1', 'another', 1, 30, ['y6']),
      commit('w4', 'epoch', 4, 5, ['z1']),
    ];
    const one = foldStream(definition, stream, commits);
    const two = foldStream(definition, stream, commits.toReversed());
    expect(one).toEqual(two);
    expect(one.heads.length).toBeGreaterThan(0);
    expect(one.state).toHaveLength(4);
    expect(extendsDocument({ ...one, heads: [] }, commit('next', 'epoch', 9, 1, []))).toBe(false);
  });
});
