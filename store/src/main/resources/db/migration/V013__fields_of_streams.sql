-- What is known of the fields of a stream's events: one document each, bounded in paths and samples.
create table stream_fields (
    stream_uuid uuid primary key references event_streams (uuid) on delete cascade,
    fields      bytea not null,
    updated_at  timestamptz not null default now()
) with (fillfactor = 70);
