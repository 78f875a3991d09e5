-- People whose data was erased. Nothing here says who they were: an account is known by a keyed hash
-- of its name, so that an archive that is imported later doesn't bring them back.

create table erasures (
    id         bigint primary key,
    kind       text   not null,
    erased_at  bigint not null,
    posts      bigint not null,
    cases      bigint not null
);

create table erased_accounts (
    mark       text   not null primary key,
    erasure_id bigint not null references erasures (id),
    erased_at  bigint not null
);

-- The key of those hashes.
create table erasure_key (
    id         bigint primary key,
    key_sealed text   not null
);
