// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.rulebook;

import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.vertx.core.Future;
import java.util.Optional;

/** Rulebooks and their versions. A version never changes. The text was checked before it gets here. */
public interface RulebookStore {
    /** Creates a rulebook with its first version; {@code CONFLICT} when the name is taken. */
    Future<StoredRulebook> create(long organization, String name, String description, String text);

    /** Adds a version; the same text as the newest version adds none. */
    Future<StoredRulebook> update(long id, String description, String text);

    /** By number, with the newest version. */
    Future<Optional<StoredRulebook>> find(long id);

    /** Text of a version. */
    Future<Optional<String>> version(long version);

    /** One page, ordered by id. Filter: {@code name} (part, case-insensitive). */
    Future<Page<StoredRulebook>> list(PageRequest request);

    /** Deletes; {@code CONFLICT} while an activation uses it. */
    Future<Void> delete(long id);
}
