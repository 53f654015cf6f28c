// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import io.reflexarc.api.ApiContext;
import io.reflexarc.api.ApiVerticle;
import io.reflexarc.api.web.OperationsRoutes;
import io.reflexarc.app.config.AppConfig;
import io.reflexarc.app.logging.ActivationLines;
import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.history.RecordedEvents;
import io.reflexarc.core.http.HttpServers;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.engine.activation.ActivationSupervisor;
import io.reflexarc.engine.activation.EngineContext;
import io.reflexarc.engine.activation.Limits;
import io.reflexarc.engine.explain.ConditionTests;
import io.reflexarc.eventstream.ingress.Ingress;
import io.reflexarc.eventstream.ingress.IngressConfig;
import io.reflexarc.plugins.ansible.AnsibleConfig;
import io.reflexarc.plugins.ansible.AnsibleFacts;
import io.reflexarc.plugins.controller.Controller;
import io.reflexarc.plugins.outbound.OutboundHttp;
import io.reflexarc.plugins.outbound.OutboundPolicy;
import io.reflexarc.rulebooks.VariablesParser;
import io.reflexarc.scheduler.PeriodicWork;
import io.reflexarc.scheduler.PeriodicWorks;
import io.reflexarc.scheduler.SchedulerVerticle;
import io.reflexarc.workers.WorkerContext;
import io.reflexarc.workers.WorkerVerticle;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.BindException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The roles of one process: starts them side by side, stops them in reverse, each wired from the site's ports. */
public final class Roles {
    private static final Logger LOGGER = LoggerFactory.getLogger(Roles.class);

    private final Site site;
    private final AppConfig config;
    private final Set<Role> roles;
    private final String process;
    private final String version;
    private final ActionCatalogue catalogue = ActionCatalogue.installed();
    private final RulebookLanguage language = new RulebookLanguage(catalogue.names());
    private final Deque<Supplier<Future<?>>> stops = new ArrayDeque<>();

    /** These roles of this site, in a process of this name, of this version of the product. */
    public Roles(Site site, Set<Role> roles, String process, String version) {
        this.site = site;
        this.config = site.config();
        this.roles = Set.copyOf(roles);
        this.process = process;
        this.version = version;
    }

    /** Starts them all; fails when one of them cannot start. */
    public Future<Void> start() {
        LifeLine line = LifeLine.begin(site, Clock.systemUTC(), process, roles.contains(Role.WORKER) ? worksAs() : "");
        stops.push(line::end);
        List<Future<?>> starts = new ArrayList<>();
        for (Role role : roles) {
            starts.add(start(role)
                    .onSuccess(started ->
                            LOGGER.atInfo().addKeyValue("role", role.label()).log("role started")));
        }
        if (!roles.contains(Role.API) && !roles.contains(Role.LIVE)) {
            starts.add(operations());
        }
        return Future.join(starts).mapEmpty();
    }

    private Future<?> start(Role role) {
        return switch (role) {
            case API ->
                deployed(listening(
                        "http",
                        config.http(),
                        site.vertx()
                                .deployVerticle(
                                        () -> new ApiVerticle(api(config.http(), roles.contains(Role.LIVE))),
                                        ApiVerticle.deployment())));
            case LIVE ->
                roles.contains(Role.API)
                        ? Future.succeededFuture()
                        : deployed(listening(
                                "live",
                                config.live(),
                                site.vertx()
                                        .deployVerticle(
                                                () -> ApiVerticle.live(api(config.live(), true)),
                                                ApiVerticle.deployment())));
            case EVENT_STREAM -> ingress();
            case ACTIVATION -> activations();
            case WORKER -> worker();
            case SCHEDULER -> scheduler();
        };
    }

    private Future<?> ingress() {
        IngressConfig settings = IngressConfig.of(
                        config.eventStream().host(), config.eventStream().port())
                .withLimits(
                        config.eventStream().maxBodyBytes(),
                        config.eventStream().eventsPerSecond());
        Ingress ingress = new Ingress(
                site.vertx(),
                settings,
                process,
                site.store().eventStreams(),
                site.log(),
                site.live(),
                site.meters(),
                Clock.systemUTC(),
                new SecureRandom());
        stops.push(ingress::stop);
        return ingress.start();
    }

    private ApiContext api(AppConfig.Listen listen, boolean live) {
        var store = site.store();
        var settings = new ApiContext.Settings(
                listen.host(),
                listen.port(),
                live,
                config.eventStream().url().toString(),
                version,
                Optional.of("ui"),
                "/",
                List.of(),
                false,
                Optional.empty());
        var explainer = language.explainer(catalogue);
        var ports = new ApiContext.Ports(
                store.eventStreams(),
                store.rulebooks(),
                store.drafts(),
                store.activations(),
                store.activationVersions(),
                store.audit(),
                store.actions(),
                store.accounts(),
                store.artifacts(),
                site.log(),
                new RecordedEvents(language.streams(store), site.log().history(), store.archive(), store.fields()),
                explainer,
                explainer,
                new ConditionTests(),
                language.sessions(site.live(), store),
                store.activationLog(),
                site.live());
        return new ApiContext(
                ports,
                settings,
                site.meters(),
                Clock.systemUTC(),
                new SecureRandom(),
                KeyFile.load(config.keys().jwt()),
                catalogue,
                language::check,
                language.authoring(),
                VariablesParser::parse,
                site.healthChecks(),
                site::scrape);
    }

