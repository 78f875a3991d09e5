-- The log: what happened, in the order in which it was committed. Never changed, never removed.
-- Numbers have no gaps and appear in order, because they are taken from `log_head` inside the
-- transaction that writes them: whoever has read up to a number has read everything before it.

create table log_head (
    id   integer primary key,
    last bigint not null
);

insert into log_head (id, last) values (1, 0);

-- A case has no reference here: where an archive's later part shows that two cases were one, one of
-- them goes, and the log still tells what was known of it.
create table events (
    number      integer primary key,
    brand_id    bigint not null references brands (id),
    case_id     bigint not null,
    at          bigint not null,
    recorded_at bigint not null,
    actor       text   not null,
    kind        text   not null,
    body        text   not null
);

create index events_of_case on events (case_id, number);
