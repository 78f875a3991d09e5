-- Who changed what: only ever added to, each line sealed with those before it. The head is updated
-- inside the transaction that adds a line, so lines have no gaps and stand in order of commit.

create table audit_head (
    id   bigint primary key,
    last bigint not null,
    seal text   not null
);

insert into audit_head (id, last, seal) values (1, 0, '');

create table audit (
    number  bigint primary key,
    at      bigint not null,
    person  bigint not null,
    name    text   not null,
    address text   not null,
    action  text   not null,
    subject text   not null,
    before  text   not null,
    after   text   not null,
    seal    text   not null
);
