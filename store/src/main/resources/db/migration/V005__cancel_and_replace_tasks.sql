-- What a person does to a task: cancels a running one, whose attempt then stops; puts one with other arguments in the
-- place of a dead letter.

alter table tasks
    add column cancelling  text, -- why the running attempt is to stop
    add column replaces    uuid,
    add column replaced_by uuid;

alter table ended_tasks
    add column replaces    uuid,
    add column replaced_by uuid;

-- A task that was cancelled while it waited for its turn: its session hears of it when the turn has come.
alter table unsent_outcomes add column held boolean not null default false;

create or replace view all_tasks as
select id, seq, organization_id, activation_id, part, decision_id, decision_committed_at, ruleset, rule, place, action,
       arguments, context, spec, queue, lock_key, awaited, waited, attempts, state, attempt, message, created_at, due_at,
       ended_at, cancelling, replaces, replaced_by
  from tasks
union all
select id, seq, organization_id, activation_id, part, decision_id, decision_committed_at, ruleset, rule, place, action,
       arguments, context, spec, queue, lock_key, awaited, waited, attempts, state, attempt, message, created_at, due_at,
       ended_at, null, replaces, replaced_by
  from ended_tasks;
