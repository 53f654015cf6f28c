// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.action;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Optional;

/**
 * Something that a rule can make happen outside the engine. An implementation is a record whose components are its
 * arguments (unknown arguments are errors), listed in the {@code permits} clause of its system's sealed interface; schema,
 * documentation and form come from the record.
 */
public interface Action {
    /**
     * Does it. Runs on a virtual thread of its own and may block. The thread is interrupted on cancel, on a lost lease and
     * when the deadline passes.
     *
     * @throws Exception is the same as {@link ActionOutcome.Failed} that may be retried; say it with an outcome when a
     *     retry cannot help
     */
    ActionOutcome run(ActionContext context) throws Exception;

    /** How its task is retried, bounded and locked: a function of the arguments, asked when the decision is made. */
    default TaskTerms terms() {
        return TaskTerms.DEFAULT;
    }

    /** Whether it asks for {@link ActionContext#matched}: the task carries the events only then. The same for all arguments. */
    default boolean readsEvents() {
        return true;
    }

    /** What it calls, when many actions may call the same: a target that is down or slow must not hold up the others. */
    default Optional<Target> target(ActionContext context) {
        return Optional.empty();
    }

    /**
     * Something outside that an action calls.
     *
     * @param address host and port
     * @param answersFor whether a failure that may be repeated speaks against the target; else only an exception does,
     *     because the target itself reports how its work went
     */
    record Target(String address, boolean answersFor) {}

    /** The name in rulebooks, snake_case. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @java.lang.annotation.Target(ElementType.TYPE)
    @interface Name {
        /** The name. */
        String value();
    }
}
