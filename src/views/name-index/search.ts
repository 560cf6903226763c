// Finds patients in the name index by name in either script, phone or UHID. Complete with no hub; bounded work per keystroke.
import { nameWords, soundKey } from '#kernel/shared/name-search.ts';
import type { Sql, SqlValue } from '#journal/ports/storage.ts';
import { Bitmap } from './bitmap.ts';
import { ByteReader } from './bytes.ts';
import { lastBefore, lastNotAfter, range, readPostings, sortKeys } from './lookup.ts';
import type { SortedKeys } from './lookup.ts';
import type { NameRow } from './name-row.ts';
import { phoneKey, uhidKey } from './name-row.ts';
import { BLOCK_ROWS, RECORDS, decodeBlock } from './pack.ts';
import type { PackHead } from './pack.ts';
import type { Dictionary } from './row-codec.ts';
import { bytesOf, nameIndexState, readHead } from './store.ts';

export type NameMatch = 'number' | 'phone' | 'exact' | 'begins' | 'sounds';

export interface FoundName {
  readonly row: NameRow;
  readonly match: NameMatch;
}

export interface FoundNames {
  readonly rows: readonly FoundName[];
  /** There are more than are shown. */
  readonly more: boolean;
}

/** Of the words that begin or sound like a typed one the most frequent are taken: a single letter begins thousands. */
const MAX_WORDS = 400;
/** More typed words than any name has; further ones are not looked at. */
const MAX_TYPED_WORDS = 6;
const MAX_TEXT = 200;
/** Shorter sounds begin too many words. */
const MIN_SOUND_LETTERS = 3;

interface Loaded {
  readonly pack: number;
  readonly version: string;
  readonly head: PackHead;
  readonly dictionary: Dictionary;
  /** Word numbers by folded word, and both lists sorted for "begins with". */
  readonly folded: SortedKeys;
  readonly sounds: SortedKeys;
}

/** One for each worker: it keeps the dictionary (a few MB) in memory. */
export class NameSearch {
  readonly #sql: Sql;
  #loaded: Loaded | undefined;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Reads the dictionary of the pack in use (about a second at 100,000 words). `search` does it when it was not done. */
  async open(): Promise<void> {
    const state = await nameIndexState(this.#sql);
    if (state.pack === 0) {
      this.#loaded = undefined;
      return;
    }
    if (this.#loaded?.pack === state.pack && this.#loaded.version === state.version) return;
    const head = await readHead(this.#sql, state.pack);
    if (head === undefined) return;
    const words: string[] = [];
    for (const row of await this.#sql.read('SELECT bytes FROM name_pack WHERE pack = ? AND id BETWEEN ? AND ? ORDER BY id', [
      state.pack,
      RECORDS.words,
      RECORDS.blocks - 1,
    ])) {
      const from = new ByteReader(bytesOf(row));
      while (!from.done) words.push(from.text());
    }
    // A stored part may be several words (`Abdul-Rahman`): it is found by each.
    const folded = words.flatMap((part, number) => nameWords(part).map((key) => ({ key, number })));
    this.#loaded = {
      pack: state.pack,
      version: state.version,
      head,
      dictionary: {
        wordAt: (number) => words[number] ?? '',
        numberOf: () => {
          throw new Error('invariant: a pack is only read here');
        },
      },
      folded: sortKeys(folded),
      sounds: sortKeys(folded.map(({ key, number }) => ({ key: soundKey(key), number }))),
    };
  }

