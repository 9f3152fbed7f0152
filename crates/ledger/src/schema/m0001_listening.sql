-- Who works here. No names: an id of HR's system, and an e-mail address where there is one.
CREATE TABLE unit (
    id {uuid} NOT NULL PRIMARY KEY,
    name text NOT NULL UNIQUE,
    parent_id {uuid} REFERENCES unit (id) DEFERRABLE,
    also_called {json} NOT NULL
) {table};

CREATE TABLE role (
    id {uuid} NOT NULL PRIMARY KEY,
    name text NOT NULL UNIQUE,
    title text
) {table};

-- How work reaches customers: to a role or to a step of the journey.
CREATE TABLE edge (
    id {uuid} NOT NULL PRIMARY KEY,
    from_role {uuid} NOT NULL REFERENCES role (id),
    to_role {uuid} REFERENCES role (id),
    to_stage text,
    weight double precision NOT NULL
) {table};

CREATE TABLE person (
    id {uuid} NOT NULL PRIMARY KEY,
    external_id text NOT NULL UNIQUE,
    email text UNIQUE,
    unit_id {uuid} NOT NULL REFERENCES unit (id),
    role_id {uuid} REFERENCES role (id),
    manager_id {uuid} REFERENCES person (id) DEFERRABLE,
    language text,
    active boolean NOT NULL
) {table};

CREATE TABLE account (
    id {uuid} NOT NULL PRIMARY KEY,
    email text NOT NULL UNIQUE,
    role text NOT NULL,
    unit_id {uuid} REFERENCES unit (id),
    subject text UNIQUE,
    created_at {time} NOT NULL,
    disabled boolean NOT NULL
) {table};

CREATE TABLE login_link (
    hash {bytes} NOT NULL PRIMARY KEY,
    account_id {uuid} NOT NULL REFERENCES account (id),
    expires_at {time} NOT NULL
) {table};

-- Accounts' sessions alone: a respondent never has one.
CREATE TABLE session (
    id {bytes} NOT NULL PRIMARY KEY,
    account_id {uuid} REFERENCES account (id),
    data {json} NOT NULL,
    expires_at {time} NOT NULL
) {table};

CREATE TABLE token (
    id {uuid} NOT NULL PRIMARY KEY,
    hash {bytes} NOT NULL UNIQUE,
    name text NOT NULL,
    scopes {json} NOT NULL,
    account_id {uuid} NOT NULL REFERENCES account (id),
    created_at {time} NOT NULL,
    expires_at {time}
) {table};

CREATE TABLE idempotency (
    token_id {uuid} NOT NULL REFERENCES token (id),
    idempotency_key text NOT NULL,
    request {bytes} NOT NULL,
    status integer NOT NULL,
    body text NOT NULL,
    at {time} NOT NULL,
    PRIMARY KEY (token_id, idempotency_key)
) {table};

CREATE TABLE setting (
    name text NOT NULL PRIMARY KEY,
    value {json} NOT NULL
) {table};

-- A chain of hashes: a line that was changed or taken out shows.
CREATE TABLE audit (
    seq bigint NOT NULL PRIMARY KEY,
    at {time} NOT NULL,
    who text NOT NULL,
    act text NOT NULL,
    subject text NOT NULL,
    detail text NOT NULL,
    previous {bytes} NOT NULL,
    hash {bytes} NOT NULL
) {table};

-- Rounds.
CREATE TABLE round (
    id {uuid} NOT NULL PRIMARY KEY,
    name text NOT NULL,
    state text NOT NULL,
    opens_on {date},
    closes_on {date},
    languages {json} NOT NULL,
    audience {json} NOT NULL,
    wording {json} NOT NULL,
    terms {json} NOT NULL,
    channel text NOT NULL,
    scheduled_by text NOT NULL,
    tree {json} NOT NULL,
    secret {bytes},
    opened_on {date},
    closed_on {date},
    votes_from {date},
    votes_until {date},
    votes_by text NOT NULL
) {table};

CREATE TABLE cell (
    id {uuid} NOT NULL PRIMARY KEY,
    round_id {uuid} NOT NULL REFERENCES round (id),
    unit_id {uuid} REFERENCES unit (id),
    role_id {uuid} REFERENCES role (id),
    invited integer NOT NULL
) {table};

-- Who was asked, as frozen when the round opened. It doesn't know who answered.
CREATE TABLE member (
    round_id {uuid} NOT NULL REFERENCES round (id),
    person_id {uuid} NOT NULL REFERENCES person (id),
    unit_id {uuid} NOT NULL REFERENCES unit (id),
    role_id {uuid} REFERENCES role (id),
    cell_id {uuid} NOT NULL REFERENCES cell (id),
    language text,
    way text NOT NULL,
    PRIMARY KEY (round_id, person_id)
) {table};

-- Letters to those who were asked: everybody gets the same ones, whoever has answered.
CREATE TABLE letter (
    round_id {uuid} NOT NULL REFERENCES round (id),
    number integer NOT NULL,
    person_id {uuid} NOT NULL REFERENCES person (id),
    state text NOT NULL,
    PRIMARY KEY (round_id, number, person_id)
) {table};

