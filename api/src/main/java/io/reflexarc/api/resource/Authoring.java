// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.lint.Linter;

/**
 * What helps whoever writes a rulebook.
 *
 * @param linter says what is wrong with one
 * @param parser reads as much of one as can be read
 * @param schema JSON Schema of one, with the plugins that are installed
 */
public record Authoring(Linter linter, RulebookParser parser, JsonText schema) {}
