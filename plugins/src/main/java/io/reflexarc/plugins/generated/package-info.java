// SPDX-License-Identifier: Apache-2.0
/** Sources that make their events up: for examples, tests and heartbeats. */
@NullMarked
package io.reflexarc.plugins.generated;

import org.jspecify.annotations.NullMarked;
