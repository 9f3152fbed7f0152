-- What a letter invites to: to answer, or to vote.
ALTER TABLE letter ADD COLUMN kind text NOT NULL DEFAULT 'answer';
