// From events to a document: the causal order of DESIGN section 2 and the fold of one stream. Pure; no storage, no clock.
import type { Document, FoldContext, Issue } from '#kernel/shared/document.ts';
import type { FoldEvent } from '#kernel/shared/event.ts';
import { commitOf, type CommitRef, type EventRef, type StreamId } from '#kernel/shared/ids.ts';
import type { StreamDefinition } from '#kernel/shared/stream-definition.ts';
import { compareHlc, type Hlc } from './hlc.ts';

/** All events of one commit that belong to one stream, with where the commit stands. */
export interface StreamCommit {
  readonly ref: CommitRef;
  readonly hlc: Hlc;
  /** `device epoch seq hash` as one string that sorts: the last tie-breaks of the order. */
  readonly tie: string;
  /** Chain of the author: `epoch` and `seq`, because an author knows what it did before. */
  readonly epoch: string;
  readonly seq: number;
  readonly after: readonly CommitRef[];
  readonly events: readonly JudgedEvent[];
}

export interface JudgedEvent {
  readonly event: FoldEvent;
  /** Why it has no effect (set aside, not permitted, not understood); undefined when it counts. */
  readonly setAside?: string;
}

interface Folding<S> {
  state: S;
  readonly issues: Map<string, Issue>;
}

/** The commits in causal order: predecessors first, otherwise the smallest (HLC, device, epoch, seq, hash). */
export function causalOrder(commits: readonly StreamCommit[]): readonly StreamCommit[] {
  return inOrder(allPredecessors(commits));
}

/** A commit with what comes before it. */
interface Placed {
  readonly commit: StreamCommit;
  readonly before: ReadonlySet<CommitRef>;
}

function allPredecessors(commits: readonly StreamCommit[]): ReadonlyMap<CommitRef, Placed> {
  const present = new Map(commits.map((commit) => [commit.ref, commit]));
  const named = namedBefore(present);
  return new Map([...present].map(([ref, commit]) => [ref, { commit, before: predecessors(commit, present, named) }]));
}

function inOrder(placed: ReadonlyMap<CommitRef, Placed>): readonly StreamCommit[] {
  const present = new Map([...placed].map(([ref, { commit }]) => [ref, commit]));
  const waiting = new Map<CommitRef, Set<CommitRef>>();
  const followers = new Map<CommitRef, CommitRef[]>();
  for (const [ref, { before }] of placed) {
    waiting.set(ref, new Set(before));
    for (const earlier of before) followers.set(earlier, [...(followers.get(earlier) ?? []), ref]);
  }
  const ready = [...present.values()].filter((commit) => waiting.get(commit.ref)?.size === 0).sort(smallestLast);
  const ordered: StreamCommit[] = [];
  while (ordered.length < present.size) {
    // A circle of `after` cannot be made without breaking the hash; should one be forged, the smallest left goes first.
    const next =
      ready.pop() ??
      [...present.values()]
        .filter((commit) => waiting.has(commit.ref))
        .sort(smallestLast)
        .pop();
    if (next === undefined) break;
    if (!waiting.delete(next.ref)) continue;
    ordered.push(next);
    for (const ref of followers.get(next.ref) ?? []) {
      const left = waiting.get(ref);
      if (left === undefined) continue;
      left.delete(next.ref);
      const follower = present.get(ref);
      if (left.size === 0 && follower !== undefined) insertSorted(ready, follower);
    }
  }
  return ordered;
}

type Known = ReadonlyMap<CommitRef, ReadonlySet<CommitRef>>;

/**
 * What comes before a commit: what its author named, and what it wrote earlier in the same chain. Where a chain has two histories
 * (a clone), the one may name what stands further on in the other: then the name counts, and not the place.
 */
function predecessors(commit: StreamCommit, present: ReadonlyMap<CommitRef, StreamCommit>, named: Known): Set<CommitRef> {
  const before = new Set<CommitRef>();
  for (const ref of commit.after) if (ref !== commit.ref && present.has(ref)) before.add(ref);
  for (const other of present.values()) {
    if (other.epoch === commit.epoch && other.seq < commit.seq && named.get(other.ref)?.has(commit.ref) !== true) before.add(other.ref);
  }
  return before;
}

/** For each commit everything that it names, and what that names: by `after` alone, which hashes keep from going in a circle. */
function namedBefore(present: ReadonlyMap<CommitRef, StreamCommit>): Known {
  const named = new Map<CommitRef, Set<CommitRef>>();
  for (const start of present.values()) {
    const stack = [start];
    while (stack.length > 0) {
      const commit = stack.at(-1)!; // the stack is not empty
      const missing = named.has(commit.ref)
        ? undefined
        : commit.after.find((ref) => present.has(ref) && !named.has(ref) && !stack.some((open) => open.ref === ref));
      if (missing !== undefined) {
        stack.push(present.get(missing)!); // asked just now
        continue;
      }
      stack.pop();
      if (named.has(commit.ref)) continue;
      const all = new Set<CommitRef>();
      for (const ref of commit.after) {
        if (!present.has(ref)) continue;
        all.add(ref);
        for (const earlier of named.get(ref) ?? []) all.add(earlier);
      }
      named.set(commit.ref, all);
    }
  }
  return named;
}

