-- What people made of posts that triage had judged. No text is kept: posts are named by their ids,
-- and read again when a model learns from them. A case or post that is gone is no lesson any more.
create table triage_corrections (
    id                 bigint primary key,
    brand_id           bigint not null references brands (id),
    case_id            bigint not null,
    post_id            bigint not null,
    person_id          bigint not null,
    corrected_at       bigint not null,
    model              bigint not null,
    suggested_kind     text   not null,
    suggested_tone     text   not null,
    suggested_priority text   not null,
    suggested_topic    text,
    kind               text   not null,
    tone               text   not null,
    priority           text   not null,
    topic              text
);
create index triage_corrections_by_post on triage_corrections (post_id, id);
create index triage_corrections_by_case on triage_corrections (case_id, id);

-- What was learned from them: each try, how it did on corrections that it had not learned from, in
-- thousandths, and whether it was kept. Words stand in it as hashes only.
create table triage_models (
    version         bigint primary key,
    made_at         bigint not null,
    last_correction bigint not null,
    lessons         bigint not null,
    held_out        bigint not null,
    score           bigint not null,
    score_before    bigint not null,
    kept            bigint not null,
    body            text   not null
);
