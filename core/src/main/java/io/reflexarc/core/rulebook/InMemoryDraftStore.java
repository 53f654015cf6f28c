// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.rulebook;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** Drafts that live as long as their process. Safe for any thread. */
public final class InMemoryDraftStore implements DraftStore {
    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private final Map<Key, RulebookDraft> drafts = new HashMap<>();
    private long lastRevision;

    private record Key(long rulebook, long user) {}

    /** An empty store; the clock stamps what is saved. */
    public InMemoryDraftStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Future<Optional<RulebookDraft>> find(long rulebook, long user) {
        lock.lock();
        try {
            return Future.succeededFuture(Optional.ofNullable(drafts.get(new Key(rulebook, user))));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Future<RulebookDraft> save(long rulebook, long user, String text, int baseVersion, long revision) {
        Key key = new Key(rulebook, user);
        lock.lock();
        try {
            if (revision(key) != revision) {
                return Future.failedFuture(conflict(rulebook));
            }
            var draft = new RulebookDraft(rulebook, text, baseVersion, ++lastRevision, clock.instant());
            drafts.put(key, draft);
            return Future.succeededFuture(draft);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Future<Void> delete(long rulebook, long user, long revision) {
        Key key = new Key(rulebook, user);
        lock.lock();
        try {
            if (drafts.containsKey(key) && revision(key) != revision) {
                return Future.failedFuture(conflict(rulebook));
            }
            drafts.remove(key);
            return Future.succeededFuture();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Future<Set<Long>> of(long user) {
        lock.lock();
        try {
            return Future.succeededFuture(drafts.keySet().stream()
                    .filter(key -> key.user() == user)
                    .map(Key::rulebook)
                    .collect(Collectors.toSet()));
        } finally {
            lock.unlock();
        }
    }

    private long revision(Key key) {
        return Optional.ofNullable(drafts.get(key)).map(RulebookDraft::revision).orElse(NO_REVISION);
    }

    private static ProblemException conflict(long rulebook) {
        return new ProblemException(
                ProblemType.CONFLICT,
                "the draft of rulebook " + rulebook + " was saved elsewhere: read it again and choose what to keep");
    }
}
