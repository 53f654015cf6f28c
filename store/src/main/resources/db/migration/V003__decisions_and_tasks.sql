-- Decisions, and what became of them. Tables that only grow are partitioned by the day on which a row became final
-- (for a decision: when it was committed; for a task: when it ended). Open tasks and dead letters are not partitioned.

create sequence decision_seq;
create sequence task_seq;
create sequence change_seq;

create table decisions (
    id                  uuid not null,
    committed_at        timestamptz not null,
    seq                 bigint not null default nextval('decision_seq'),
    organization_id     bigint not null,
    activation_id       bigint not null,
    activation_name     text not null,
    part                integer not null,
    incarnation         bigint not null,
    entry_major         bigint not null,
    entry_minor         bigint not null,
    ordinal             integer not null,
    ruleset             text not null,
    rule                text not null,
    rulebook            text not null,
    rulebook_version_id bigint not null,
    rulebook_version    integer not null,
    decided_at          timestamptz not null,
    late                boolean not null,
    event_ids           text not null,    -- JSON array, in the order matched
    action_names        text not null,    -- JSON array, in the order of the rule
    open_actions        integer not null, -- not ended yet
    failed_actions      integer not null, -- ended otherwise than by success
    primary key (id, committed_at)
) partition by range (committed_at);

create index decisions_newest on decisions (committed_at, seq);
create index decisions_failed on decisions (committed_at, seq) where failed_actions > 0;
create index decisions_entry on decisions (activation_id, part, incarnation, entry_major, entry_minor, ordinal);
create index decisions_activation on decisions (activation_id, committed_at, seq);
create index decisions_ruleset on decisions (ruleset, committed_at, seq);
create index decisions_rule on decisions (rule, committed_at, seq);

create table decision_events (
    decision_id  uuid not null,
    committed_at timestamptz not null,
    place        integer not null,
    binding      text not null,
    event_id     text not null,
    body         bytea not null,
    primary key (decision_id, place, committed_at)
) partition by range (committed_at);

create index decision_events_event on decision_events (event_id);

-- Actions of the engine itself.
create table own_actions (
    decision_id  uuid not null,
    committed_at timestamptz not null,
    place        integer not null,
    name         text not null,
    arguments    bytea not null,
    waited       boolean not null, -- had no result when the decision was committed
    result       bytea,            -- JSON
    ended_at     timestamptz,
    primary key (decision_id, place, committed_at)
) partition by range (committed_at);

-- Open tasks and dead letters.
create table tasks (
    id                    uuid primary key,
    seq                   bigint not null default nextval('task_seq'),
    organization_id       bigint not null,
    activation_id         bigint not null,
    part                  integer not null,
    decision_id           uuid not null,
    decision_committed_at timestamptz not null,
    ruleset               text not null,
    rule                  text not null,
    place                 integer not null, -- in the rule's list
    action                text not null,
    arguments             bytea not null,
    context               bytea not null,
    spec                  text not null,    -- JSON: retry policy, time-out, hosts, idempotency key
    queue                 text not null,
    lock_key              text,
    awaited               boolean not null,
    waited                boolean not null, -- was not released when the decision was committed
    attempts              integer not null, -- allowed in all
    state                 text not null,
    attempt               integer not null default 0,
    told                  boolean not null default false, -- the outcome was written for the session
    message               text not null default '',
    created_at            timestamptz not null,
    due_at                timestamptz not null,
    ended_at              timestamptz,
    worker                text,
    lease_until           timestamptz
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

create index tasks_due on tasks (queue, due_at, seq) where state = 'queued';
create index tasks_leased on tasks (lease_until) where state = 'running';
create index tasks_waiting on tasks (activation_id) where state = 'waiting';
create index tasks_dead on tasks (created_at, seq) where state = 'dead_letter';
create index tasks_newest on tasks (created_at, seq);
create index tasks_decision on tasks (decision_id);

-- Lock keys of running tasks.
create table task_locks (
    organization_id bigint not null,
    lock_key        text not null,
    task_id         uuid not null unique,
    primary key (organization_id, lock_key)
);

create table task_attempts (
    task_id     uuid not null,
    number      integer not null,
    worker      text not null,
    started_at  timestamptz not null,
    ended_at    timestamptz,
    outcome     text not null, -- running, succeeded, failed, lost
    message     text not null default '',
    result      bytea not null default '{}',
    output      text not null default '',
    output_size bigint not null default 0,
    artifact    text,
    primary key (task_id, number)
);

-- Outcomes that a session waits for and that are not in its inbox yet.
create table unsent_outcomes (
    seq           bigint generated always as identity primary key,
    task_id       uuid not null unique,
    activation_id bigint not null,
    part          integer not null,
    state         text not null,
    message       text not null,
    feedback      bytea
);

create table ended_tasks (
    id                    uuid not null,
    seq                   bigint not null,
    organization_id       bigint not null,
    activation_id         bigint not null,
    part                  integer not null,
    decision_id           uuid not null,
    decision_committed_at timestamptz not null,
    ruleset               text not null,
    rule                  text not null,
    place                 integer not null,
    action                text not null,
    arguments             bytea not null,
    context               bytea not null,
    spec                  text not null,
    queue                 text not null,
    lock_key              text,
    awaited               boolean not null,
    waited                boolean not null,
    attempts              integer not null,
    state                 text not null,
    attempt               integer not null,
    message               text not null,
    created_at            timestamptz not null,
    due_at                timestamptz not null,
    ended_at              timestamptz not null,
    primary key (id, ended_at)
) partition by range (ended_at);

create index ended_tasks_newest on ended_tasks (created_at, seq);
create index ended_tasks_state on ended_tasks (state, created_at, seq);
create index ended_tasks_action on ended_tasks (action, created_at, seq);
create index ended_tasks_activation on ended_tasks (activation_id, created_at, seq);
create index ended_tasks_decision on ended_tasks (decision_id);

-- Partitioned by the end of the task, so that a task and its attempts leave together.
create table ended_attempts (
    task_id       uuid not null,
    number        integer not null,
    worker        text not null,
    started_at    timestamptz not null,
    ended_at      timestamptz,
    outcome       text not null,
    message       text not null,
    result        bytea not null,
    output        text not null,
    output_size   bigint not null,
    artifact      text,
    task_ended_at timestamptz not null,
    primary key (task_id, number, task_ended_at)
) partition by range (task_ended_at);

create view all_tasks as
select id, seq, organization_id, activation_id, part, decision_id, decision_committed_at, ruleset, rule, place, action,
       arguments, context, spec, queue, lock_key, awaited, waited, attempts, state, attempt, message, created_at, due_at,
       ended_at
  from tasks
union all
select id, seq, organization_id, activation_id, part, decision_id, decision_committed_at, ruleset, rule, place, action,
       arguments, context, spec, queue, lock_key, awaited, waited, attempts, state, attempt, message, created_at, due_at,
       ended_at
  from ended_tasks;

create view all_attempts as
select task_id, number, worker, started_at, ended_at, outcome, message, result, output, output_size, artifact
  from task_attempts
union all
select task_id, number, worker, started_at, ended_at, outcome, message, result, output, output_size, artifact
  from ended_attempts;

-- Who changed what.
create table changes (
    id              bigint not null default nextval('change_seq'),
    at              timestamptz not null,
    organization_id bigint not null,
    username        text not null,
    verb            text not null,
    kind            text not null,
    object          text not null,
    details         bytea not null,
    primary key (id, at)
) partition by range (at);

create index changes_newest on changes (at, id);
create index changes_user on changes (username, at, id);
create index changes_kind on changes (kind, at, id);
