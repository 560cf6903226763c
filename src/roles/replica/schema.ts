// The tables of a replica besides the views: where commits lie, chains, documents, numbers, links. All can be rebuilt from the journal.

/** Raised when a table here changes: the database is then rebuilt from the journal. */
export const SCHEMA_VERSION = 7;

export const REPLICA_DDL: readonly string[] = [
  'CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID',
  // What is known of each hub: the place in its receipt log, and how far our own log has been offered to it.
  'CREATE TABLE IF NOT EXISTS peers(device TEXT PRIMARY KEY, cursor TEXT NOT NULL, offered INTEGER NOT NULL, acknowledged INTEGER NOT NULL, scope TEXT NOT NULL) WITHOUT ROWID',
  // Units (patients) that this desk holds whole.
  'CREATE TABLE IF NOT EXISTS covered(unit TEXT PRIMARY KEY) WITHOUT ROWID',
  // A run is an unbroken piece of one chain that arrived together: `count` commits from receipt number n0 and seq0 on.
  // lengths and refs are arrays (uint32 big-endian; 8 bytes each): one row for a run keeps bulk arrival cheap.
  'CREATE TABLE IF NOT EXISTS runs(n0 INTEGER PRIMARY KEY, count INTEGER NOT NULL, epoch TEXT NOT NULL, seq0 INTEGER NOT NULL, segment INTEGER NOT NULL, at INTEGER NOT NULL, lengths BLOB NOT NULL, refs BLOB NOT NULL, receipt BLOB NOT NULL)',
  'CREATE INDEX IF NOT EXISTS runs_chain ON runs(epoch, seq0)',
  'CREATE TABLE IF NOT EXISTS chains(epoch TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID',
  'CREATE TABLE IF NOT EXISTS documents(id INTEGER PRIMARY KEY, stream TEXT NOT NULL UNIQUE, type TEXT NOT NULL, unit TEXT, json TEXT NOT NULL, issues INTEGER NOT NULL, updated INTEGER NOT NULL)',
  'CREATE INDEX IF NOT EXISTS documents_updated ON documents(updated) WHERE unit IS NOT NULL',
  'CREATE INDEX IF NOT EXISTS documents_unit ON documents(unit) WHERE unit IS NOT NULL',
  // What belongs to no patient: every new desk gets it whole, and must not wait for a walk through all patients.
  'CREATE INDEX IF NOT EXISTS documents_shared ON documents(id) WHERE unit IS NULL',
  'CREATE INDEX IF NOT EXISTS documents_issues ON documents(type, id) WHERE issues > 0',
  'CREATE TABLE IF NOT EXISTS stream_commits(doc INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(doc, n)) WITHOUT ROWID',
  'CREATE INDEX IF NOT EXISTS documents_type ON documents(type)',
  'CREATE INDEX IF NOT EXISTS stream_commits_n ON stream_commits(n)',
  'CREATE TABLE IF NOT EXISTS numbers(number TEXT NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY(number, doc)) WITHOUT ROWID',
  'CREATE INDEX IF NOT EXISTS numbers_doc ON numbers(doc)',
  // Where a document came to belong to another unit (a tube to its patient): whoever follows a scope has not got what came before.
  'CREATE TABLE IF NOT EXISTS unit_changes(n INTEGER NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY(n, doc)) WITHOUT ROWID',
  'CREATE TABLE IF NOT EXISTS links(target TEXT NOT NULL, type TEXT NOT NULL, rel TEXT NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY(target, type, rel, doc)) WITHOUT ROWID',
  'CREATE INDEX IF NOT EXISTS links_doc ON links(doc)',
  // Commands by id, so that a repeat has no second effect.
  'CREATE TABLE IF NOT EXISTS commands(id TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID',
  // Streams with an event that has no effect for now, judged again when trust grows.
  'CREATE TABLE IF NOT EXISTS set_aside(doc INTEGER PRIMARY KEY)',
  // Commits whose body this program cannot read: kept, passed on, tried again after an upgrade.
  'CREATE TABLE IF NOT EXISTS parked(n INTEGER PRIMARY KEY, why TEXT NOT NULL)',
];