CREATE TABLE slip (
    hash {bytes} NOT NULL PRIMARY KEY,
    round_id {uuid} NOT NULL REFERENCES round (id),
    cell_id {uuid} NOT NULL REFERENCES cell (id)
) {table};

-- Marks of use, written in shuffled batches a cell, long after the answers they let in.
CREATE TABLE used (
    round_id {uuid} NOT NULL REFERENCES round (id),
    kind text NOT NULL,
    mark {bytes} NOT NULL,
    cell_id {uuid} NOT NULL REFERENCES cell (id),
    PRIMARY KEY (round_id, kind, mark)
) {table};

-- What was sent waits here until enough wait with it.
CREATE TABLE inbox (
    id {uuid} NOT NULL PRIMARY KEY,
    round_id {uuid} NOT NULL REFERENCES round (id),
    kind text NOT NULL,
    cell_id {uuid} NOT NULL REFERENCES cell (id),
    receipt {bytes} UNIQUE,
    payload {json} NOT NULL
) {table};

CREATE TABLE answer (
    id {uuid} NOT NULL PRIMARY KEY,
    round_id {uuid} NOT NULL REFERENCES round (id),
    cell_id {uuid} NOT NULL REFERENCES cell (id),
    receipt {bytes} UNIQUE,
    idea text,
    block text,
    commitment integer,
    enps integer,
    may_quote boolean NOT NULL
) {table};

-- An idea on its way through moderation. Its moderator never sees the answer's cell. What points
-- to it may wait for the commit: rows are taken out and put back in another order.
CREATE TABLE idea (
    id {uuid} NOT NULL PRIMARY KEY,
    round_id {uuid} NOT NULL REFERENCES round (id),
    answer_id {uuid} REFERENCES answer (id) DEFERRABLE INITIALLY DEFERRED,
    state text NOT NULL,
    shown text,
    merged_into {uuid} REFERENCES idea (id) DEFERRABLE INITIALLY DEFERRED,
    reason text
) {table};

CREATE TABLE vote (
    id {uuid} NOT NULL PRIMARY KEY,
    round_id {uuid} NOT NULL REFERENCES round (id),
    ballot {uuid} NOT NULL,
    criterion text,
    one {uuid} NOT NULL REFERENCES idea (id) DEFERRABLE INITIALLY DEFERRED,
    other {uuid} REFERENCES idea (id) DEFERRABLE INITIALLY DEFERRED,
    choice text NOT NULL
) {table};

-- Who uses whose work, as people tapped it: counts alone.
CREATE TABLE edge_tap (
    round_id {uuid} NOT NULL REFERENCES round (id),
    from_role {uuid} NOT NULL REFERENCES role (id),
    place text NOT NULL,
    taps integer NOT NULL,
    PRIMARY KEY (round_id, from_role, place)
) {table};

-- You said, we did.
CREATE TABLE lever (
    id {uuid} NOT NULL PRIMARY KEY,
    round_id {uuid} NOT NULL REFERENCES round (id),
    title text NOT NULL,
    status text NOT NULL,
    why text NOT NULL,
    customers_since text NOT NULL,
    changed_on {date} NOT NULL
) {table};

CREATE TABLE lever_idea (
    lever_id {uuid} NOT NULL REFERENCES lever (id),
    idea_id {uuid} NOT NULL UNIQUE REFERENCES idea (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (lever_id, idea_id)
) {table};

-- How far a round is, once a day, in tenths. The nil unit is the whole audience.
CREATE TABLE progress (
    round_id {uuid} NOT NULL REFERENCES round (id),
    day {date} NOT NULL,
    unit_id {uuid} NOT NULL,
    tenths integer NOT NULL,
    PRIMARY KEY (round_id, day, unit_id)
) {table};

CREATE TABLE release (
    round_id {uuid} NOT NULL PRIMARY KEY REFERENCES round (id),
    at {time} NOT NULL,
    who text NOT NULL,
    respondents integer NOT NULL,
    brief {bytes} NOT NULL
) {table};

CREATE INDEX person_unit ON person (unit_id);

CREATE INDEX person_manager ON person (manager_id);

CREATE INDEX slip_round ON slip (round_id, cell_id);

CREATE INDEX member_person ON member (person_id);

CREATE INDEX member_cell ON member (cell_id);

CREATE INDEX inbox_place ON inbox (round_id, kind, cell_id);

CREATE INDEX answer_round ON answer (round_id, cell_id);

CREATE INDEX idea_round ON idea (round_id, state);

CREATE INDEX idea_answer ON idea (answer_id);

CREATE INDEX vote_round ON vote (round_id);

CREATE INDEX vote_ballot ON vote (ballot);

CREATE INDEX used_cell ON used (round_id, kind, cell_id);

-- No statistics of what people wrote: they would outlive a row that was taken back.
{postgres}ALTER TABLE inbox ALTER COLUMN payload SET STATISTICS 0;

{postgres}ALTER TABLE answer ALTER COLUMN idea SET STATISTICS 0, ALTER COLUMN block SET STATISTICS 0;
