// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.api.endpoint.Call;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.Nothing;
import io.reflexarc.api.endpoint.QueryParameter;
import io.reflexarc.api.endpoint.Resource;
import io.reflexarc.api.endpoint.SliceEnvelope;
import io.reflexarc.core.account.Permission.Kind;
import io.reflexarc.core.account.Permission.Verb;
import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.audit.AuditLog;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.live.LiveFeed;
import io.reflexarc.core.problem.FieldError;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.util.Arrays;
import java.util.List;

/** Actions on their way, and those that were given up on. */
public final class TasksResource implements Resource {
    private static final String PATH = "/api/eda/v1/tasks/";
    private static final String BELL = "tasks";

    private final AuditLog audit;
    private final ActionQueue queue;
    private final LiveFeed feed;

    /** Shows tasks of this audit and acts on this queue. */
    public TasksResource(AuditLog audit, ActionQueue queue, LiveFeed feed) {
        this.audit = audit;
        this.queue = queue;
        this.feed = feed;
    }

    @Override
    public List<Endpoint<?, ?>> endpoints() {
        return List.of(
                Endpoint.get(PATH, "List tasks, newest first unless another order is asked for")
                        .query(List.of(
                                QueryParameter.text("state", "Where it stands; several with commas between them."),
                                QueryParameter.text("action", "Name of the action."),
                                QueryParameter.text("rule", "Part of the rule's name."),
                                QueryParameter.number("activation_id", "That decided."),
                                QueryParameter.text("decision_id", "That made it."),
                                QueryParameter.text("lock_key", "Part of the lock key."),
                                QueryParameter.text("since", "Made at this time or later (ISO 8601)."),
                                QueryParameter.text("until", "Made before this time (ISO 8601)."),
                                QueryParameter.text(
                                        "sort", "created_at, due_at, action or rule; a minus before it reverses.")))
                        .needs(Verb.READ, Kind.TASK)
                        .answersSlice(TaskView.class, this::list),
                Endpoint.get(PATH + "{id:uuid}/", "Show a task")
                        .needs(Verb.READ, Kind.TASK)
                        .answers(200, TaskView.class, this::show),
                Endpoint.get(PATH + "{id:uuid}/run/", "Show how a task went: attempts, result, output")
                        .needs(Verb.READ, Kind.TASK)
                        .answers(200, DecisionView.DecisionActionView.class, this::run),
                Endpoint.post(
                                PATH + "{id:uuid}/retry/",
                                "Queue a dead letter again, its attempts counted from the start")
                        .fails(ProblemType.CONFLICT)
                        .needs(Verb.OPERATE, Kind.TASK)
                        .answers(202, TaskView.class, this::retry),
                Endpoint.post(PATH + "{id:uuid}/drop/", "Give a dead letter up")
                        .fails(ProblemType.CONFLICT)
                        .needs(Verb.OPERATE, Kind.TASK)
                        .answers(200, TaskView.class, this::drop));
    }

    private SliceEnvelope<TaskView> list(Call<Nothing> call) {
        call.query("state").ifPresent(TasksResource::requireStates);
        return call.envelope(audit.tasks(call.slice()).await(), TaskView::of);
    }

    private static void requireStates(String text) {
        List<String> known =
                Arrays.stream(TaskState.values()).map(TaskState::label).toList();
        for (String state : text.split(",", -1)) {
            if (!known.contains(state)) {
                throw new ProblemException(
                        ProblemType.INVALID,
                        "The query is not valid.",
                        List.of(new FieldError("state", "is one or several of " + String.join(", ", known))));
            }
        }
    }

    private DecisionView.DecisionActionView run(Call<Nothing> call) {
        TaskId id = call.uuid("id", TaskId::parse);
        return audit.action(id).await().map(DecisionView.DecisionActionView::of).orElseThrow(() -> missing(id));
    }

    private TaskView show(Call<Nothing> call) {
        return found(call.uuid("id", TaskId::parse));
    }

    private TaskView retry(Call<Nothing> call) {
        TaskId id = call.uuid("id", TaskId::parse);
        found(id);
        queue.revive(id).await();
        feed.ring(BELL);
        return found(id);
    }

    private TaskView drop(Call<Nothing> call) {
        TaskId id = call.uuid("id", TaskId::parse);
        found(id);
        queue.drop(id).await();
        // Its outcome may be awaited: whoever sends outcomes looks at once.
        feed.ring(BELL);
        return found(id);
    }

    private TaskView found(TaskId id) {
        return TaskView.of(audit.task(id).await().orElseThrow(() -> missing(id)));
    }

    private static ProblemException missing(TaskId id) {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no task " + id + ".");
    }
}
