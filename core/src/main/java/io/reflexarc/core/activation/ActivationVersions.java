// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Which version of its rulebook decided when. An owner writes what it put live with the commit of that entry; everybody else
 * only asks for it, by an entry of the inbox.
 */
public interface ActivationVersions {
    /** Notes a change that was asked for; nothing when its entry was decided meanwhile. */
    Future<Void> requested(ActivationId activation, VersionChange change);

    /** The newest first. */
    Future<Page<VersionChange>> list(ActivationId activation, PageRequest request);

    /** The change of that entry. */
    Future<Optional<VersionChange>> find(ActivationId activation, Position entry);

    /** Activations of a rulebook, by id. */
    Future<List<Activation>> activations(long rulebook);

    /** Whether an activation gets what is published without naming activations. */
    Future<Void> follow(ActivationId activation, boolean follows);

    /**
     * Lets an activation that decides nothing now and never decided anything begin with this version; {@code false}, and
     * nothing happens, for any other one.
     */
    Future<Boolean> beginWith(ActivationId activation, VersionChange first);
}
