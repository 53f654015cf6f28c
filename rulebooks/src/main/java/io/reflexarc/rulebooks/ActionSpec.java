// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import io.reflexarc.core.json.JsonText;

/**
 * An action as written.
 *
 * @param name e.g. {@code run_playbook}
 * @param arguments not rendered yet: a JSON object ({@code {}} where none are written)
 * @param place where it begins
 */
public record ActionSpec(String name, JsonText arguments, Place place) {}
