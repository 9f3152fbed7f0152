-- An answer is stored while somebody waits: the inbox costs as little as it can. That the cell and its
-- round are there was read in the same transaction, and nobody else writes meanwhile, so neither is
-- looked up once more (on PostgreSQL that would lock, and so write, every cell's row). Where no receipt
-- is wished, none is in the index.
{postgres}ALTER TABLE inbox DROP CONSTRAINT inbox_round_id_fkey, DROP CONSTRAINT inbox_cell_id_fkey, DROP CONSTRAINT inbox_receipt_key;
{sqlite}DROP INDEX inbox_place;
{sqlite}ALTER TABLE inbox RENAME TO inbox_before;
{sqlite}CREATE TABLE inbox (id blob NOT NULL PRIMARY KEY, round_id blob NOT NULL, kind text NOT NULL, cell_id blob NOT NULL, receipt blob, payload text NOT NULL) WITHOUT ROWID;
{sqlite}INSERT INTO inbox SELECT id, round_id, kind, cell_id, receipt, payload FROM inbox_before;
{sqlite}DROP TABLE inbox_before;
{sqlite}CREATE INDEX inbox_place ON inbox (round_id, kind, cell_id);
CREATE UNIQUE INDEX inbox_receipt ON inbox (receipt) WHERE receipt IS NOT NULL;
