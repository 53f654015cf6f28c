-- Processes that run activations: each shares the load with the others for as long as it says so.
create table attendants (
    process text primary key,
    until   timestamptz not null
) with (fillfactor = 50);
