// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.source;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Where events come from while a rulebook runs. An implementation is a record whose components are its arguments, listed in the
 * {@code permits} clause of its system's sealed interface. Arguments that it does not know are ignored with a warning, as
 * upstream ignores them.
 */
public interface Source {
    /**
     * Emits events until it has no more. Runs on a virtual thread of its own and may block; the thread is interrupted when the
     * source is to stop. A return says that the source has come to its end.
     *
     * @throws Exception when the source cannot go on; a {@link io.reflexarc.core.problem.ProblemException} says why in a
     *     sentence
     */
    void run(SourceContext context) throws Exception;

    /** The names in rulebooks. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Name {
        /** Full names; an event's {@code meta.source.type} is the one that the rulebook uses. */
        String[] value();

        /** Names of old that stand for the first one, also in {@code meta.source.type}. */
        String[] formerly() default {};
    }
}
