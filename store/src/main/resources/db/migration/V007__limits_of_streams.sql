-- How much a stream takes; null: as the ingress is configured.
alter table event_streams
    add column events_per_second integer,
    add column burst             integer,
    add column max_body_bytes    integer;
