-- Who is being talked to, by which rules, and through which accounts.
-- Instants are milliseconds since 1970 in UTC, everywhere. Ids are made by the application.

create table brands (
    id         bigint primary key,
    key        text   not null,
    name       text   not null,
    zone       text   not null,
    languages  text   not null default '',
    created_at bigint not null,
    unique (key)
);

-- What was due stays computed by the version of its time.
create table policies (
    id         bigint primary key,
    brand_id   bigint not null references brands (id),
    version    bigint not null,
    since      bigint not null,
    body       text   not null,
    unique (brand_id, version)
);

create table channels (
    id         bigint primary key,
    brand_id   bigint not null references brands (id),
    network    text   not null,
    handle     text   not null,
    source     text   not null,
    state      text   not null default 'on',
    cursor     text,
    created_at bigint not null,
    unique (brand_id, network, handle, source)
);

create table topics (
    id         bigint primary key,
    brand_id   bigint not null references brands (id),
    key        text   not null,
    name       text   not null,
    unique (brand_id, key)
);
