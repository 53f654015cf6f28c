// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.rulebook;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;

/** Drafts of rulebooks, one of each rulebook for each user. Nobody overwrites what he has not seen. */
public interface DraftStore {
    /** Stands for the revision of a draft that does not exist yet. */
    long NO_REVISION = 0;

    /** The draft of a user. */
    Future<Optional<RulebookDraft>> find(long rulebook, long user);

    /**
     * Saves a draft in place of the one with this revision; {@code CONFLICT} when the draft has another by now, {@code
     * NOT_FOUND} when there is no such rulebook.
     */
    Future<RulebookDraft> save(long rulebook, long user, String text, int baseVersion, long revision);

    /** Throws away the draft with this revision; {@code CONFLICT} when it has another by now. No draft at all is fine. */
    Future<Void> delete(long rulebook, long user, long revision);

    /** Numbers of the rulebooks of which a user has a draft. */
    Future<Set<Long>> of(long user);
}
