// SPDX-License-Identifier: Apache-2.0
/**
 * Calls to other systems: which addresses a process may reach, and a client that reaches no other. Every plugin that calls a
 * URL from a rulebook or an event goes through here.
 */
@NullMarked
package io.reflexarc.plugins.outbound;

import org.jspecify.annotations.NullMarked;
