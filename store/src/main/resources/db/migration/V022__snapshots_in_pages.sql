-- What a session holds, in pages that are written once: a snapshot adds what is new and drops what is gone.
create table snapshot_pages (
    activation_id bigint not null,
    part          integer not null,
    number        bigint not null,
    data          bytea not null,
    primary key (activation_id, part, number),
    foreign key (activation_id, part) references snapshots on delete cascade
);
-- Compressing costs the owner of a session more than reading a few more bytes when it is taken over.
alter table snapshot_pages alter column data set storage external;
