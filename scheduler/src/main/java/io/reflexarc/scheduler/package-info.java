// SPDX-License-Identifier: Apache-2.0
/**
 * Periodic work with one leader: tasks of lost workers, outcomes on their way back to the sessions, retention. What a work
 * does is a value; when it runs is the {@link io.reflexarc.scheduler.SchedulerVerticle}'s.
 */
@NullMarked
package io.reflexarc.scheduler;

import org.jspecify.annotations.NullMarked;
