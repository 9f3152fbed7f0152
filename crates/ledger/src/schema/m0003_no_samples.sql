-- PostgreSQL keeps samples of what columns hold, and these outlive the rows. Nothing of what was
-- sent, or by which way in, may be among them. The tables that hold it are rewritten whole by us.
{postgres}ALTER TABLE slip SET (autovacuum_enabled = false, toast.autovacuum_enabled = false);
{postgres}ALTER TABLE used SET (autovacuum_enabled = false, toast.autovacuum_enabled = false);
{postgres}ALTER TABLE inbox SET (autovacuum_enabled = false, toast.autovacuum_enabled = false);
{postgres}ALTER TABLE slip ALTER COLUMN hash SET STATISTICS 0;
{postgres}ALTER TABLE used ALTER COLUMN mark SET STATISTICS 0;
{postgres}ALTER TABLE inbox ALTER COLUMN id SET STATISTICS 0, ALTER COLUMN receipt SET STATISTICS 0, ALTER COLUMN payload SET STATISTICS 0;
{postgres}ALTER TABLE answer ALTER COLUMN id SET STATISTICS 0, ALTER COLUMN receipt SET STATISTICS 0, ALTER COLUMN idea SET STATISTICS 0, ALTER COLUMN block SET STATISTICS 0;
{postgres}ALTER TABLE idea ALTER COLUMN id SET STATISTICS 0, ALTER COLUMN answer_id SET STATISTICS 0, ALTER COLUMN shown SET STATISTICS 0, ALTER COLUMN merged_into SET STATISTICS 0;
{postgres}ALTER TABLE vote ALTER COLUMN id SET STATISTICS 0, ALTER COLUMN ballot SET STATISTICS 0, ALTER COLUMN one SET STATISTICS 0, ALTER COLUMN other SET STATISTICS 0;
{postgres}ALTER TABLE round ALTER COLUMN secret SET STATISTICS 0;
