-- How channels reach their networks, and what came from there.

create table connections (
    -- The channel's own id.
    id               bigint primary key references channels (id),
    brand_id         bigint not null references brands (id),
    kind             text   not null,
    address          text   not null,
    -- How the network keeps one reply from becoming two posts.
    guard            text   not null,
    secret_sealed    text,
    state            text   not null,
    cursor           text,
    last_ok_at       bigint,
    last_delivery_at bigint,
    last_trouble     text,
    -- Since when nothing came through, how often it was tried, and not before when again.
    failing_since    bigint,
    failures         bigint not null default 0,
    retry_at         bigint
);

-- What networks told, kept as they told it until it is worked through; what can't be is dead.
create table deliveries (
    id          bigint primary key,
    brand_id    bigint not null references brands (id),
    channel_id  bigint not null references channels (id),
    author      text   not null,
    hash        text   not null,
    body        text   not null,
    received_at bigint not null,
    tries       bigint not null default 0,
    due_at      bigint not null,
    dead_at     bigint,
    why         text,
    unique (hash, channel_id, brand_id)
);

create index deliveries_due on deliveries (due_at);

-- Deletions of posts that never came, or not yet: they win over late arrivals.
create table early_deletions (
    network     text   not null,
    external_id text   not null,
    brand_id    bigint not null references brands (id),
    at          bigint not null,
    seen_at     bigint not null,
    primary key (network, external_id, brand_id)
);

-- Posts of the last days that began something, by who wrote them and by what their text is like (0
-- when it is too short to tell): a person's cross-posts find each other here.
create table beginnings (
    post_id      bigint not null references posts (id),
    brand_id     bigint not null references brands (id),
    fingerprint  bigint not null,
    handle_id    bigint not null,
    channel_id   bigint not null,
    published_at bigint not null,
    primary key (post_id, fingerprint, brand_id)
);

create index beginnings_of_handle on beginnings (handle_id, published_at);
create index beginnings_alike on beginnings (fingerprint, published_at);

-- Our clock, where it counts because the network's can't be right.
alter table posts add column counts_from bigint;
