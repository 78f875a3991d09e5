-- People as one brand knows them, and their accounts on the networks.

create table customers (
    id         integer primary key,
    brand_id   bigint not null references brands (id),
    name       text   not null,
    language   text,
    prefers    text,
    created_at bigint not null
);

create table handles (
    id          integer primary key,
    brand_id    bigint not null references brands (id),
    customer_id bigint not null references customers (id),
    network     text   not null,
    handle      text   not null,
    followers   bigint not null default 0,
    unique (brand_id, network, handle)
);

create index handles_of_customer on handles (customer_id);
