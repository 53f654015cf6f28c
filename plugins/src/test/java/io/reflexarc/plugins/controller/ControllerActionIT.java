// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.action.Action;
import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.plugins.RecordedContext;
import io.reflexarc.plugins.outbound.OutboundPolicy;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControllerActionIT {
    private static final OutboundPolicy LOOPBACK = OutboundPolicy.PUBLIC_ONLY.allowingLoopback();
    private static final String MATCHED =
            "{\"ruleset\": \"rs\", \"rule\": \"r\", \"event\": {\"a\": 1," + " \"meta\": {\"uuid\": \"u-1\"}}}";

    private final Vertx vertx = Vertx.vertx();
    private final ControllerStub stub = new ControllerStub(vertx, "/api/v2/");
    private Controller controller = controller("", LOOPBACK);

    @BeforeEach
    void addTemplates() {
        stub.template("job_template", "deploy", "other", false);
        stub.template("workflow_job_template", "deploy", "ops", false);
        stub.template("job_template", "deploy", "ops", true);
        stub.template("job_template", "plain", "ops", false);
    }

    @AfterEach
    void close() {
        controller.close();
        stub.close();
        vertx.close().await();
    }

    @Test
    void launchesTheTemplateOfTheOrganizationWithEventHostsAndLabels() throws Exception {
        ActionOutcome outcome = run(
                "run_job_template",
                Map.of(
                        "name",
                        "deploy",
                        "organization",
                        "ops",
                        "job_args",
                        Map.of("extra_vars", Map.of("x", 1), "inventory", 5),
                        "labels",
                        List.of("mine", "", "mine"),
                        "add_event_uuid_label",
                        true,
                        "set_facts",
                        true),
                1);

        assertThat(outcome)
                .isEqualTo(new ActionOutcome.Succeeded(
                        JsonText.of(new JsonObject()
                                .put("template", "deploy")
                                .put("organization", "ops")
                                .put("status", "successful")
                                .put("controller_job_id", 40)
                                .put("url", "http://127.0.0.1:" + stub.port() + "/#/jobs/40/details")
                                .put("created", "2026-01-01T00:00:00Z")
                                .getMap()),
                        Optional.of(JsonText.ofString("{\"made\":40}"))));
        assertThat(stub.launches)
                .containsExactly(new JsonObject()
                        .put("extra_vars", new JsonObject("{\"x\": 1, \"ansible_eda\": " + MATCHED + "}"))
                        .put("inventory", 5)
                        .put("limit", "web1,web2")
                        .put("labels", List.of(100, 101, 102)));
        assertThat(stub.labelNames())
                .containsExactly("Activated by Event-Driven Ansible", "mine", "eda-event-uuid-u-1");
        assertThat(stub.calls)
                .contains("GET unified_job_templates/?name=deploy&page=2", "POST job_templates/9/launch/");
        assertThat(stub.authorizations).containsOnly("Bearer s3cret");
    }

    @Test
    void launchesAWorkflowWithoutWhatItDoesNotAskFor() throws Exception {
        ActionOutcome outcome = run(
                "run_workflow_template",
                Map.of(
                        "name",
                        "deploy",
                        "organization",
                        "ops",
                        "job_args",
                        Map.of("limit", List.of("a", "b")),
                        "include_events",
                        false,
                        "labels",
                        List.of("mine")),
                1);

        assertThat(outcome).isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(stub.launches).containsExactly(new JsonObject().put("extra_vars", new JsonObject()));
        assertThat(stub.calls)
                .contains("POST workflow_job_templates/8/launch/", "GET workflow_jobs/?id__in=40&page_size=1")
                .noneMatch(call -> call.contains("labels"));
    }

    @Test
    void repeatsAFailedJobButNoneThatWasCancelled() throws Exception {
        Map<String, Object> arguments =
                Map.of("name", "plain", "organization", "ops", "retries", 2, "post_events", true);
        assertThat(decode("run_job_template", arguments).terms().retry().attempts())
                .isEqualTo(3);

        stub.onLaunch = job -> job.put("status", "failed").put("job_explanation", "no host");
        ActionOutcome.Failed failed = (ActionOutcome.Failed) run("run_job_template", arguments, 1);
        assertThat(failed.retryable()).isTrue();
        assertThat(failed.reason()).startsWith("the job 40 of the job template plain ended as failed (no host)");
        assertThat(failed.feedback()).contains(JsonText.ofString("{\"made\":40}"));

        stub.onLaunch = job -> job.put("status", "canceled");
        ActionOutcome.Failed canceled = (ActionOutcome.Failed) run("run_job_template", arguments, 2);
        assertThat(canceled.retryable()).isFalse();
        assertThat(stub.launches).hasSize(2);
    }

    @Test
    void findsTheJobThatAnEarlierAttemptLaunched() throws Exception {
        Map<String, Object> arguments = Map.of("name", "plain", "organization", "ops");
        AtomicReference<JsonObject> running = new AtomicReference<>();
        CountDownLatch launched = new CountDownLatch(1);
        stub.onLaunch = job -> {
            running.set(job.put("status", "running"));
            launched.countDown();
        };
        Thread worker = Thread.ofVirtual().start(() -> {
            try {
                decode("run_job_template", arguments).run(context(1, true));
            } catch (Exception e) {
                // Interrupted, as meant
            }
        });
        launched.await();
        worker.interrupt();
        worker.join();
        assertThat(running.get().getString("status"))
                .as("handed over, not cancelled")
                .isEqualTo("running");

        running.get().put("status", "successful");
        ActionOutcome outcome = run("run_job_template", arguments, 2);

        assertThat(outcome).isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(stub.launches).hasSize(1);
    }

    @Test
    void launchesOnceWhenTheAnswerWasLost() throws Exception {
        stub.losesAnswers = true;

        ActionOutcome outcome = run("run_job_template", Map.of("name", "plain", "organization", "ops"), 1);

        assertThat(outcome).isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(stub.launches).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancelsTheJobThatNobodyWaitsForAnyMore(boolean launching) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        stub.onLaunch = job -> {
            if (launching) {
                reached.countDown();
            }
        };
        stub.onQuestion = reached::countDown;
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread worker = Thread.ofVirtual().start(() -> {
            try {
                run("run_job_template", Map.of("name", "plain", "organization", "ops"), 1);
            } catch (Exception e) {
                thrown.set(e);
            }
        });
        reached.await();
        worker.interrupt();
        worker.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(stub.calls).last().isEqualTo("POST jobs/40/cancel/");
        assertThat(stub.job(40).getString("status")).isEqualTo("canceled");
    }

    @Test
    void asksAgainWhileTheControllerIsBusyAndSaysWhatItRefuses() throws Exception {
        stub.refuse(503, 500, 429);
        assertThat(run("run_job_template", Map.of("name", "plain", "organization", "ops"), 1))
                .isInstanceOf(ActionOutcome.Succeeded.class);

        stub.refuse(401);
        ActionOutcome.Failed refused =
                (ActionOutcome.Failed) run("run_job_template", Map.of("name", "plain", "organization", "ops"), 1);
        assertThat(refused.retryable()).isFalse();
        assertThat(refused.reason())
                .contains("the controller answered 401 to GET")
                .contains("busy");

        assertThatThrownBy(() -> run("run_job_template", Map.of("name", "plane", "organization", "ops"), 1))
                .isInstanceOf(ProblemException.class)
                .hasMessage("there is no job template plane in the organization ops that this user may see");
        assertThat(controller.version()).isEqualTo("4.6.0");
    }

    @Test
    void reachesAGatewayBelowItsPath() throws Exception {
        controller.close();
        controller = controller("/api/", LOOPBACK);
        assertThat(run("run_job_template", Map.of("name", "plain", "organization", "ops"), 1))
                .isInstanceOf(ActionOutcome.Succeeded.class);
    }

    @Test
    void aControllerThatIsNotThereIsATargetThatIsDownAndNotAJobThatFailed() {
        Map<String, Object> arguments = Map.of("name", "plain", "organization", "ops");
        assertThat(decode("run_job_template", arguments).target(context(1, false)))
                .contains(new Action.Target("127.0.0.1:" + stub.port(), false));
        stub.close();

        assertThatThrownBy(() -> run("run_job_template", arguments, 1))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the controller cannot be reached (GET http://127.0.0.1:");

        controller.close();
        controller = new Controller(vertx, ControllerConfig.NONE, LOOPBACK);
        assertThat(decode("run_job_template", arguments).target(context(1, false)))
                .isEmpty();
        assertThatThrownBy(() -> run("run_job_template", arguments, 1))
                .hasMessageContaining("needs an automation controller: configure its url and token");
    }

    @Test
    void goesNowhereThePolicyForbids() {
        controller.close();
        controller = controller("", OutboundPolicy.PUBLIC_ONLY);
        assertThatThrownBy(() -> run("run_job_template", Map.of("name", "plain", "organization", "ops"), 1))
                .hasMessageStartingWith("egress_denied");
        assertThat(stub.calls).isEmpty();
    }

    private Controller controller(String path, OutboundPolicy policy) {
        ControllerConfig config = ControllerConfig.at("http://127.0.0.1:" + stub.port() + path)
                .withToken(new Secret("s3cret"))
                .with(Duration.ofMillis(5), Duration.ofMillis(1), Duration.ofMillis(2));
        return new Controller(vertx, config, policy);
    }

    private ActionOutcome run(String action, Map<String, Object> arguments, int attempt) throws Exception {
        return decode(action, arguments).run(context(attempt, false));
    }

    private static ControllerAction decode(String action, Map<String, Object> arguments) {
        return (ControllerAction)
                new ActionCatalogue(List.of(new ControllerPlugin())).decode(action, JsonText.of(arguments));
    }

    private RecordedContext context(int attempt, boolean handedOver) {
        return new RecordedContext(
                        RecordedContext.task(MATCHED, List.of("web1", "web2")),
                        attempt,
                        Optional.empty(),
                        Resources.NONE.with(Controller.class, controller))
                .handedOver(handedOver);
    }
}
