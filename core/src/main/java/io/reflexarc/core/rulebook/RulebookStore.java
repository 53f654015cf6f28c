// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.rulebook;

import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import java.util.Optional;

/** Rulebooks and their versions. A version never changes. The text was checked before it gets here. */
public interface RulebookStore {
    /** Creates a rulebook with its first version; {@code CONFLICT} when the name is taken. */
    Future<StoredRulebook> create(long organization, String name, String description, String text, Origin origin);

    /** As the other, by nobody in particular. */
    default Future<StoredRulebook> create(long organization, String name, String description, String text) {
        return create(organization, name, description, text, Origin.UNKNOWN);
    }

    /** Adds a version; the same text as the newest version adds none. */
    Future<StoredRulebook> update(long id, String description, String text, Origin origin);

    /** As the other, by nobody in particular. */
    default Future<StoredRulebook> update(long id, String description, String text) {
        return update(id, description, text, Origin.UNKNOWN);
    }

    /**
     * Adds a version that was made of another one; the same text as the newest adds none.
     *
     * @param base number of the version that its author started from; {@code CONFLICT} when it is not the newest any more
     */
    Future<StoredRulebook> publish(long id, String text, int base, Origin origin);

    /** By number, with the newest version. */
    Future<Optional<StoredRulebook>> find(long id);

    /** A version by its id. */
    Future<Optional<RulebookVersion>> version(long version);

    /** A version by its number within the rulebook. */
    Future<Optional<RulebookVersion>> version(long id, int number);

    /** Versions of a rulebook, the newest first. */
    Future<Page<RulebookVersion>> versions(long id, PageRequest request);

    /** One page, ordered by id. Filter: {@code name} (part, case-insensitive). */
    Future<Page<StoredRulebook>> list(PageRequest request);

    /** Deletes; {@code CONFLICT} while an activation uses it. */
    Future<Void> delete(long id);

    /** What {@link #publish} fails with when somebody was faster. */
    static ProblemException stale(int base, int newest) {
        return new ProblemException(
                ProblemType.CONFLICT,
                "version " + newest + " was made since version " + base
                        + ": look at what it changes, and publish what you want on top of it");
    }

    /**
     * Who made a version, and what he says of it.
     *
     * @param author name of the user; empty where nobody is known
     * @param message in his words
     */
    record Origin(String author, String message) {
        /** Nobody, and nothing. */
        public static final Origin UNKNOWN = new Origin("", "");
    }
}
