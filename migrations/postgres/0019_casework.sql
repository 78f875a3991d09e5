-- What happens around a reply: who has a case and why, what was asked of whom, noted, tried before,
-- offered, joined, and what the customer said at the end. As with `case_work`, a case of an archive
-- that goes leaves its rows to nobody, so they have no reference to it.

alter table case_work add column snoozed_at bigint;
alter table case_work add column cause text;

alter table hand_offs add column ask text;
alter table hand_offs add column from_team_id bigint;
alter table hand_offs add column to_team_id bigint;
alter table hand_offs add column offered_by bigint;
alter table hand_offs add column accepted_by bigint;
alter table hand_offs add column returned_why text;

alter table promises add column owner_id bigint;
alter table promises add column fulfiller_id bigint;
alter table promises add column fulfiller_team_id bigint;
alter table promises add column withdrawn_why text;
-- How far people were told: at half of the time, at four fifths, when it was due, a day after.
alter table promises add column told bigint not null default 0;

create index promises_by_state on promises (state, due_at);

create table notes (
    id         bigint primary key,
    brand_id   bigint not null references brands (id),
    case_id    bigint not null,
    person_id  bigint not null references people (id),
    body       text   not null,
    written_at bigint not null,
    version    bigint not null default 1
);

create index notes_of_case on notes (case_id, written_at);

-- What a note said before it was changed.
create table note_versions (
    note_id bigint not null references notes (id),
    version bigint not null,
    body    text   not null,
    primary key (note_id, version)
);

-- What the customer had tried before, elsewhere.
create table prior_attempts (
    id       bigint primary key,
    brand_id bigint not null references brands (id),
    case_id  bigint not null,
    channel  text   not null,
    at       bigint,
    lasted_s bigint,
    outcome  text   not null,
    noted_at bigint not null
);

create index prior_attempts_of_case on prior_attempts (case_id);

-- What the customer wants, and what they were offered.
create table offers (
    id          bigint primary key,
    brand_id    bigint not null references brands (id),
    case_id     bigint not null,
    is_offer    bigint not null,
    remedy      text   not null,
    words       text   not null,
    minor       bigint,
    currency    text,
    approval    text   not null,
    person_id   bigint not null references people (id),
    made_at     bigint not null,
    decided_by  bigint references people (id),
    decided_why text
);

create index offers_of_case on offers (case_id);

-- How much a role may give without asking; no row is the usual, no sum is without limit.
create table limits (
    role     text   not null primary key,
    minor    bigint,
    currency text
);

-- What was joined or parted, with what is needed to undo it for a day.
create table joins (
    id        bigint primary key,
    brand_id  bigint not null references brands (id),
    kind      text   not null,
    from_id   bigint not null,
    into_id   bigint not null,
    body      text   not null,
    person_id bigint not null references people (id),
    made_at   bigint not null,
    undone_at bigint
);

create index joins_of_from on joins (from_id);
create index joins_of_into on joins (into_id);

-- Customers who are said to abuse the channel; nothing follows before a second person agrees.
create table bad_actors (
    id          bigint primary key,
    brand_id    bigint not null references brands (id),
    customer_id bigint not null,
    case_id     bigint not null,
    reason      text   not null,
    person_id   bigint not null references people (id),
    agreed_by   bigint references people (id),
    until_at    bigint not null,
    lifted_at   bigint
);

create index bad_actors_of_customer on bad_actors (customer_id);

-- The key of the links by which customers say whether it is solved.
create table confirmation_key (
    id         bigint primary key,
    key_sealed text   not null
);

create table confirmations (
    case_id     bigint not null,
    episode     bigint not null,
    brand_id    bigint not null references brands (id),
    made_at     bigint not null,
    expires_at  bigint not null,
    is_solved   bigint,
    said        text   not null default '',
    answered_at bigint,
    primary key (case_id, episode)
);

-- What people are told in the app.
create table notices (
    id        bigint primary key,
    person_id bigint not null references people (id),
    brand_id  bigint references brands (id),
    case_id   bigint,
    kind      text   not null,
    words     text   not null,
    told_at   bigint not null,
    read_at   bigint,
    mailed_at bigint
);

create index notices_of_person on notices (person_id, read_at);

-- When somebody wants to be left alone, in minutes of their own day, and whether they want mail.
create table quiet_hours (
    person_id    bigint primary key,
    from_minute  bigint not null,
    until_minute bigint not null,
    wants_mail   bigint not null
);
