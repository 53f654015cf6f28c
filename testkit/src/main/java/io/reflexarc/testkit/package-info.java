// SPDX-License-Identifier: Apache-2.0
/** Contracts of the ports, to be run against every adapter, and real servers for tests. Test scope only. */
@NullMarked
package io.reflexarc.testkit;

import org.jspecify.annotations.NullMarked;
