// The auditor's own reading of who knew what: pairs of events on one stream that contradict each other and were written without knowledge of
// each other. It shares no code with the fold that it judges.
import type { StreamId } from '#kernel/shared/ids.ts';
import { parseBody } from '#journal/body.ts';
import { commitRef, type Commit } from '#journal/commit.ts';
import { epochId } from '#journal/refs.ts';

export interface Contradiction {
  readonly stream: StreamId;
  readonly what: string;
  /** The issue that must say it. */
  readonly code: string;
}

interface Fact {
  readonly ref: string;
  readonly epoch: string;
  readonly seq: number;
  readonly after: readonly string[];
  readonly type: string;
  readonly data: unknown;
}

export function contradictions(commits: readonly Commit[]): readonly Contradiction[] {
  const found: Contradiction[] = [];
  for (const [stream, facts] of factsByStream(commits)) {
    const knew = knowledge(facts);
    for (const [i, a] of facts.entries()) {
      for (const b of facts.slice(i + 1)) {
        if (a.ref === b.ref || a.type !== b.type || knew(a, b) || knew(b, a)) continue;
        if (a.type === 'SpecimenReceived') found.push({ stream, what: 'a specimen was received twice', code: 'specimen-received-twice' });
        if (a.type === 'ResultEntered' && valueOf(a) !== valueOf(b))
          found.push({ stream, what: 'a result was entered twice with two values', code: 'result-entered-twice' });
      }
    }
  }
  return found;
}

function factsByStream(commits: readonly Commit[]): ReadonlyMap<StreamId, readonly Fact[]> {
  const facts = new Map<StreamId, Fact[]>();
  for (const commit of commits) {
    const body = commit.body === undefined ? undefined : parseBody(commit.body);
    for (const event of body?.events ?? []) {
      const stream = event.stream as StreamId; // parseBody checked the form
      const list = facts.get(stream) ?? [];
      list.push({
        ref: commitRef(commit.hash),
        epoch: epochId(commit.header.epoch),
        seq: commit.header.seq,
        after: event.after ?? [],
        type: event.type,
        data: event.data,
      });
      facts.set(stream, list);
    }
  }
  return facts;
}

/** Did `a`'s author know `b`? By the chain of its own device, or by what it named, at any distance. */
function knowledge(facts: readonly Fact[]): (a: Fact, b: Fact) => boolean {
  const byRef = new Map<string, Fact[]>();
  for (const fact of facts) byRef.set(fact.ref, [...(byRef.get(fact.ref) ?? []), fact]);
  const reached = new Map<string, Set<string>>();
  const reach = (ref: string): Set<string> => {
    const known = reached.get(ref);
    if (known !== undefined) return known;
    const all = new Set<string>();
    reached.set(ref, all);
    const todo = [ref];
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      for (const fact of byRef.get(next) ?? []) {
        const before = [
          ...fact.after,
          ...facts.filter((other) => other.epoch === fact.epoch && other.seq < fact.seq).map((other) => other.ref),
        ];
        for (const earlier of before) {
          if (earlier === ref || all.has(earlier)) continue;
          all.add(earlier);
          todo.push(earlier);
        }
      }
    }
    return all;
  };
  return (a, b) => a.ref === b.ref || reach(a.ref).has(b.ref);
}

function valueOf(fact: Fact): string {
  const { data } = fact;
  if (typeof data !== 'object' || data === null || !('value' in data)) return '';
  return `${String(data.value)} ${'unit' in data ? String(data.unit) : ''}`;
}
