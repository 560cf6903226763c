// Trust has changed: which documents does that turn, and fold those again. It must not know what a fold does.
import type { StreamId } from '#kernel/shared/ids.ts';
import type { Sql } from '#journal/ports/storage.ts';
import type { EpochId } from '#journal/refs.ts';
import type { Applier } from './apply.ts';
import { Judged } from './judged.ts';
import type { Parts } from './opening.ts';
import type { Domain } from './ports.ts';
import { SQL } from './schema.ts';

/** Certificates of certificates: deeper than this nobody enrols. */
const MAX_ROUNDS = 20;
/** Documents folded again in one transaction. */
const CHUNK = 500;
const DOCS_OF_COMMIT = 'SELECT doc FROM stream_commits WHERE n = ?';

export class Rejudging {
  readonly #parts: Parts;
  readonly #applier: Applier;
  readonly #sql: Sql;
  readonly #judged: Judged;

  /** Begins with what trust says now: only later changes turn anything. */
  constructor(parts: Parts, applier: Applier, domain: Domain, sql: Sql) {
    this.#parts = parts;
    this.#applier = applier;
    this.#sql = sql;
    const trusted = [...domain.streams.values()].filter((definition) => definition.trust);
    this.#judged = new Judged(trusted.flatMap((definition) => parts.documents.all(definition.type).map((entry) => entry.document)));
  }

  /** Events that a change of trust turns are judged again. A turned certificate turns others: round by round. */
  async afterTrust(): Promise<void> {
    const { trust } = this.#parts;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      trust.clean();
      const { news, devices, everything } = this.#judged.follow(trust.takeTouched());
      if (!news) break;
      await this.refold(
        everything ? await this.#allDocs() : [...new Set([...(await this.#docsSetAside()), ...(await this.#docsOfDevices(devices))])],
      );
    }
    await this.#sql.write([{ sql: SQL.metaSet, params: ['rejudge', '0'] }]);
  }

  /** A crash came between a change of trust and what it turns. */
  async again(): Promise<void> {
    const { documents, trust } = this.#parts;
    const revoked = documents
      .all('device')
      .filter((entry) => trust.isRevoked(entry.stream))
      .map((entry) => entry.stream);
    await this.refold([...new Set([...(await this.#docsSetAside()), ...(await this.#docsOfDevices(revoked))])]);
    await this.afterTrust();
  }

  async refold(docs: readonly number[]): Promise<void> {
    const { documents } = this.#parts;
    for (let i = 0; i < docs.length; i += CHUNK) {
      for (const doc of docs.slice(i, i + CHUNK)) {
        const entry = await documents.byId(doc);
        if (entry !== undefined) await this.#applier.refold(entry);
      }
      await this.#sql.write(this.#applier.statements());
      documents.commitStaged();
      this.#applier.reset();
    }
  }

  /** Every document that one of these chains touched. */
  async docsOfChains(epochs: readonly EpochId[]): Promise<readonly number[]> {
    const { index } = this.#parts;
    const docs = new Set<number>();
    for (const epoch of epochs) {
      for (const n of await index.numbersOfChain(epoch, 1, index.chain(epoch)?.headSeq ?? 0))
        for (const row of await this.#sql.read(DOCS_OF_COMMIT, [n])) docs.add(Number(row['doc']));
    }
    return [...docs];
  }

  async #docsOfDevices(devices: readonly StreamId[]): Promise<readonly number[]> {
    const { index } = this.#parts;
    return this.docsOfChains(devices.flatMap((device) => index.chainsOf(device.slice('device/'.length)).map(([epoch]) => epoch)));
  }

  async #docsSetAside(): Promise<readonly number[]> {
    return (await this.#sql.read(SQL.setAsideAll)).map((row) => Number(row['doc']));
  }

  async #allDocs(): Promise<readonly number[]> {
    return (await this.#sql.read('SELECT id FROM documents ORDER BY id')).map((row) => Number(row['id']));
  }
}
