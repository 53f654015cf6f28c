-- Tasks have ended: the next of their lines have their turn. As many of them as there is room for run from now on, with the worker
-- that lends it. Answers all of them as they are now. Each statement in here sees what was committed before it began, so nobody is
-- overlooked who entered while this waited for the row of the line.
create function next_in_line(leaving uuid[], room integer, taken_state text, taken_by text, lease_millis bigint, queues text[])
returns setof tasks language plpgsql as $$
declare
    l      record;
    follow record;
    place  integer := room;
begin
    for l in select organization_id, lock_key from task_locks where task_id = any(leaving)
              order by organization_id, lock_key for update
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
create or replace function leave_line(leaving uuid[]) returns integer language sql as $$
    select count(*)::integer from next_in_line(leaving, 0, null, null, null, null)
$$;
