-- What processes said about activations. Level: 0 error, 1 warning, 2 information, 3 debug.
create table activation_log (
    seq           bigint generated always as identity primary key,
    activation_id bigint not null,
    at            timestamptz not null,
    level         smallint not null,
    process       text not null,
    logger        text not null,
    message       text not null,
    details       text not null
);

create index activation_log_newest on activation_log (activation_id, at, seq);
create index activation_log_old on activation_log (at);
