// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.action;

import java.util.Optional;

/**
 * A task that a worker may run now.
 *
 * @param task what to do
 * @param attempt from 1; fences every report about it
 * @param inventory the activation's inventory
 */
public record ClaimedTask(ActionTask task, int attempt, Optional<String> inventory) {}
