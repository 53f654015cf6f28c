// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.rulebook;

import io.reflexarc.core.page.Order;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Rulebooks that live as long as their process. It does not know who uses a rulebook. Safe for any thread. */
public final class InMemoryRulebookStore implements RulebookStore {
    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private final Map<Long, StoredRulebook> rulebooks = new TreeMap<>();
    private final Map<Long, RulebookVersion> versions = new TreeMap<>(Comparator.reverseOrder());
    private long lastId;

    /** An empty store; the clock stamps what is made. */
    public InMemoryRulebookStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Future<StoredRulebook> create(
            long organization, String name, String description, String text, Origin origin) {
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
            return Future.succeededFuture(keep(
                    new StoredRulebook(
                            ++lastId, organization, name, description, versions.size() + 1L, 1, text, now, now),
                    origin));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Future<StoredRulebook> update(long id, String description, String text, Origin origin) {
        return changed(id, old -> next(old, description, text, origin));
    }

    @Override
    public Future<StoredRulebook> publish(long id, String text, int base, Origin origin) {
        return changed(id, old -> {
            if (old.versionNumber() != base) {
                throw RulebookStore.stale(base, old.versionNumber());
            }
            return next(old, old.description(), text, origin);
        });
    }

    private Future<StoredRulebook> changed(long id, UnaryOperator<StoredRulebook> change) {
        lock.lock();
        try {
            StoredRulebook old = rulebooks.get(id);
            if (old == null) {
                return Future.failedFuture(new ProblemException(ProblemType.NOT_FOUND, "there is no rulebook " + id));
            }
            return Future.succeededFuture(change.apply(old));
        } catch (ProblemException e) {
            return Future.failedFuture(e);
        } finally {
            lock.unlock();
        }
    }

    private StoredRulebook next(StoredRulebook old, String description, String text, Origin origin) {
        boolean same = old.text().equals(text);
        return keep(
                new StoredRulebook(
                        old.id(),
                        old.organization(),
                        old.name(),
                        description,
                        same ? old.version() : versions.size() + 1L,
                        same ? old.versionNumber() : old.versionNumber() + 1,
                        text,
                        old.createdAt(),
                        same ? old.modifiedAt() : clock.instant()),
                origin);
    }

    private StoredRulebook keep(StoredRulebook rulebook, Origin origin) {
        rulebooks.put(rulebook.id(), rulebook);
        versions.putIfAbsent(
                rulebook.version(),
                new RulebookVersion(
                        rulebook.version(),
                        rulebook.id(),
                        rulebook.versionNumber(),
                        rulebook.text(),
                        origin.author(),
                        rulebook.modifiedAt(),
                        origin.message()));
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
    public Future<Optional<RulebookVersion>> version(long version) {
        return Future.succeededFuture(
                versions(one -> one.id() == version).stream().findFirst());
    }

    @Override
    public Future<Optional<RulebookVersion>> version(long id, int number) {
        return Future.succeededFuture(versions(one -> one.rulebook() == id && one.number() == number).stream()
                .findFirst());
    }

    @Override
    public Future<Page<RulebookVersion>> versions(long id, PageRequest request) {
        return Future.succeededFuture(Page.of(versions(one -> one.rulebook() == id), request));
    }

    private List<RulebookVersion> versions(Predicate<RulebookVersion> wanted) {
        lock.lock();
        try {
            return versions.values().stream().filter(wanted).toList();
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
            return Future.succeededFuture(Order.page(
                    found,
                    request,
                    Map.of(
                            "name", Comparator.comparing(StoredRulebook::name),
                            "number", Comparator.comparing(StoredRulebook::versionNumber),
                            "created_at", Comparator.comparing(StoredRulebook::createdAt),
                            "modified_at", Comparator.comparing(StoredRulebook::modifiedAt)),
                    StoredRulebook::id));
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