export const SQL = {
  metaGet: 'SELECT value FROM meta WHERE key = ?',
  metaAll: 'SELECT key, value FROM meta',
  metaSet: 'INSERT INTO meta(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value',
  runInsert: 'INSERT INTO runs(n0, count, epoch, seq0, segment, at, lengths, refs, receipt) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)',
  runAt: 'SELECT * FROM runs WHERE n0 <= ? ORDER BY n0 DESC LIMIT 1',
  runsFrom: 'SELECT * FROM runs WHERE n0 >= ? ORDER BY n0 LIMIT ?',
  /** Of a chain with one history no two runs overlap: of those that begin at or before a seq only the last can hold it. */
  runsOfOneHistory:
    'SELECT * FROM runs WHERE epoch = ? AND seq0 >= ifnull((SELECT max(seq0) FROM runs WHERE epoch = ? AND seq0 <= ?), 0) AND seq0 <= ? ORDER BY seq0',
  /** Of a chain with two histories any run that may hold a seq: a run is at most MAX_RUN long. */
  runsOfChain: 'SELECT * FROM runs WHERE epoch = ? AND seq0 BETWEEN ? AND ? ORDER BY seq0, n0',
  firstAfter: 'SELECT MIN(seq0 + MAX(0, ? - n0 + 1)) AS seq FROM runs WHERE epoch = ? AND n0 + count - 1 > ?',
  chainsAll: 'SELECT epoch, state FROM chains',
  chainSet: 'INSERT INTO chains(epoch, state) VALUES(?, ?) ON CONFLICT(epoch) DO UPDATE SET state = excluded.state',
  documentByStream: 'SELECT id, json, unit, updated FROM documents WHERE stream = ?',
  documentById: 'SELECT id, stream, json, unit, updated FROM documents WHERE id = ?',
  documentsOfType: 'SELECT id, stream, json, unit, updated FROM documents WHERE type = ? ORDER BY id',
  documentPut:
    'INSERT INTO documents(id, stream, type, unit, json, issues, updated) VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET unit = excluded.unit, json = excluded.json, issues = excluded.issues, updated = excluded.updated',
  documentsLast: 'SELECT max(id) AS id FROM documents',
  streamCommitInsert: 'INSERT OR IGNORE INTO stream_commits(doc, n) VALUES(?, ?)',
  streamCommits: 'SELECT n FROM stream_commits WHERE doc = ? ORDER BY n',
  commitsOfType: 'SELECT s.n AS n FROM documents d JOIN stream_commits s ON s.doc = d.id WHERE d.type = ? ORDER BY s.n',
  numbersDelete: 'DELETE FROM numbers WHERE doc = ?',
  numberInsert: 'INSERT OR IGNORE INTO numbers(number, doc) VALUES(?, ?)',
  byNumber: 'SELECT d.stream AS stream FROM numbers x JOIN documents d ON d.id = x.doc WHERE x.number = ? ORDER BY d.id LIMIT 50',
  serialsUsed: 'SELECT number FROM numbers WHERE number >= ? AND number < ?',
  unitChanged: 'INSERT OR IGNORE INTO unit_changes(n, doc) VALUES(?, ?)',
  linksDelete: 'DELETE FROM links WHERE doc = ?',
  linkInsert: 'INSERT OR IGNORE INTO links(target, type, rel, doc) VALUES(?, ?, ?, ?)',
  linked:
    'SELECT d.stream AS stream FROM links x JOIN documents d ON d.id = x.doc WHERE x.target = ? AND x.type = ? AND x.rel = ? ORDER BY d.id LIMIT 200',
  commandInsert: 'INSERT OR IGNORE INTO commands(id, n) VALUES(?, ?)',
  commandGet: 'SELECT n FROM commands WHERE id = ?',
  setAsideAdd: 'INSERT OR IGNORE INTO set_aside(doc) VALUES(?)',
  setAsideRemove: 'DELETE FROM set_aside WHERE doc = ?',
  setAsideAll: 'SELECT doc FROM set_aside',
  parkedAdd: 'INSERT OR IGNORE INTO parked(n, why) VALUES(?, ?)',
  parkedAll: 'SELECT n FROM parked ORDER BY n',
  parkedRemove: 'DELETE FROM parked WHERE n = ?',
  unitCommits: 'SELECT DISTINCT s.n AS n FROM documents d JOIN stream_commits s ON s.doc = d.id WHERE d.unit = ? ORDER BY s.n',
  peerKeep: 'INSERT OR IGNORE INTO peers(device, cursor, offered, acknowledged, scope) VALUES(?, ?, ?, ?, ?)',
  coveredKeep: 'INSERT OR IGNORE INTO covered(unit) VALUES(?)',
} as const;
