// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.rulebook;

import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/** Rulebooks that live as long as their process. It does not know who uses a rulebook. Safe for any thread. */
public final class InMemoryRulebookStore implements RulebookStore {
    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private final Map<Long, StoredRulebook> rulebooks = new TreeMap<>();
    private final Map<Long, String> versions = new HashMap<>();
    private long lastId;

    /** An empty store; the clock stamps what is made. */
    public InMemoryRulebookStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Future<StoredRulebook> create(long organization, String name, String description, String text) {
        lock.lock();
        try {
            boolean taken = rulebooks.values().stream()
                    .anyMatch(one ->
                            one.organization() == organization && one.name().equals(name));
            if (taken) {
                return Future.failedFuture(new ProblemException(
                        ProblemType.CONFLICT, "there is a rulebook \"" + name + "\" already: choose another name"));
            }
            var now = clock.instant();
            return Future.succeededFuture(keep(new StoredRulebook(
                    ++lastId, organization, name, description, versions.size() + 1L, 1, text, now, now)));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Future<StoredRulebook> update(long id, String description, String text) {
        lock.lock();
        try {
            StoredRulebook old = rulebooks.get(id);
            if (old == null) {
                return Future.failedFuture(new ProblemException(ProblemType.NOT_FOUND, "there is no rulebook " + id));
            }
            boolean same = old.text().equals(text);
            return Future.succeededFuture(keep(new StoredRulebook(
                    id,
                    old.organization(),
                    old.name(),
                    description,
                    same ? old.version() : versions.size() + 1L,
                    same ? old.versionNumber() : old.versionNumber() + 1,
                    text,
                    old.createdAt(),
                    same ? old.modifiedAt() : clock.instant())));
        } finally {
            lock.unlock();
        }
    }

    private StoredRulebook keep(StoredRulebook rulebook) {
        rulebooks.put(rulebook.id(), rulebook);
        versions.put(rulebook.version(), rulebook.text());
        return rulebook;
    }

    @Override
    public Future<Optional<StoredRulebook>> find(long id) {
        lock.lock();
        try {
            return Future.succeededFuture(Optional.ofNullable(rulebooks.get(id)));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Future<Optional<String>> version(long version) {
        lock.lock();
        try {
            return Future.succeededFuture(Optional.ofNullable(versions.get(version)));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Future<Page<StoredRulebook>> list(PageRequest request) {
        String part = request.filter("name").orElse("").toLowerCase(Locale.ROOT);
        lock.lock();
        try {
            List<StoredRulebook> found = rulebooks.values().stream()
                    .filter(one -> one.name().toLowerCase(Locale.ROOT).contains(part))
                    .toList();
            List<StoredRulebook> page = found.stream()
                    .skip(request.offset())
                    .limit(request.pageSize())
                    .toList();
            return Future.succeededFuture(new Page<>(page, found.size(), request.page(), request.pageSize()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Future<Void> delete(long id) {
        lock.lock();
        try {
            rulebooks.remove(id);
            return Future.succeededFuture();
        } finally {
            lock.unlock();
        }
    }
}
