// SPDX-License-Identifier: Apache-2.0
/** Metrics and health: names in one place. */
@NullMarked
package io.reflexarc.core.telemetry;

import org.jspecify.annotations.NullMarked;
