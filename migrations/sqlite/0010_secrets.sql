-- Which key has sealed this database's secrets, and a word that only that key opens: a wrong key is
-- refused at start. Sealed values stand in their owners' own columns, whose names end in _sealed.

create table sealing_key (
    id            integer primary key,
    key_id        text   not null,
    canary_sealed text   not null,
    since         bigint not null
);