  /** @param limit how many at most; `more` says that there were others */
  async search(text: string, limit: number): Promise<FoundNames> {
    await this.open();
    const typed = text.slice(0, MAX_TEXT).normalize('NFC').trim();
    const digits = typed
      .normalize('NFKC')
      .replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x0966))
      .replace(/[\s+-]/g, '');
    const found = new Found(limit);
    if (/^\d+$/.test(digits)) await this.#byDigits(digits, found);
    else if (typed !== '') await this.#byName(typed, found);
    return found.result();
  }

  async #byDigits(digits: string, found: Found): Promise<void> {
    if (digits.length < 4) return;
    const phone = phoneKey(digits);
    await this.#changed('SELECT json FROM name_changed WHERE uhid = ?', [digits], 'number', found);
    for (const row of await this.#rowsByUhid(digits)) found.add(row, 'number');
    if (phone === undefined) return;
    await this.#changed(
      'SELECT json FROM name_changed WHERE phone >= ? AND phone < ? LIMIT ?',
      [phone, `${phone}:`, found.limit + 1],
      'phone',
      found,
    );
    await this.#take(
      await this.#numbersByPhone(phone, found.limit + 1),
      'phone',
      found,
      (row) => phoneKey(row.phone ?? '')?.startsWith(phone) === true,
    );
  }

  async #rowsByUhid(uhid: string): Promise<readonly NameRow[]> {
    const loaded = this.#loaded;
    if (loaded === undefined) return [];
    const key = uhidKey(uhid);
    // Two patients may bear one number (a check says so): they may stand on both sides of a border between blocks.
    const rows: NameRow[] = [];
    for (let block = lastNotAfter(loaded.head.firstUhids, key); block >= 0; block -= 1) {
      const all = await this.#block(loaded, block);
      rows.push(...all.filter((row) => row.uhid === uhid));
      if (loaded.head.firstUhids[block] !== key) break;
    }
    return this.#withoutChanged(rows);
  }

  async #numbersByPhone(prefix: string, limit: number): Promise<readonly number[]> {
    const loaded = this.#loaded;
    if (loaded === undefined) return [];
    const low = Number(prefix.padEnd(10, '0'));
    const high = Number(prefix.padEnd(10, '9'));
    const numbers: number[] = [];
    const { firstPhones } = loaded.head;
    for (let at = Math.max(0, lastBefore(firstPhones, low)); at < firstPhones.length && firstPhones[at]! <= high; at += 1) {
      // at is inside
      const bytes = await this.#record(loaded, RECORDS.phones + at);
      if (bytes === undefined) break;
      const from = new ByteReader(bytes);
      let phone = 0;
      while (!from.done) {
        phone += from.number();
        const number = from.number();
        if (phone > high || numbers.length >= limit) return numbers;
        if (phone >= low) numbers.push(number);
      }
    }
    return numbers;
  }

  async #byName(typed: string, found: Found): Promise<void> {
    const words = nameWords(typed).slice(0, MAX_TYPED_WORDS);
    if (words.length === 0) return;
    const loaded = this.#loaded;
    const rows = loaded?.head.rows ?? 0;
    const sets = words.map(() => new Bitmap(rows));
    const taken = new Bitmap(rows);
    // The best kind of match first, in changed rows and in the pack, so that a weaker match never takes a better one's place.
    for (const match of ['exact', 'begins', 'sounds'] as const) {
      await this.#changedByName(words, match, found);
      if (found.full) return;
      if (loaded === undefined) continue;
      for (const [index, word] of words.entries()) {
        const set = sets[index];
        const last = index === words.length - 1;
        if (set !== undefined) await this.#addPostings(loaded, this.#wordNumbers(loaded, word, match, last), set);
      }
      await this.#take(Bitmap.common(sets, taken), match, found, () => true, taken);
      if (found.full) return;
    }
  }

  #wordNumbers(loaded: Loaded, word: string, match: 'exact' | 'begins' | 'sounds', last: boolean): readonly number[] {
    if (match === 'exact') return range(loaded.folded, word, word);
    if (match === 'begins') return range(loaded.folded, word, `${word}\uffff`).slice(0, MAX_WORDS);
    const sounds = soundsOf(word, last);
    return sounds === undefined
      ? []
      : range(loaded.sounds, sounds.low, sounds.open ? `${sounds.low}\uffff` : sounds.low).slice(0, MAX_WORDS);
  }

  async #addPostings(loaded: Loaded, words: readonly number[], set: Bitmap): Promise<void> {
    const { firstWords } = loaded.head;
    const wanted = new Map<number, Set<number>>();
    for (const word of words) {
      const at = lastNotAfter(firstWords, word);
      wanted.set(at, (wanted.get(at) ?? new Set()).add(word));
    }
    for (const [at, some] of wanted) {
      const bytes = await this.#record(loaded, RECORDS.postings + at);
      if (bytes === undefined) continue;
      readPostings(bytes, firstWords[at] ?? 0, some, set);
    }
  }

  /** Decodes the rows with these numbers until enough are found. */
  async #take(numbers: Iterable<number>, match: NameMatch, found: Found, fits: (row: NameRow) => boolean, taken?: Bitmap): Promise<void> {
    const loaded = this.#loaded;
    if (loaded === undefined) return;
    let blockNumber = -1;
    let rows: readonly NameRow[] = [];
    for (const number of numbers) {
      if (found.full) return;
      taken?.add(number);
      const wanted = Math.floor(number / BLOCK_ROWS);
      if (wanted !== blockNumber) {
        blockNumber = wanted;
        rows = await this.#block(loaded, wanted);
      }
      const row = rows[number % BLOCK_ROWS];
      if (row === undefined || !fits(row)) continue;
      for (const kept of await this.#withoutChanged([row])) found.add(kept, match);
    }
  }

  async #block(loaded: Loaded, block: number): Promise<readonly NameRow[]> {
    const bytes = await this.#record(loaded, RECORDS.blocks + block);
    return bytes === undefined ? [] : decodeBlock(bytes, loaded.dictionary);
  }

  async #record(loaded: Loaded, id: number): Promise<Uint8Array | undefined> {
    const row = (await this.#sql.read('SELECT bytes FROM name_pack WHERE pack = ? AND id = ?', [loaded.pack, id]))[0];
    return row === undefined ? undefined : bytesOf(row);
  }

  /** Rows of the pack that no newer row stands for. */
  async #withoutChanged(rows: readonly NameRow[]): Promise<readonly NameRow[]> {
    const kept: NameRow[] = [];
    for (const row of rows) {
      const changed = await this.#sql.read('SELECT 1 AS yes FROM name_changed WHERE patient = ?', [row.patient]);
      if (changed.length === 0) kept.push(row);
    }
    return kept;
  }

  async #changed(sql: string, params: readonly SqlValue[], match: NameMatch, found: Found): Promise<void> {
    for (const row of await this.#sql.read(sql, params)) found.add(JSON.parse(String(row['json'])) as NameRow, match); // written by applyNames
  }

  async #changedByName(words: readonly string[], match: keyof typeof CHANGED, found: Found): Promise<void> {
    const { condition, params } = CHANGED[match];
    const where = words.map(() => `patient IN (SELECT patient FROM name_changed_word WHERE ${condition})`).join(' AND ');
    const all = words.flatMap((word, index) => params(word, index === words.length - 1));
    await this.#changed(`SELECT json FROM name_changed WHERE ${where} LIMIT ?`, [...all, found.limit + 1 + found.size], match, found);
  }
}

