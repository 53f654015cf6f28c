// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.action.Taker;
import io.reflexarc.core.activation.Commit;
import io.reflexarc.core.decision.DecidedAction.Delegated;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** The workers of this process, as far as they lend their room. */
final class Takers {
    private final List<Taker> takers = new CopyOnWriteArrayList<>();

    Runnable add(Taker taker) {
        takers.add(taker);
        return () -> takers.remove(taker);
    }

    /** Room for the tasks that a commit releases, with the first who has some. */
    Optional<Offer> offer(Commit commit) {
        for (Taker taker : takers) {
            int wanted = (int) commit.decisions().stream()
                    .flatMap(decision -> decision.actions().stream())
                    .filter(action -> action instanceof Delegated task
                            && task.released()
                            && taker.queues().contains(task.task().queue()))
                    .count();
            if (wanted > 0) {
                Taker.Places places = taker.reserve(wanted);
                if (places.count() > 0) {
                    return Optional.of(new Offer(taker, places));
                }
            }
        }
        return Optional.empty();
    }

    /** Room for the next in line of so many tasks that end, with the first who has some. */
    Optional<Offer> followers(int ended) {
        return takers.stream()
                .map(taker -> new Offer(taker, taker.follow(ended)))
                .filter(offer -> offer.places().count() > 0)
                .findFirst();
    }

    /** Tells whoever offered room what a write that knew of it made run; when that is not known, nothing. */
    static <T> Future<T> settled(Optional<Offer> offer, Future<T> write, Function<T, List<ClaimedTask>> running) {
        return write.onComplete(done -> offer.ifPresent(
                one -> one.places().settle(done.succeeded() ? running.apply(done.result()) : List.of())));
    }

    /** Tasks may be claimed that could not before. */
    void due() {
        takers.forEach(Taker::due);
    }

    /**
     * Room that a commit or an end has. It is settled when the commit is done, or when it is not known whether it is: then the tasks, if
     * there are any, go when their lease runs out.
     *
     * @param taker whose
     * @param places for how many tasks
     */
    record Offer(Taker taker, Taker.Places places) {}
}
