// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.id.ActivationId;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Leases that live as long as their process. Safe for any thread. */
public final class InMemoryLeases implements Leases {
    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private final Map<ActivationId, Lease> leases = new HashMap<>();
    private final Map<String, Lead> leads = new HashMap<>();
    private final Map<String, Instant> attendants = new HashMap<>();

    /** Nobody holds anything yet; this clock decides when a lease is over. */
    public InMemoryLeases(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Future<Optional<Lease>> claim(ActivationId activation, String owner, Duration length) {
        lock.lock();
        try {
            Optional<Lease> held = Optional.ofNullable(leases.get(activation));
            if (held.isPresent() && held.get().until().isAfter(clock.instant())) {
                return Future.succeededFuture(Optional.empty());
            }
            long epoch = held.map(Lease::epoch).orElse(0L) + 1;
            Lease claimed = new Lease(activation, owner, epoch, clock.instant().plus(length));
            leases.put(activation, claimed);
            return Future.succeededFuture(Optional.of(claimed));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Future<Boolean> renew(Lease lease, Duration length) {
        return Future.succeededFuture(prolong(lease, clock.instant().plus(length)));
    }

    @Override
    public Future<Void> release(Lease lease) {
        prolong(lease, Instant.EPOCH);
        return Future.succeededFuture();
    }

    private boolean prolong(Lease lease, Instant until) {
        lock.lock();
        try {
            Optional<Lease> held =
                    Optional.ofNullable(leases.get(lease.activation())).filter(same -> same.epoch() == lease.epoch());
            held.ifPresent(same ->
                    leases.put(lease.activation(), new Lease(lease.activation(), same.owner(), same.epoch(), until)));
            return held.isPresent();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Future<Placement> attend(String process, Duration length) {
        lock.lock();
        try {
            Instant now = clock.instant();
            attendants.put(process, now.plus(length));
            attendants.values().removeIf(until -> !until.isAfter(now));
            Map<ActivationId, String> owners = new HashMap<>();
            leases.values().stream()
                    .filter(lease -> lease.until().isAfter(now))
                    .forEach(lease -> owners.put(lease.activation(), lease.owner()));
            return Future.succeededFuture(new Placement(attendants.keySet(), owners));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Future<Void> leave(String process) {
        lock.lock();
        try {
            attendants.remove(process);
            return Future.succeededFuture();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Future<Boolean> lead(String work, String owner, Duration length) {
        lock.lock();
        try {
            Optional<Lead> held = Optional.ofNullable(leads.get(work));
            boolean free = held.isEmpty()
                    || held.get().owner().equals(owner)
                    || !held.get().until().isAfter(clock.instant());
            if (free) {
                leads.put(work, new Lead(owner, clock.instant().plus(length)));
            }
            return Future.succeededFuture(free);
        } finally {
            lock.unlock();
        }
    }

    /** The epoch that may commit now; 0 when nobody ever claimed. */
    long epoch(ActivationId activation) {
        lock.lock();
        try {
            return Optional.ofNullable(leases.get(activation)).map(Lease::epoch).orElse(0L);
        } finally {
            lock.unlock();
        }
    }

    private record Lead(String owner, Instant until) {}
}
