-- Tasks of one lock key stand in line from the moment they are released. task_locks names the first of each line; only it has its
-- turn, and only what has its turn is looked at by a claim: what stands behind costs a claim nothing, however long the line is.

alter table tasks add column turn boolean not null default true; -- may run as far as its lock key goes

update tasks set turn = false
 where state = 'queued' and lock_key is not null and id not in (select task_id from task_locks);

insert into task_locks (organization_id, lock_key, task_id)
select distinct on (organization_id, lock_key) organization_id, lock_key, id
  from tasks where state = 'queued' and not turn order by organization_id, lock_key, due_at, seq
on conflict do nothing;

update tasks set turn = true where not turn and id in (select task_id from task_locks);

drop index tasks_due;
create index tasks_due on tasks (queue, due_at, seq) where state = 'queued' and turn;
create index tasks_line on tasks (organization_id, lock_key, due_at, seq) where state = 'queued' and not turn;

-- Open tasks are few, or all of them are looked at.
drop index tasks_newest;

-- Released tasks go to the end of their lines. Whoever enters a line holds its row until he has committed, so that whoever leaves
-- it meanwhile waits and then sees him.
create function enter_line(entering uuid[]) returns void language plpgsql as $$
declare
    t record;
    head uuid;
begin
    for t in select id, organization_id, lock_key from tasks
              where id = any(entering) and state = 'queued' and lock_key is not null
              order by organization_id, lock_key, due_at, seq
    loop
        insert into task_locks as l (organization_id, lock_key, task_id) values (t.organization_id, t.lock_key, t.id)
        on conflict (organization_id, lock_key) do update set task_id = l.task_id
        returning l.task_id into head;
        if head <> t.id then
            update tasks set turn = false where id = t.id;
        end if;
    end loop;
end
$$;

-- Tasks have ended: the next of their lines have their turn. Answers how many. Each statement in here sees what was committed
-- before it began, so nobody is overlooked who entered while this waited for the row of the line.
create function leave_line(leaving uuid[]) returns integer language plpgsql as $$
declare
    l      record;
    follow uuid;
    turns  integer := 0;
begin
    for l in select organization_id, lock_key from task_locks where task_id = any(leaving)
              order by organization_id, lock_key for update
    loop
        loop
            select t.id into follow from tasks t
             where t.organization_id = l.organization_id and t.lock_key = l.lock_key and t.state = 'queued' and not t.turn
             order by t.due_at, t.seq limit 1 for update;
            -- Nothing is also the answer when the first was cancelled while this waited for its row.
            exit when found or not exists (
                select from tasks t
                 where t.organization_id = l.organization_id and t.lock_key = l.lock_key and t.state = 'queued'
                   and not t.turn);
        end loop;
        if follow is null then
            delete from task_locks where organization_id = l.organization_id and lock_key = l.lock_key;
        else
            update task_locks set task_id = follow
             where organization_id = l.organization_id and lock_key = l.lock_key;
            update tasks set turn = true where id = follow;
            turns := turns + 1;
        end if;
    end loop;
    return turns;
end
$$;
