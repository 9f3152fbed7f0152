-- Marks of use are written by the thousand between two answers: that the round and the cell are there
-- was read in the same transaction, and each look by PostgreSQL at a cell for a mark costs more than
-- writing it. (SQLite looks once a row and locks nothing.)
{postgres}ALTER TABLE used DROP CONSTRAINT used_round_id_fkey, DROP CONSTRAINT used_cell_id_fkey;
