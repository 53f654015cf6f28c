// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import io.reflexarc.core.action.Action;

/** What Ansible does for us. */
public sealed interface AnsibleAction extends Action permits RunPlaybook {}