/** After every text that begins with `text`, in SQLite's order (bytes of UTF-8). */
const end = (text: string): string => `${text}\u{10ffff}`;

/** Each kind of match includes the better ones, as the bitmaps of the pack do. */
const CHANGED: Readonly<
  Record<
    'exact' | 'begins' | 'sounds',
    { readonly condition: string; readonly params: (word: string, last: boolean) => readonly SqlValue[] }
  >
> = {
  exact: { condition: 'word = ?', params: (word) => [word] },
  begins: { condition: 'word >= ? AND word < ?', params: (word) => [word, end(word)] },
  sounds: {
    condition: 'sound >= ? AND sound <= ? UNION SELECT patient FROM name_changed_word WHERE word >= ? AND word < ?',
    params: (word, last) => {
      const sounds = soundsOf(word, last) ?? { low: end(''), open: false };
      return [sounds.low, sounds.open ? end(sounds.low) : sounds.low, word, end(word)];
    },
  },
};

/** The sound to look for; `open` when longer ones may be meant: the last word may not be typed to its end yet. */
function soundsOf(word: string, last: boolean): { readonly low: string; readonly open: boolean } | undefined {
  const low = soundKey(word);
  return low === '' ? undefined : { low, open: last && low.length >= MIN_SOUND_LETTERS };
}

/** What has been found, each patient once, by the best match. */
class Found {
  readonly limit: number;
  readonly #rows = new Map<string, FoundName>();

  constructor(limit: number) {
    this.limit = limit;
  }

  get size(): number {
    return this.#rows.size;
  }

  get full(): boolean {
    return this.#rows.size > this.limit;
  }

  add(row: NameRow, match: NameMatch): void {
    if (!this.#rows.has(row.patient)) this.#rows.set(row.patient, { row, match });
  }

  result(): FoundNames {
    const order: Readonly<Record<NameMatch, number>> = { number: 0, phone: 1, exact: 2, begins: 3, sounds: 4 };
    const rows = [...this.#rows.values()].toSorted((a, b) => order[a.match] - order[b.match]);
    return { rows: rows.slice(0, this.limit), more: rows.length > this.limit };
  }
}
