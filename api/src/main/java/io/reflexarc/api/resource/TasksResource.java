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
import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.action.Replacement;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.action.TaskTerms;
import io.reflexarc.core.activation.ActivationStore;
import io.reflexarc.core.audit.AuditLog;
import io.reflexarc.core.audit.TaskSummary;
import io.reflexarc.core.decision.Rehearsals;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.live.LiveFeed;
import io.reflexarc.core.live.LiveUpdate;
import io.reflexarc.core.problem.FieldError;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.rulebook.RulebookStore;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Actions on their way, and those that were given up on. */
public final class TasksResource implements Resource {
    private static final String PATH = "/api/eda/v1/tasks/";
    private final AuditLog audit;
    private final ActionQueue queue;
    private final ActionCatalogue catalogue;
    private final LiveFeed feed;
    private final InstantSource clock;
    private final CurrentVersion current;

    /** Shows tasks of this audit and acts on this queue; the catalogue knows which arguments an action takes. */
    public TasksResource(
            Vertx vertx,
            AuditLog audit,
            ActionQueue queue,
            ActivationStore activations,
            RulebookStore rulebooks,
            Rehearsals rehearsals,
            ActionCatalogue catalogue,
            LiveFeed feed,
            InstantSource clock) {
        this.current = new CurrentVersion(vertx, audit, activations, rulebooks, rehearsals, catalogue);
        this.audit = audit;
        this.queue = queue;
        this.catalogue = catalogue;
        this.feed = feed;
        this.clock = clock;
    }

    @Override
    public List<Endpoint<?, ?>> endpoints() {
        return Stream.concat(reading().stream(), acting().stream()).toList();
    }

    private List<Endpoint<?, ?>> reading() {
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
                Endpoint.get(
                                PATH + "{id:uuid}/current/",
                                "Say what the version that the activation runs now would do in the place of a dead letter")
                        .fails(ProblemType.CONFLICT)
                        .needs(Verb.READ, Kind.TASK)
                        .answers(200, RetryInput.Instead.class, this::instead));
    }

    private List<Endpoint<?, ?>> acting() {
        return List.of(
                Endpoint.post(
                                PATH + "{id:uuid}/cancel/",
                                "End a task that has not ended; a running one when its attempt has stopped")
                        .fails(ProblemType.CONFLICT)
                        .needs(Verb.OPERATE, Kind.TASK)
                        .answers(202, TaskView.class, this::cancel),
                Endpoint.post(
                                PATH + "{id:uuid}/retry/",
                                "Queue a dead letter again, its attempts counted from the start; with other arguments, or"
                                        + " by the current version, a new task takes its place and is answered")
                        .takes(RetryInput.class)
                        .fails(ProblemType.CONFLICT)
                        .needs(Verb.OPERATE, Kind.TASK)
                        .answers(202, TaskView.class, this::retry),
                Endpoint.post(PATH + "{id:uuid}/drop/", "Give a dead letter up")
                        .fails(ProblemType.CONFLICT)
                        .needs(Verb.OPERATE, Kind.TASK)
                        .answers(200, TaskView.class, this::drop),
                Endpoint.post(PATH + "retry/", "Queue many dead letters again")
                        .takes(DeadLettersInput.class)
                        .needs(Verb.OPERATE, Kind.TASK)
                        .answers(200, DeadLettersInput.Changed.class, this::retryAll),
                Endpoint.post(PATH + "drop/", "Give many dead letters up")
                        .takes(DeadLettersInput.class)
                        .needs(Verb.OPERATE, Kind.TASK)
                        .answers(200, DeadLettersInput.Changed.class, this::dropAll));
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
        return TaskView.of(found(call.uuid("id", TaskId::parse)));
    }

    private TaskView cancel(Call<Nothing> call) {
        TaskId id = found(call.uuid("id", TaskId::parse)).id();
        TaskState state =
                queue.cancel(id, "cancelled by " + call.user().username()).await();
        if (state == TaskState.RUNNING) {
            feed.ring("cancellations");
        }
        return changed(id);
    }

    private TaskView retry(Call<RetryInput> call) {
        TaskSummary task = found(call.uuid("id", TaskId::parse));
        Optional<JsonText> arguments = call.input().arguments();
        boolean anew = call.input().version().equals(Optional.of(RetryInput.Which.CURRENT));
        if (anew && arguments.isPresent()) {
            throw new ProblemException(
                    ProblemType.INVALID, "Give arguments, or let the current version decide on them: not both.");
        }
        if (anew) {
            return replaced(task, current.of(task));
        }
        if (arguments.isPresent()) {
            // Wrong arguments are refused here, while somebody is there to mend them.
            TaskTerms terms = catalogue.decode(task.action(), arguments.get()).terms();
            return replaced(task, Replacement.edited(arguments.get(), terms));
        }
        queue.revive(task.id()).await();
        return changed(task.id());
    }

    private TaskView replaced(TaskSummary task, Replacement by) {
        TaskId next = queue.replace(task.id(), by).await();
        changed(task.id());
        return changed(next);
    }

    private RetryInput.Instead instead(Call<Nothing> call) {
        Replacement by = current.of(found(call.uuid("id", TaskId::parse)));
        Replacement.Again again = by.again().orElseThrow();
        return new RetryInput.Instead(again.version(), again.action(), by.arguments());
    }

    private TaskView drop(Call<Nothing> call) {
        TaskId id = found(call.uuid("id", TaskId::parse)).id();
        queue.drop(id).await();
        return changed(id);
    }

    private static ProblemException missing(TaskId id) {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no task " + id + ".");
    }

    private DeadLettersInput.Changed retryAll(Call<DeadLettersInput> call) {
        int most = call.input().most();
        int changed = queue.reviveAll(call.input().which(), most).await();
        feed.ring("tasks");
        return new DeadLettersInput.Changed(changed, most);
    }

    private DeadLettersInput.Changed dropAll(Call<DeadLettersInput> call) {
        int most = call.input().most();
        return new DeadLettersInput.Changed(
                queue.dropAll(call.input().which(), most).await(), most);
    }

    /** Tells workers, whoever sends outcomes, and people. */
    private TaskView changed(TaskId id) {
        TaskSummary task = found(id);
        feed.ring("tasks");
        feed.ring("outcomes");
        feed.publish(new LiveUpdate.TaskChanged(
                id, task.decision(), task.action(), task.state(), task.attempt(), task.message(), clock.instant()));
        return TaskView.of(task);
    }

    private TaskSummary found(TaskId id) {
        return audit.task(id).await().orElseThrow(() -> missing(id));
    }
}
