-- Who made a version, and which version decided when.
alter table rulebook_versions
    add column created_by text not null default '',
    add column message    text not null default '';

-- Whether an activation gets what is published without naming activations.
alter table activations add column follows boolean not null default true;

-- activations.rulebook_version_id is what decides after the committed position; only the commit of the entry that says so
-- changes it.
create table activation_versions (
    activation_id bigint not null references activations on delete cascade,
    part          integer not null,
    entry_major   bigint not null, -- 0 for the version that the activation was created with
    entry_minor   bigint not null,
    version_id    bigint not null,
    number        integer not null,
    state         text not null,   -- waiting, live, refused
    requested_by  text not null,
    requested_at  timestamptz not null,
    live_at       timestamptz,     -- session time
    reason        text not null,
    rules         bytea not null,  -- JSON
    primary key (activation_id, part, entry_major, entry_minor)
);

insert into activation_versions
select a.id, 0, 0, 0, a.rulebook_version_id, v.number, 'live', '', a.created_at, a.created_at, '', '[]'
  from activations a join rulebook_versions v on v.id = a.rulebook_version_id;
