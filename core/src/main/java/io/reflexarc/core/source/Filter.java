// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;

/**
 * Makes of one event none, one or several. An implementation is a record whose components are its arguments, listed in the
 * {@code permits} clause of its system's sealed interface.
 */
public interface Filter {
    /**
     * Applies it. Called by several threads at once.
     *
     * @param event belongs to the filter from now on: it may be changed and returned
     * @throws io.reflexarc.core.problem.ProblemException when the filter cannot cope with the event
     */
    List<ObjectNode> apply(ObjectNode event);

    /** Whether the result is a function of the event alone, so that it can be worked out again after the append. */
    default boolean pure() {
        return true;
    }

    /** The names in rulebooks. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Name {
        /** Full names. */
        String[] value();

        /** Names of old that stand for the first one. */
        String[] formerly() default {};
    }
}
