// SPDX-License-Identifier: Apache-2.0
/**
 * Workers: steps 8 to 10 of the path of an event. Claims tasks, runs their actions, repeats what failed, reports how it
 * ended. What an action does lives in the plugins; what a task is lives in the core.
 */
@NullMarked
package io.reflexarc.workers;

import org.jspecify.annotations.NullMarked;
