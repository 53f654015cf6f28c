-- A decision is written once and changed when each of its actions ends: with room on its page the change touches none of its
-- indexes (a heap-only tuple). Partitioned tables take no storage parameters, so each partition gets them when it is made.

create function leave_room(partition text) returns void language plpgsql as $$
begin
    execute format('alter table %I set (fillfactor = 75)', partition);
end
$$;

create or replace function prepare_days(ahead integer) returns integer language plpgsql as $$
declare
    made  integer := 0;
    today date := (now() at time zone 'UTC')::date;
    busy  boolean;
    t     record;
begin
    perform pg_advisory_xact_lock(hashtext('reflexarc partitions'));
    for t in
        select p.name, p.key, d.day, p.name || '_' || to_char(d.day, 'YYYYMMDD') as partition,
               d.day::timestamp at time zone 'UTC' as since,
               (d.day + 1)::timestamp at time zone 'UTC' as until
          from partitioned_tables p
         cross join (select today + n as day from generate_series(0, ahead) n) d
         where not exists (select from day_partitions x where x.name = p.name and x.day = d.day)
    loop
        execute format('select exists (select from %I where %I >= $1 and %I < $2)', t.name || '_default', t.key, t.key)
           into busy using t.since, t.until;
        if not busy then
            execute format('create table %I partition of %I for values from (%L) to (%L)',
                           t.partition, t.name, t.since, t.until);
            if t.name = 'decisions' then
                perform leave_room(t.partition);
            end if;
            made := made + 1;
        end if;
    end loop;
    return made;
end
$$;

do $$
declare
    p record;
begin
    for p in select partition from day_partitions where name = 'decisions' loop
        perform leave_room(p.partition);
    end loop;
    perform leave_room('decisions_default');
end
$$;

-- The attempt that runs is part of its task, and so is the one that ended it: most tasks have only this one, and it costs no
-- row of its own. task_attempts and ended_attempts keep the earlier ones.

alter table tasks
    add column begun_at    timestamptz, -- of the running attempt
    add column output      text not null default '',
    add column output_size bigint not null default 0,
    add column artifact    text;

update tasks t
   set begun_at = a.started_at, output = a.output, output_size = a.output_size, artifact = a.artifact
  from task_attempts a
 where t.state = 'running' and a.task_id = t.id and a.number = t.attempt;

delete from task_attempts where ended_at is null;

alter table task_attempts alter column ended_at set not null;

alter table ended_tasks
    add column worker      text,
    add column begun_at    timestamptz, -- of the attempt that ended it, if one did
    add column outcome     text not null default '',
    add column result      bytea not null default '{}',
    add column output      text not null default '',
    add column output_size bigint not null default 0,
    add column artifact    text;

-- Nearly all succeed: those are found by their time.
drop index ended_tasks_state;
create index ended_tasks_otherwise on ended_tasks (state, created_at, seq) where state <> 'succeeded';

create or replace view all_attempts as
select task_id, number, worker, started_at, ended_at, outcome, message, result, output, output_size, artifact
  from task_attempts
union all
select id, attempt, worker, begun_at, null, 'running', '', '{}', output, output_size, artifact
  from tasks where begun_at is not null
union all
select task_id, number, worker, started_at, ended_at, outcome, message, result, output, output_size, artifact
  from ended_attempts
union all
select id, attempt, worker, begun_at, ended_at, outcome, message, result, output, output_size, artifact
  from ended_tasks where begun_at is not null;
