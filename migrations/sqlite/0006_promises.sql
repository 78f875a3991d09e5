-- What was promised, and where cases went.

create table promises (
    id          integer primary key,
    brand_id    bigint not null references brands (id),
    case_id     bigint not null references cases (id),
    what        text   not null,
    promised_by text   not null,
    fulfiller   text   not null,
    promised_at bigint not null,
    due_at      bigint not null,
    perishes_at bigint,
    proof       text,
    state       text   not null,
    settled_at  bigint,
    replaces    bigint
);

create index promises_of_case on promises (case_id);

create table hand_offs (
    id          integer primary key,
    brand_id    bigint not null references brands (id),
    case_id     bigint not null references cases (id),
    from_team   text   not null,
    to_team     text   not null,
    offered_at  bigint not null,
    accepted_at bigint,
    returned_at bigint,
    opened_at   bigint
);

create index hand_offs_of_case on hand_offs (case_id);

-- One cause behind many cases.
create table incidents (
    id         integer primary key,
    brand_id   bigint not null references brands (id),
    title      text   not null,
    opened_at  bigint not null,
    closed_at  bigint
);
