-- Attempts that did not begin, because their target was down or had no room. They keep their numbers, which fence, but do
-- not count: neither for the attempts that a task is allowed nor for what people see.

alter table tasks add column postponed integer not null default 0;
alter table ended_tasks add column postponed integer not null default 0;

create or replace view all_tasks as
select id, seq, organization_id, activation_id, part, decision_id, decision_committed_at, ruleset, rule, place, action,
       arguments, context, spec, queue, lock_key, awaited, waited, attempts, state, attempt - postponed as attempt, message,
       created_at, due_at, ended_at, cancelling, replaces, replaced_by
  from tasks
union all
select id, seq, organization_id, activation_id, part, decision_id, decision_committed_at, ruleset, rule, place, action,
       arguments, context, spec, queue, lock_key, awaited, waited, attempts, state, attempt - postponed as attempt, message,
       created_at, due_at, ended_at, null, replaces, replaced_by
  from ended_tasks;
