-- Processes of every role, and whether each holds an advisory lock as long as it lives: when that is gone, so is the process.
-- attendants.present said so of those that run activations; nothing reads it any more.
create table lives (
    process text primary key,
    worker  text not null,
    since   timestamptz not null default now(),
    until   timestamptz not null,
    present boolean not null
) with (fillfactor = 50);
