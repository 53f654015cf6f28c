// SPDX-License-Identifier: Apache-2.0
/**
 * Ansible: the action {@code run_playbook}, done by a real ansible-runner in a process of its own. What comes from events or
 * templates reaches Ansible as data that it never evaluates.
 */
@NullMarked
package io.reflexarc.plugins.ansible;

import org.jspecify.annotations.NullMarked;
