-- Tasks have ended: the next of their lines have their turn. As many of them as there is room for run from now on, with the worker
-- that lends it. Answers all of them as they are now. Each statement in here sees what was committed before it began, so nobody is
-- overlooked who entered while this waited for the row of the line.
create function next_in_line(leaving uuid[], organizations bigint[], lock_keys text[], room integer, taken_state text, taken_by text,
                             lease_millis bigint, queues text[])
returns setof tasks language plpgsql as $$
declare
    l      record;
    follow record;
    place  integer := room;
begin
    for l in select k.organization_id, k.lock_key
               from unnest(leaving, organizations, lock_keys) as e(id, organization_id, lock_key)
               join task_locks k on k.organization_id = e.organization_id and k.lock_key = e.lock_key and k.task_id = e.id
              order by k.organization_id, k.lock_key for update of k
    loop
        loop
            select t.id, t.due_at <= clock_timestamp() and t.queue = any(queues) as fits into follow from tasks t
             where t.organization_id = l.organization_id and t.lock_key = l.lock_key and t.state = 'queued' and not t.turn
             order by t.due_at, t.seq limit 1 for update;
            -- Nothing is also the answer when the first was cancelled while this waited for its row.
            exit when found or not exists (
                select from tasks t
                 where t.organization_id = l.organization_id and t.lock_key = l.lock_key and t.state = 'queued'
                   and not t.turn);
        end loop;
        if follow.id is null then
            delete from task_locks where organization_id = l.organization_id and lock_key = l.lock_key;
            continue;
        end if;
        update task_locks set task_id = follow.id
         where organization_id = l.organization_id and lock_key = l.lock_key;
        if place > 0 and follow.fits then
            place := place - 1;
            return query
                update tasks t
                   set turn = true, state = taken_state, attempt = t.attempt + 1, worker = taken_by, begun_at = now(),
                       lease_until = now() + lease_millis * interval '1 millisecond'
                 where t.id = follow.id returning t.*;
        else
            return query update tasks t set turn = true where t.id = follow.id returning t.*;
        end if;
    end loop;
end
$$;

-- How many have their turn where nobody lends room.
drop function leave_line(uuid[]);
create function leave_line(leaving uuid[], organizations bigint[], lock_keys text[]) returns integer language sql as $$
    select count(*)::integer from next_in_line(leaving, organizations, lock_keys, 0, null, null, null, null)
$$;

-- A line is found by its key alone, so that its row is rewritten in place; whoever enters a line that has a head only locks its row.
alter table task_locks drop constraint task_locks_task_id_key;
alter table task_locks set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);

create or replace function enter_line(entering uuid[]) returns void language plpgsql as $$
declare
    t    record;
    head uuid;
begin
    for t in select id, organization_id, lock_key from tasks
              where id = any(entering) and state = 'queued' and lock_key is not null
              order by organization_id, lock_key, due_at, seq
    loop
        insert into task_locks as l (organization_id, lock_key, task_id) values (t.organization_id, t.lock_key, t.id)
        on conflict (organization_id, lock_key) do update set task_id = l.task_id where false
        returning l.task_id into head;
        if head is null then
            update tasks set turn = false where id = t.id;
        end if;
    end loop;
end
$$;
