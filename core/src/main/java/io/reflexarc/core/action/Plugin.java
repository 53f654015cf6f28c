// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.action;

import java.util.List;

/** What an integrated system adds; found by {@link java.util.ServiceLoader}. */
public interface Plugin {
    /** Sealed interfaces whose permitted records are actions. */
    List<Class<? extends Action>> actions();
}
