-- Days of the partitioned tables. Each table has a default partition, so that a row always finds a place, even when
-- nobody has prepared its day.

create view partitioned_tables (name, key) as
values ('decisions', 'committed_at'),
       ('decision_events', 'committed_at'),
       ('own_actions', 'committed_at'),
       ('ended_tasks', 'ended_at'),
       ('ended_attempts', 'task_ended_at'),
       ('changes', 'at');

create view day_partitions (name, key, partition, day) as
select t.name, t.key, c.relname, to_date(right(c.relname, 8), 'YYYYMMDD')
  from partitioned_tables t
  join pg_inherits i on i.inhparent = t.name::regclass
  join pg_class c on c.oid = i.inhrelid
 where c.relname ~ '_[0-9]{8}$';

-- Makes the partitions of today (UTC) and the given number of days ahead; answers how many it made. A day whose rows
-- already went to the default partition stays there.
create function prepare_days(ahead integer) returns integer language plpgsql as $$
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
            made := made + 1;
        end if;
    end loop;
    return made;
end
$$;

-- Removes the days that were over before a time by dropping their partitions, and row by row what became final before
-- it on a day that nobody prepared.
create function drop_before(before timestamptz) returns bigint language plpgsql as $$
declare
    gone bigint := 0;
    n    bigint;
    t    record;
begin
    perform pg_advisory_xact_lock(hashtext('reflexarc partitions'));
    for t in select name, partition from day_partitions
              where (day + 1)::timestamp at time zone 'UTC' <= before
    loop
        execute format('select count(*) from %I', t.partition) into n;
        execute format('drop table %I', t.partition);
        gone := gone + n;
    end loop;
    for t in select name, key from partitioned_tables loop
        execute format('delete from %I where %I < $1', t.name || '_default', t.key) using before;
        get diagnostics n = row_count;
        gone := gone + n;
    end loop;
    return gone;
end
$$;

do $$
declare
    t record;
begin
    for t in select name from partitioned_tables loop
        execute format('create table %I partition of %I default', t.name || '_default', t.name);
    end loop;
    perform prepare_days(3);
end
$$;
