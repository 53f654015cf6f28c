// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.rulebooks.condition.StringTemplate;
import java.util.Set;

/**
 * What all readers of one rulebook share.
 *
 * @param findings where mistakes go
 * @param variables a JSON object
 * @param template renders templates with the variables
 * @param extraActions known beside the language's own
 */
record Loading(Findings findings, JsonText variables, StringTemplate template, Set<String> extraActions) {}
