// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

/** The statements of {@link CommitWriter}, one per table. */
final class CommitSql {
    static final String DECISIONS = """
            insert into decisions (id, committed_at, organization_id, activation_id, activation_name, part, incarnation,
                   entry_major, entry_minor, ordinal, ruleset, rule, rulebook, rulebook_version_id, rulebook_version,
                   decided_at, late, event_ids, action_names, open_actions, failed_actions)
            select u.id, $1::timestamptz, $2::bigint, $3::bigint, $4::text, $5::integer, $6::bigint, u.entry_major,
                   u.entry_minor, u.ordinal, u.ruleset, u.rule, $7::text, u.version, coalesce(v.number, 0), u.decided_at,
                   u.late, u.event_ids, u.action_names, u.open_actions, u.failed_actions
              from unnest($8::uuid[], $9::bigint[], $10::bigint[], $11::integer[], $12::text[], $13::text[],
                          $14::bigint[], $15::timestamptz[], $16::boolean[], $17::text[], $18::text[], $19::integer[],
                          $20::integer[]) with ordinality
                   as u(id, entry_major, entry_minor, ordinal, ruleset, rule, version, decided_at, late, event_ids,
                        action_names, open_actions, failed_actions, n)
              left join rulebook_versions v on v.id = u.version
             order by u.n
            """;

    static final String EVENTS = """
            insert into decision_events (committed_at, decision_id, place, binding, event_id, body)
            select $1::timestamptz, * from unnest($2::uuid[], $3::integer[], $4::text[], $5::text[], $6::bytea[])
            """;

    static final String OWN_ACTIONS = """
            insert into own_actions (committed_at, decision_id, place, name, arguments, waited, result, ended_at)
            select $1::timestamptz, u.decision_id, u.place, u.name, u.arguments, u.result is null, u.result,
                   case when u.result is not null then $1::timestamptz end
              from unnest($2::uuid[], $3::integer[], $4::text[], $5::bytea[], $6::bytea[])
                   as u(decision_id, place, name, arguments, result)
            """;

    /**
     * The first of each lock key has its turn, unless others are in line already: their row is locked then, and not written; what has its turn and is offered to a worker of
     * this process runs from the commit on.
     */
    static final String TASKS = """
            with u as materialized (
                select * from unnest($7::uuid[], $8::uuid[], $9::text[], $10::text[], $11::integer[], $12::text[],
                          $13::bytea[], $14::bytea[], $15::text[], $16::text[], $17::text[], $18::boolean[], $19::boolean[],
                          $20::integer[], $21::boolean[]) with ordinality
                   as u(id, decision_id, ruleset, rule, place, action, arguments, context, spec, queue, lock_key, awaited,
                        released, attempts, offered, n)
            ), heads as (
                insert into task_locks as l (organization_id, lock_key, task_id)
                select distinct on (lock_key) $2::bigint, lock_key, id from u
                 where lock_key is not null and released and not $25::boolean order by lock_key, n
                on conflict (organization_id, lock_key) do update set task_id = l.task_id where false
                returning l.lock_key, l.task_id
            ), placed as (
                select u.*, not u.released or u.lock_key is null or $25::boolean or coalesce(h.task_id = u.id, false) as turn
                  from u left join heads h on h.lock_key = u.lock_key
            )
            insert into tasks (id, organization_id, activation_id, part, decision_id, decision_committed_at, ruleset, rule,
                   place, action, arguments, context, spec, queue, lock_key, awaited, waited, attempts, created_at, due_at,
                   turn, state, attempt, worker, begun_at, lease_until)
            select p.id, $2::bigint, $3::bigint, $4::integer, p.decision_id, $1::timestamptz, p.ruleset, p.rule, p.place,
                   p.action, p.arguments, p.context, p.spec, p.queue, p.lock_key, p.awaited, not p.released, p.attempts,
                   $1::timestamptz, $1::timestamptz, p.turn, r.state, (r.state = $24)::integer,
                   case when r.state = $24 then $22::text end, case when r.state = $24 then $1::timestamptz end,
                   case when r.state = $24 then $1::timestamptz + $23::bigint * interval '1 millisecond' end
              from placed p
             cross join lateral (
                   select case when not p.released then $6::text when p.turn and p.offered then $24::text else $5::text end
                       as state) r
             order by p.n
            returning id, state, turn
            """;

    static final String RELEASED =
            "update tasks set state = $3, due_at = now() where id = any($1::uuid[]) and state = $2";

    /** In a statement of its own, after those that queued them. */
    static final String ENTERED = "select enter_line($1::uuid[])";

    /** In a statement of its own: it must see what was cancelled while the one before waited for a row. */
    static final String TOLD = "update unsent_outcomes set held = false where task_id = any($1::uuid[]) and held";

    static final String DONE = """
            with done as (
                update own_actions o set result = u.result, ended_at = now()
                  from unnest($1::uuid[], $2::integer[], $3::bytea[], $4::boolean[])
                       as u(decision_id, place, result, succeeded)
                 where o.decision_id = u.decision_id and o.place = u.place and o.result is null
                returning o.decision_id, o.committed_at, u.succeeded
            )
            update decisions d
               set open_actions = d.open_actions - e.ended, failed_actions = d.failed_actions + e.failed
              from (select decision_id, committed_at, count(*)::integer as ended,
                           (count(*) filter (where not succeeded))::integer as failed
                      from done group by 1, 2) e
             where d.id = e.decision_id and d.committed_at = e.committed_at
            """;

    static final String SNAPSHOT = """
            insert into snapshots (activation_id, part, position_major, position_minor, format, state)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (activation_id, part) do update
               set position_major = excluded.position_major, position_minor = excluded.position_minor,
                   format = excluded.format, state = excluded.state, written_at = now()
            """;

    /** What a snapshot still needs of the pages before it stays, the rest makes room. */
    static final String PAGES_GONE = """
            delete from snapshot_pages where activation_id = $1 and part = $2 and number <> all ($3::bigint[])
            """;

    static final String PAGES = """
            insert into snapshot_pages (activation_id, part, number, data)
            select $1, $2, p.number, p.data from unnest($3::bigint[], $4::bytea[]) as p(number, data)
            """;

    private CommitSql() {}
}
