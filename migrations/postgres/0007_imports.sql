-- Which archives came in, and what became of their rows.

create table imports (
    id          bigint primary key,
    layout      text   not null,
    file        text   not null,
    started_at  bigint not null,
    finished_at bigint,
    read_rows   bigint not null default 0,
    accepted    bigint not null default 0,
    repeated    bigint not null default 0,
    rejected    bigint not null default 0
);

-- Small facts about the workspace itself, such as whether a demo plays in it.
create table workspace (
    key   text not null primary key,
    value text not null
);
