-- Fields are known also of what the sources bring that activations run themselves; such a stream goes with its activation.
alter table stream_fields
    drop constraint stream_fields_stream_uuid_fkey,
    add column event_stream_uuid uuid references event_streams (uuid) on delete cascade,
    add column activation_id bigint references activations (id) on delete cascade;
update stream_fields set event_stream_uuid = stream_uuid;
alter table stream_fields add constraint stream_fields_of_one check (num_nonnulls(event_stream_uuid, activation_id) = 1);
create index stream_fields_of_streams on stream_fields (event_stream_uuid) where event_stream_uuid is not null;
create index stream_fields_of_activations on stream_fields (activation_id) where activation_id is not null;