function smallestLast(a: StreamCommit, b: StreamCommit): number {
  return compareHlc(b.hlc, a.hlc) || (a.tie < b.tie ? 1 : a.tie > b.tie ? -1 : 0);
}

function insertSorted(ready: StreamCommit[], commit: StreamCommit): void {
  let low = 0;
  let high = ready.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (smallestLast(ready[middle]!, commit) < 0) low = middle + 1; // middle is inside
    else high = middle;
  }
  ready.splice(low, 0, commit);
}

/** Everything that each commit's author knew of this stream: the transitive closure of `after` and of its own chain. */
function ancestors(ordered: readonly StreamCommit[], placed: ReadonlyMap<CommitRef, Placed>): Known {
  const known = new Map<CommitRef, Set<CommitRef>>();
  for (const commit of ordered) {
    const all = new Set<CommitRef>();
    for (const ref of placed.get(commit.ref)?.before ?? []) {
      const earlier = known.get(ref);
      // What two histories put into a circle is known in the order in which it was placed.
      if (earlier === undefined) continue;
      all.add(ref);
      for (const one of earlier) all.add(one);
    }
    known.set(commit.ref, all);
  }
  return known;
}

/** The document of one stream from all its commits, in whatever order and however often they came. */
export function foldStream<S>(definition: StreamDefinition<S>, stream: StreamId, commits: readonly StreamCommit[]): Document<S> {
  const placed = allPredecessors(commits);
  const ordered = inOrder(placed);
  const known = ancestors(ordered, placed);
  const folding: Folding<S> = { state: definition.initial, issues: new Map() };
  const named = new Set<CommitRef>();
  let events = 0;
  for (const commit of ordered) {
    const knew = known.get(commit.ref) ?? new Set<CommitRef>();
    for (const ref of knew) named.add(ref);
    applyCommit(definition, folding, commit, (ref) => knew.has(commitOf(ref)) || commitOf(ref) === commit.ref);
    events += commit.events.length;
  }
  const heads = ordered
    .map((commit) => commit.ref)
    .filter((ref) => !named.has(ref))
    .sort();
  return { stream, state: folding.state, heads, issues: sortedIssues(folding.issues), events };
}

/** May `commit` be applied to the stored document, or must the stream be folded again? True when it names all heads. */
export function extendsDocument(document: Document | undefined, commit: StreamCommit): boolean {
  if (document === undefined || document.events === 0) return true;
  const { heads } = document;
  if (heads.length === 0 || heads.length !== commit.after.length) return false;
  return heads.every((head) => commit.after.includes(head));
}

/** The document with one more commit whose `after` equals all its heads: the same as folding everything again. */
export function applyToDocument<S>(
  definition: StreamDefinition<S>,
  stream: StreamId,
  document: Document<S> | undefined,
  commit: StreamCommit,
): Document<S> {
  const folding: Folding<S> = {
    state: document?.state ?? definition.initial,
    issues: new Map(document?.issues.map((issue) => [issue.id, issue])),
  };
  applyCommit(definition, folding, commit, () => true);
  return {
    stream,
    state: folding.state,
    heads: [commit.ref],
    issues: sortedIssues(folding.issues),
    events: (document?.events ?? 0) + commit.events.length,
  };
}

function applyCommit<S>(
  definition: StreamDefinition<S>,
  folding: Folding<S>,
  commit: StreamCommit,
  knows: (ref: EventRef) => boolean,
): void {
  for (const { event, setAside } of commit.events) {
    const context: FoldContext = {
      knows,
      issue: (code, refs, detail) => addIssue(folding.issues, code, refs, detail),
    };
    if (setAside !== undefined) {
      context.issue('event-set-aside', [event.ref], { why: setAside, type: event.type });
      continue;
    }
    if (event.type === 'IssueSettled') {
      settle(folding.issues, event);
      continue;
    }
    // Own keys only: an event may be named `constructor`.
    const schema = Object.hasOwn(definition.events, event.type) ? definition.events[event.type] : undefined;
    const parsed = schema?.safeParse(event.data);
    if (parsed === undefined || !parsed.success) {
      context.issue('event-not-understood', [event.ref], { type: event.type, v: event.v });
      continue;
    }
    folding.state = definition.fold(folding.state, { ...event, data: parsed.data }, context);
  }
}

function addIssue(issues: Map<string, Issue>, code: string, refs: readonly EventRef[], detail?: Issue['detail']): void {
  const sorted = [...new Set(refs)].sort();
  const id = `${code}:${sorted.join(',')}`;
  if (!issues.has(id)) issues.set(id, detail === undefined ? { id, code, refs: sorted } : { id, code, refs: sorted, detail });
}

/** `IssueSettled {issue, outcome, reason}` is the same on every stream. Settling what is not open has no effect. */
function settle(issues: Map<string, Issue>, event: FoldEvent): void {
  const { data } = event;
  if (typeof data !== 'object' || data === null || !('issue' in data) || !('outcome' in data)) return;
  const issue = issues.get(String(data.issue));
  if (issue === undefined || issue.settled !== undefined) return;
  const reason = 'reason' in data ? String(data.reason) : '';
  issues.set(issue.id, { ...issue, settled: { ref: event.ref, outcome: String(data.outcome), reason } });
}

function sortedIssues(issues: ReadonlyMap<string, Issue>): readonly Issue[] {
  return [...issues.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
