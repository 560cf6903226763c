// Commits become durable and visible: append and sync, index, documents and views in one transaction. A database that could not follow
// is opened again from the journal by the next work. It must not know who wrote them.
import { encodeCommit, type Commit } from '#journal/commit.ts';
import { StorageFailure, type Sql, type SqlStatement } from '#journal/ports/storage.ts';
import type { Place } from '#journal/segment-log.ts';
import type { Applier } from './apply.ts';
import type { LiveNumbers } from './live-numbers.ts';
import { positionStatement, type Parts } from './opening.ts';
import type { Rejudging } from './rejudging.ts';
import { SQL } from './schema.ts';

/** Commits applied to documents in one transaction. */
const APPLY_CHUNK = 500;
const REJUDGE: SqlStatement = { sql: SQL.metaSet, params: ['rejudge', '1'] };

/** How commits are stored. */
export interface Storing {
  /** Made here. */
  readonly own: boolean;
  /** Somebody waits for them. */
  readonly live: boolean;
  /** The documents have been staged while deciding. */
  readonly staged?: boolean;
}
export const OWN: Storing = { own: true, live: true };

export interface WritingPorts {
  readonly parts: Parts;
  readonly applier: Applier;
  readonly rejudging: Rejudging;
  readonly sql: Sql;
  readonly live: LiveNumbers;
  /** Trust has changed, and what it turns was judged again. */
  readonly afterTrust: () => Promise<void>;
  /** Documents and views show something new. */
  readonly tell: () => void;
}

export class Writing {
  readonly #ports: WritingPorts;
  #applied: number;
  #broken = false;

  constructor(ports: WritingPorts) {
    this.#ports = ports;
    this.#applied = ports.parts.applied;
  }

  /** Last receipt number that documents and views show. */
  get applied(): number {
    return this.#applied;
  }

  /** The journal holds more than the database could take: everything is to be opened again. */
  get broken(): boolean {
    return this.#broken;
  }

  /** Documents and views follow what the journal has and the database does not show yet. */
  async replay(): Promise<void> {
    const { index, stored } = this.#ports.parts;
    while (this.#applied < index.position.n) {
      const from = this.#applied + 1;
      const numbers = Array.from({ length: Math.min(APPLY_CHUNK, index.position.n - this.#applied) }, (_, i) => from + i);
      await this.#applyFrom(from, await stored.commits(numbers));
    }
  }

  /** Nothing of the group happened. */
  giveUp(): void {
    const { parts, applier } = this.#ports;
    parts.documents.rollback();
    applier.reset();
    if (parts.trust.dirty) parts.trust.reset();
  }

  /** Append, sync, index, fold. @param undo called when nothing was appended */
  async store(commits: readonly Commit[], undo: () => void, { own, live, staged = false }: Storing): Promise<void> {
    const { log, index } = this.#ports.parts;
    const { applier, sql } = this.#ports;
    if (commits.length === 0) {
      this.giveUp();
      return;
    }
    let places: readonly Place[];
    try {
      places = await log.append(commits.map(encodeCommit));
    } catch (error) {
      undo();
      this.giveUp();
      throw error;
    }
    const firstN = index.position.n + 1;
    // Before anybody is told that there is something new.
    if (live) this.#ports.live.add(firstN, commits.length);
    const small = own || commits.length <= APPLY_CHUNK;
    try {
      const statements = await index.add(commits, places, log.end);
      if (small) {
        if (!staged) for (const [i, commit] of commits.entries()) await applier.apply(firstN + i, commit);
        await this.#flush(statements, index.position.n);
      } else {
        await sql.write([...statements, positionStatement(index.position)]);
        await this.#applyFrom(firstN, commits);
      }
    } catch (error) {
      // The journal holds them; only what can be rebuilt is behind. The next work opens it again from the journal.
      this.#broken = true;
      throw error instanceof StorageFailure
        ? error
        : new StorageFailure('io', 'ambiguous', `the database could not follow the journal: ${String(error)}`, { cause: error });
    }
  }

  async #applyFrom(firstN: number, commits: readonly Commit[]): Promise<void> {
    for (let i = 0; i < commits.length; i += APPLY_CHUNK) {
      const chunk = commits.slice(i, i + APPLY_CHUNK);
      for (const [k, commit] of chunk.entries()) await this.#ports.applier.apply(firstN + i + k, commit);
      await this.#flush([], firstN + i + chunk.length - 1);
    }
  }

  async #flush(statements: readonly SqlStatement[], applied: number): Promise<void> {
    const { parts, applier, rejudging, sql, afterTrust, tell } = this.#ports;
    const trustTouched = parts.trust.dirty;
    await sql.write([
      ...statements,
      ...applier.statements(),
      positionStatement(parts.index.position),
      { sql: SQL.metaSet, params: ['applied', String(applied)] },
      ...(trustTouched ? [REJUDGE] : []),
    ]);
    parts.documents.commitStaged();
    applier.reset();
    this.#applied = applied;
    if (trustTouched) {
      await rejudging.afterTrust();
      await afterTrust();
    }
    tell();
  }
}
