// Numbers that stand on two streams: kept by triggers on the replica's `numbers`, because nobody can scan all numbers to find the few.

/** Temporary numbers (kind 7) are left out: all tubes of an unknown patient bear the same one. */
const COUNTS = "NOT (length(%.number) = 12 AND substr(%.number, 1, 1) = '7')";

export const NUMBER_TWICE_DDL: readonly string[] = [
  'CREATE TABLE IF NOT EXISTS number_twice(number TEXT PRIMARY KEY) WITHOUT ROWID',
  `CREATE TRIGGER IF NOT EXISTS number_twice_on AFTER INSERT ON numbers
    WHEN ${COUNTS.replaceAll('%', 'new')} AND EXISTS (SELECT 1 FROM numbers WHERE number = new.number AND doc <> new.doc) BEGIN
    INSERT OR IGNORE INTO number_twice(number) VALUES(new.number); END`,
  `CREATE TRIGGER IF NOT EXISTS number_twice_off AFTER DELETE ON numbers
    WHEN (SELECT count(*) FROM (SELECT 1 FROM numbers WHERE number = old.number LIMIT 2)) < 2 BEGIN
    DELETE FROM number_twice WHERE number = old.number; END`,
];
