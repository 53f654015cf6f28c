// SPDX-License-Identifier: Apache-2.0
/**
 * Ansible: the actions {@code run_playbook} and {@code run_module}, done by a real ansible-runner in a process of its own. What comes from events or
 * templates reaches Ansible as data that it never evaluates.
 */
@NullMarked
package io.reflexarc.plugins.ansible;

import org.jspecify.annotations.NullMarked;
