// SPDX-License-Identifier: Apache-2.0
/** Vaulted texts, opened by Ansible's own program. */
@NullMarked
package io.reflexarc.app.vault;

import org.jspecify.annotations.NullMarked;
