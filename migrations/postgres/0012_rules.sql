-- Rules that people change: what they were when something fell due stays with the case, and each
-- version remembers whose wall clock it was read by.

alter table cases add column next_target_s bigint;
alter table cases add column resolution_target_s bigint;
alter table policies add column zone text;

-- Holidays read from a calendar file, while somebody chooses among them.
create table holiday_files (
    id         bigint primary key,
    brand_id   bigint not null references brands (id),
    name       text   not null,
    created_at bigint not null,
    body       text   not null
);

-- Words that give a case its topic, one a line.
alter table topics add column keywords text not null default '';

-- What makes a case urgent, in points; the newest version holds for everybody.
create table weights (
    version bigint not null primary key,
    since   bigint not null,
    body    text   not null
);

-- Texts that agents begin with.
create table macros (
    id         bigint primary key,
    brand_id   bigint not null references brands (id),
    name       text   not null,
    language   text   not null,
    body       text   not null,
    unique (name, language, brand_id)
);

-- For how many days after its case was closed a post's text is kept; for ever where there is none.
create table retention (
    brand_id bigint not null primary key references brands (id),
    days     bigint not null
);
alter table posts add column purged_at bigint;
