-- What agents write: replies with their whole life, drafts, and what each channel lets through.

create table replies (
    id             bigint primary key,
    brand_id       bigint not null references brands (id),
    case_id        bigint not null references cases (id),
    channel_id     bigint not null references channels (id),
    author_id      bigint not null references people (id),
    -- Made by the author's composer: a repeated send finds the first one.
    key            text   not null,
    visibility     text   not null,
    body           text   not null,
    in_reply_to    text   not null,
    addressee      text   not null,
    then_resolve   text,
    state          text   not null,
    queued_at      bigint not null,
    send_at        bigint not null,
    tries          bigint not null default 0,
    first_tried_at bigint,
    tried_at       bigint,
    run            bigint,
    chosen_id      text,
    external_id    text,
    accepted_at    bigint,
    why            text,
    looks          bigint not null default 0,
    look_at        bigint,
    unique (author_id, key, brand_id)
);

create index replies_of_case on replies (case_id, queued_at);
create index replies_in_work on replies (send_at) where state in ('queued', 'in_flight', 'unknown');
-- One at a time in a conversation, whoever sends.
create unique index one_in_flight on replies (case_id, brand_id) where state = 'in_flight';

-- What somebody is writing: kept within a second of the last key.
create table drafts (
    person_id bigint not null references people (id),
    case_id   bigint not null,
    kind      text   not null,
    brand_id  bigint not null references brands (id),
    key       text   not null,
    body      text   not null,
    saved_at  bigint not null,
    -- Why it wasn't taken when it was sent, and whether it may be sent all the same.
    why       text,
    is_asked  bigint not null default 0,
    primary key (person_id, case_id, kind, brand_id)
);

create index drafts_of_case on drafts (case_id);

-- What each channel lets through; the row of channel 0 is for all of them.
create table gateways (
    channel_id    bigint not null primary key,
    paused_at     bigint,
    paused_by     text,
    -- The network asked to wait until then.
    blocked_until bigint,
    -- The bucket: thousandths of a post, and when they were counted.
    level         bigint not null,
    counted_at    bigint not null,
    -- A day of UTC, and how many went out in it.
    day           bigint not null,
    sent          bigint not null
);

-- Runs of servers that send. One that has been silent for a minute is over.
create table runs (
    id           bigint primary key,
    last_seen_at bigint not null
);
