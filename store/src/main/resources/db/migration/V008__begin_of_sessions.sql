-- After this entry the first session of an inbox began: its start, or where an operator started the activation anew.
alter table inboxes
    add column begin_major bigint not null default 0,
    add column begin_minor bigint not null default 0;

alter table snapshots rename column engine to format;
