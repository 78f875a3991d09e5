-- Messages on the networks. A customer's own deletion leaves a tombstone: the body is emptied,
-- the times and our answers stay.

create table posts (
    id                 bigint primary key,
    brand_id           bigint not null references brands (id),
    channel_id         bigint not null references channels (id),
    case_id            bigint references cases (id),
    handle_id          bigint references handles (id),
    author             text   not null,
    actor              text   not null,
    visibility         text   not null,
    external_id        text   not null,
    parent_external_id text,
    body               text   not null,
    language           text,
    published_at       bigint not null,
    seen_at            bigint not null,
    version            bigint not null default 1,
    deleted_at         bigint,
    unique (external_id, channel_id, brand_id)
);

create index posts_of_case on posts (case_id, published_at);

-- A brand's own posts that nobody has answered yet: whoever does opens a case with all of them.
create index posts_without_case on posts (parent_external_id) where case_id is null;

-- What a post said before it was edited; an older version never wins.
create table post_versions (
    post_id      bigint not null references posts (id),
    brand_id     bigint not null references brands (id),
    version      bigint not null,
    body         text   not null,
    published_at bigint not null,
    primary key (post_id, version, brand_id)
);

-- Posts whose parent isn't in the store: where the parent arrives later, threads grow together.
create table missing_parents (
    network            text   not null,
    parent_external_id text   not null,
    brand_id           bigint not null references brands (id),
    post_id            bigint not null references posts (id),
    primary key (network, parent_external_id, post_id, brand_id)
);
