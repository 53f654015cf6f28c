-- The credential before the last rotation, good for a while.
alter table event_streams
    add column previous_credential bytea,
    add column previous_key        text,
    add column previous_until      timestamptz;

-- How requests were answered.
create table stream_answers (
    stream_uuid uuid not null references event_streams (uuid) on delete cascade,
    status      integer not null,
    requests    bigint not null,
    last_at     timestamptz not null,
    primary key (stream_uuid, status)
) with (fillfactor = 70);

-- How far the history of a stream is in the archive, and what keeps it from going on.
-- Streams come and go; what is archived of them goes by its age.
create table archived_streams (
    stream_uuid    uuid primary key,
    position_major bigint not null default 0,
    position_minor bigint not null default 0,
    archived_at    timestamptz not null default now(),
    trouble        text,
    trouble_since  timestamptz
) with (fillfactor = 70);

-- Objects of the archive. A row is written before its object, and complete together with the position above.
create table history_segments (
    id          bigint generated always as identity primary key,
    stream_uuid uuid not null,
    object_key  text not null unique,
    complete    boolean not null default false,
    first_major bigint not null,
    first_minor bigint not null,
    last_major  bigint not null,
    last_minor  bigint not null,
    from_at     timestamptz not null, -- received
    to_at       timestamptz not null,
    events      integer not null,
    bytes       bigint not null,
    stored      bigint not null,
    bloom       bytea not null,       -- of ids, and of fields with their values
    exact       boolean not null,     -- whether the filter knows every value
    created_at  timestamptz not null default now()
);

create index history_segments_stream on history_segments (stream_uuid, last_major, last_minor) where complete;
create index history_segments_age on history_segments (to_at);
create index history_segments_unfinished on history_segments (created_at) where not complete;
