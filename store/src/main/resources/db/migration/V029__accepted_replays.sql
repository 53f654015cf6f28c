-- Up to this entry an operator accepts whatever a recovery decides: the rows stand, the session goes on as it is.
alter table inboxes
    add column accepted_major bigint not null default 0,
    add column accepted_minor bigint not null default 0;
