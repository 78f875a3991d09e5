-- Keys for programs. Of a token only the SHA-256 is kept, and its first letters to know it by.
create table api_tokens (
    id           bigint primary key,
    name         text   not null,
    token        text   not null,
    hint         text   not null,
    -- What it may read, as words separated by blanks.
    scopes       text   not null,
    all_brands   bigint not null,
    -- It works while whoever made it may manage tokens.
    made_by      bigint not null references people (id),
    created_at   bigint not null,
    expires_at   bigint not null,
    last_used_at bigint,
    revoked_at   bigint,
    unique (token)
);

create table api_token_brands (
    token_id bigint not null references api_tokens (id),
    brand_id bigint not null references brands (id),
    primary key (token_id, brand_id)
);

-- The log of changes seals names, addresses and what was changed by salted marks, so that they can be
-- taken out of a line while the chain stays whole. Lines from before have none.
alter table audit add column salts text not null default '';
alter table audit add column marks text not null default '';

-- When somebody's name and address were erased.
alter table people add column erased_at bigint;
