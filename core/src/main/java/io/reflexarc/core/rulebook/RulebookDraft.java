// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.rulebook;

import java.time.Instant;

/**
 * What somebody writes and has not published yet.
 *
 * @param rulebook number of the rulebook
 * @param text the YAML, however broken
 * @param baseVersion number of the version from which it was begun
 * @param revision grows with every save; no two drafts ever share one
 * @param modifiedAt when it was saved
 */
public record RulebookDraft(long rulebook, String text, int baseVersion, long revision, Instant modifiedAt) {}