    private Future<String> activations() {
        var store = site.store();
        ActivationLines lines = ActivationLines.keep(site.vertx(), store.activationLog(), process);
        stops.push(lines::stop);
        return deployed(ActivationSupervisor.deploy(
                site.vertx(),
                new EngineContext(
                        site.log(),
                        store.incarnations(),
                        store.leases(),
                        store.decisions(),
                        store.activations(),
                        store.rulebooks(),
                        site.live(),
                        site.meters(),
                        catalogue,
                        language.parser(),
                        language.templates(),
                        Sources.host(site, process),
                        Clock.systemUTC(),
                        new SecureRandom(),
                        process,
                        Limits.DEFAULT,
                        new AnsibleFacts(Ansible.config(config.ansible(), System.getenv())))));
    }

    private String worksAs() {
        return config.worker().name().orElse(process);
    }

    private Future<?> worker() {
        OutboundPolicy policy = Outbound.policy(config.outbound());
        Resources resources = Resources.NONE
                .with(OutboundHttp.class, new OutboundHttp(site.vertx(), policy))
                .with(Controller.class, new Controller(site.vertx(), Controllers.config(config.controller()), policy))
                .with(AnsibleConfig.class, Ansible.config(config.ansible(), System.getenv()));
        WorkerContext context = new WorkerContext(
                site.store().actions(),
                catalogue,
                resources,
                site.store().artifacts(),
                site.live(),
                site.meters(),
                Clock.systemUTC(),
                RandomGenerator.of("L64X128MixRandom"),
                worksAs(),
                config.worker().queues(),
                config.worker().concurrency(),
                WorkerContext.DEFAULT_DRAIN);
        return deployed(WorkerVerticle.deploy(site.vertx(), context));
    }

    private Future<?> scheduler() {
        var store = site.store();
        return deployed(SchedulerVerticle.deploy(
                site.vertx(), store.leases(), site.live(), Clock.systemUTC(), process, works()));
    }

    private List<PeriodicWork> works() {
        var store = site.store();
        List<PeriodicWork> works = new ArrayList<>(List.of(
                PeriodicWorks.recoverLostTasks(store.actions(), site.live()),
                PeriodicWorks.sendOutcomes(store.actions(), site.log(), Clock.systemUTC()),
                PeriodicWorks.learnFields(language.streams(store), site.log().history(), store.fields()),
                PeriodicWorks.prepareAudit(store.audit()),
                PeriodicWorks.forgetOldAudit(store.audit(), config.retention().auditDays(), Clock.systemUTC()),
                PeriodicWorks.forgetOldLines(
                        store.activationLog(), config.retention().auditDays(), Clock.systemUTC())));
        int historyDays = config.retention().historyDays();
        if (historyDays > 0) {
            works.add(PeriodicWorks.archiveHistory(
                    language.streams(store), site.log().history(), store.archive(), Clock.systemUTC()));
            works.add(PeriodicWorks.forgetOldHistory(store.archive(), historyDays, Clock.systemUTC()));
        }
        return works;
    }

    /** Health and metrics for a process that serves no HTTP otherwise. */
    private Future<HttpServer> operations() {
        Router router = Router.router(site.vertx());
        new OperationsRoutes(site.healthChecks(), site.log(), site::scrape).mount(router);
        AppConfig.Listen listen = config.operations();
        return listening(
                        "operations",
                        listen,
                        HttpServers.strict(site.vertx(), new HttpServerOptions())
                                .requestHandler(router)
                                .listen(listen.port(), listen.host()))
                .onSuccess(server -> stops.push(server::close));
    }

    /** A port that somebody else has is a mistake of the configuration, not a fault of ours. */
    private static <T> Future<T> listening(String setting, AppConfig.Listen listen, Future<T> server) {
        return server.recover(cause -> Future.failedFuture(
                cause instanceof BindException
                        ? new ProblemException(
                                ProblemType.CONFLICT,
                                "Port " + listen.port() + " of " + listen.host() + " cannot be had ("
                                        + cause.getMessage() + "): choose another with " + setting + ".port.",
                                cause)
                        : cause));
    }

    private Future<String> deployed(Future<String> deployment) {
        return deployment.onSuccess(id -> stops.push(() -> site.vertx().undeploy(id)));
    }

    /** Stops them, the last started first. */
    public Future<Void> stop() {
        Future<?> chain = Future.succeededFuture();
        while (!stops.isEmpty()) {
            Supplier<Future<?>> stop = stops.pop();
            chain = chain.transform(before -> stop.get());
        }
        return chain.mapEmpty();
    }
}
