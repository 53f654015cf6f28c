-- What people configure, and how far each activation has come.
-- JSON that must come back byte by byte is bytea.

create table event_streams (
    id              bigint generated always as identity primary key,
    uuid            uuid not null unique,
    organization_id bigint not null references organizations,
    name            text not null,
    type            text not null,
    credential      bytea not null, -- encrypted, bound to the uuid
    credential_key  text not null,  -- which key encrypted it
    enabled         boolean not null default true,
    created_at      timestamptz not null default now(),
    events_received bigint not null default 0,
    last_event_at   timestamptz,
    constraint event_stream_name unique (organization_id, name)
) with (fillfactor = 80);

create table rulebooks (
    id              bigint generated always as identity primary key,
    organization_id bigint not null references organizations,
    name            text not null,
    description     text not null,
    created_at      timestamptz not null default now(),
    constraint rulebook_name unique (organization_id, name)
);

create table rulebook_versions (
    id          bigint generated always as identity primary key,
    rulebook_id bigint not null references rulebooks on delete cascade,
    number      integer not null,
    text        text not null,
    created_at  timestamptz not null default now(),
    constraint rulebook_version_number unique (rulebook_id, number)
);

create table activations (
    id                  bigint generated always as identity primary key,
    organization_id     bigint not null references organizations,
    name                text not null,
    description         text not null,
    enabled             boolean not null,
    rulebook_id         bigint not null references rulebooks,
    rulebook_version_id bigint not null references rulebook_versions,
    variables           bytea not null,
    inventory           text,
    strategy            text not null,
    restart_policy      text not null,
    status              text not null,
    status_message      text not null default '',
    restart_count       integer not null default 0,
    created_at          timestamptz not null default now(),
    status_since        timestamptz not null default now(),
    constraint activation_name unique (organization_id, name)
);

create index activations_rulebook on activations (rulebook_id);
create index activations_version on activations (rulebook_version_id);

create table activation_sources (
    activation_id bigint not null references activations on delete cascade,
    source        text not null,
    stream_uuid   uuid not null references event_streams (uuid),
    primary key (activation_id, source)
);

create index activation_sources_stream on activation_sources (stream_uuid);

-- Who runs an activation. The epoch grows with every claim.
create table leases (
    activation_id bigint primary key references activations on delete cascade,
    owner         text not null default '',
    epoch         bigint not null default 0,
    until         timestamptz not null default '-infinity'
) with (fillfactor = 50);

-- How far an inbox is decided. The epoch is a copy of the lease's, so that one row guards a commit.
create table inboxes (
    activation_id  bigint not null references activations on delete cascade,
    part           integer not null,
    epoch          bigint not null default 0,
    incarnation    bigint not null,
    position_major bigint not null default 0,
    position_minor bigint not null default 0,
    events_seen    bigint not null default 0,
    decisions_made bigint not null default 0,
    primary key (activation_id, part)
) with (fillfactor = 50);

create table snapshots (
    activation_id  bigint not null,
    part           integer not null,
    position_major bigint not null,
    position_minor bigint not null,
    engine         text not null,
    state          bytea not null,
    written_at     timestamptz not null default now(),
    primary key (activation_id, part),
    foreign key (activation_id, part) references inboxes on delete cascade
);

-- Lives of the log that this database belonged to; the newest is expected.
create table log_incarnations (
    id          bigint generated always as identity primary key,
    incarnation uuid not null unique,
    created_at  timestamptz not null default now()
);

create table leaders (
    work  text primary key,
    owner text not null,
    until timestamptz not null
);
