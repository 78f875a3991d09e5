-- Whose work a case is, apart from the case itself: taking, handing on and putting aside move no
-- clock. A row is there once somebody has touched it; a case of an archive that goes leaves its
-- row to nobody, so there is no reference.

create table case_work (
    case_id       bigint primary key,
    brand_id      bigint not null references brands (id),
    -- The person who has it, and the team it is with.
    owner_id      bigint references people (id),
    team_id       bigint references teams (id),
    -- Put aside until then; the customer's clock goes on.
    snoozed_until bigint,
    snoozed_why   text,
    changed_at    bigint not null
);

create index work_of_owner on case_work (owner_id);
create index work_of_team on case_work (team_id);
