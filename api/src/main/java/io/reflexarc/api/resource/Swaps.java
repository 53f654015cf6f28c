// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.ActivationStatus;
import io.reflexarc.core.activation.ActivationVersions;
import io.reflexarc.core.activation.VersionChange;
import io.reflexarc.core.activation.VersionChange.State;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.live.LiveFeed;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.log.InboxMessage;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.rulebook.RulebookVersion;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Puts versions live: by an entry of the inbox, so that each event is decided by exactly one of them. Who has never decided
 * anything just begins with another one.
 */
public final class Swaps {
    private static final String BELL = "activations";
    private static final int POLLS = 100;
    private static final int POLL_MILLIS = 50;

    private final Vertx vertx;
    private final ActivationVersions versions;
    private final EventLog log;
    private final LiveFeed feed;
    private final InstantSource clock;

    /** By this log. */
    public Swaps(Vertx vertx, ActivationVersions versions, EventLog log, LiveFeed feed, InstantSource clock) {
        this.vertx = vertx;
        this.versions = versions;
        this.log = log;
        this.feed = feed;
        this.clock = clock;
    }

    ActivationVersions versions() {
        return versions;
    }

    /** Asks all of them, waits a little for those that run, and says what has become of each. */
    List<Put> put(List<Activation> activations, RulebookVersion version, String user) {
        List<Put> asked = new ArrayList<>();
        for (Activation activation : activations) {
            asked.add(new Put(activation, ask(activation, version, user)));
        }
        int polls = 0;
        while (++polls <= POLLS && asked.stream().anyMatch(Put::isUnderWay)) {
            vertx.timer(POLL_MILLIS, TimeUnit.MILLISECONDS).await();
            asked.replaceAll(this::now);
        }
        return asked;
    }

    private VersionChange ask(Activation activation, RulebookVersion version, String user) {
        ActivationId id = activation.id();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        VersionChange first = change(version, Position.START, State.LIVE, user, now, Optional.of(now));
        boolean idle = !runs(activation);
        if (idle && versions.beginWith(id, first).await()) {
            feed.ring(BELL);
            return first;
        }
        var entry = new LogEntry.Control.Version(version.id(), user);
        Position at = log.append(InboxId.of(id), new InboxMessage.Controlled(now, entry))
                .await();
        VersionChange waiting = change(version, at, State.WAITING, user, now, Optional.empty());
        versions.requested(id, waiting).await();
        return waiting;
    }

    private static boolean runs(Activation activation) {
        return activation.status() == ActivationStatus.RUNNING || activation.status() == ActivationStatus.STARTING;
    }

    private static VersionChange change(
            RulebookVersion version, Position entry, State state, String user, Instant now, Optional<Instant> live) {
        return new VersionChange(version.id(), version.number(), entry, state, user, now, live, "", List.of());
    }

    private Put now(Put put) {
        return put.isUnderWay()
                ? new Put(
                        put.activation(),
                        versions.find(put.activation().id(), put.change().entry())
                                .await()
                                .orElse(put.change()))
                : put;
    }

    /**
     * What became of one.
     *
     * @param activation as it was when it was asked
     * @param change as far as is known
     */
    record Put(Activation activation, VersionChange change) {
        boolean isUnderWay() {
            return change.state() == State.WAITING && runs(activation);
        }
    }
}
