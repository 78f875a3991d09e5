-- Who works here, in which teams, for which brands, and how they get in.
-- Of tokens, links and recovery codes only the SHA-256 is kept.

create table organisation (
    id         integer primary key,
    name       text   not null,
    zone       text   not null,
    -- The roles that need a code of an app, separated by blanks.
    code_roles text   not null default '',
    created_at bigint not null
);

create table people (
    id          integer primary key,
    name        text   not null,
    email       text   not null,
    role        text   not null,
    all_brands  bigint not null,
    zone        text   not null,
    standing    text   not null,
    password    text,
    -- The secret of the app; the last step whose code was used, so that none works twice.
    codes_sealed text,
    code_step   bigint not null default 0,
    -- Made up by a demo: nobody signs in as one of these.
    is_invented bigint not null default 0,
    created_at  bigint not null,
    unique (email)
);

create table person_brands (
    person_id bigint not null references people (id),
    brand_id  bigint not null references brands (id),
    primary key (person_id, brand_id)
);

create table teams (
    id         integer primary key,
    name       text   not null,
    created_at bigint not null,
    unique (name)
);

create table team_members (
    team_id   bigint not null references teams (id),
    person_id bigint not null references people (id),
    primary key (team_id, person_id)
);

create index teams_of_person on team_members (person_id);

create table sessions (
    id           integer primary key,
    token        text   not null,
    person_id    bigint not null references people (id),
    -- Whether a code is still to be given.
    is_half      bigint not null,
    created_at   bigint not null,
    last_seen_at bigint not null,
    -- When the password was last given.
    confirmed_at bigint not null,
    address      text   not null,
    browser      text   not null,
    unique (token)
);

create index sessions_of_person on sessions (person_id);

create table links (
    id         integer primary key,
    token      text   not null,
    purpose    text   not null,
    person_id  bigint references people (id),
    created_at bigint not null,
    expires_at bigint not null,
    used_at    bigint,
    unique (token)
);

create table recovery_codes (
    id        integer primary key,
    person_id bigint not null references people (id),
    code      text   not null,
    used_at   bigint,
    unique (person_id, code)
);

-- How often something was tried since when, by account and by address.
create table attempts (
    subject text   not null primary key,
    since   bigint not null,
    count   bigint not null
);
