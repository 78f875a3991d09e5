-- One customer's problem, from the first post to the last word, as it stands now. A row changes
-- only together with rows of `events`, in one transaction.

create table cases (
    id                      bigint primary key,
    brand_id                bigint not null references brands (id),
    channel_id              bigint not null references channels (id),
    customer_id             bigint not null references customers (id),
    incident_id             bigint,
    merged_into             bigint,
    origin                  text   not null,
    kind                    text   not null,
    status                  text   not null,
    ball                    text   not null,
    priority                text   not null,
    topic                   text,
    tone_first              text   not null,
    tone_last               text   not null,
    opened_at               bigint not null,
    seen_at                 bigint not null,
    first_answer_at         bigint,
    first_public_answer_at  bigint,
    first_answer_business_s bigint,
    unanswered_since        bigint,
    last_customer_post_at   bigint not null,
    sundown_at              bigint,
    target_s                bigint not null,
    promise_due_at          bigint,
    due_at                  bigint,
    due_kind                text,
    first_resolved_at       bigint,
    resolved_at             bigint,
    remedy                  text,
    outcome                 text,
    asked_at                bigint,
    confirmed_at            bigint,
    disputed_at             bigint,
    thanked_at              bigint,
    excluded_at             bigint,
    exclusion               text,
    reach                   bigint not null default 0,
    joiners                 bigint not null default 0,
    posts                   bigint not null default 1,
    chasers                 bigint not null default 0,
    episode                 bigint not null default 1
);

-- Opened → resolved; a reopening starts the next one.
create table episodes (
    id          bigint primary key,
    brand_id    bigint not null references brands (id),
    case_id     bigint not null references cases (id),
    number      bigint not null,
    opened_at   bigint not null,
    resolved_at bigint,
    outcome     text,
    remedy      text,
    unique (case_id, number, brand_id)
);

-- A run of customer posts and our answer to it.
create table turns (
    id          bigint primary key,
    brand_id    bigint not null references brands (id),
    case_id     bigint not null references cases (id),
    started_at  bigint not null,
    answered_at bigint,
    posts       bigint not null default 1
);

create index turns_of_case on turns (case_id, started_at);
