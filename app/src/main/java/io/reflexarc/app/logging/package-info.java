// SPDX-License-Identifier: Apache-2.0
/** What the processes say about activations, kept where people can read it. The home of Log4j's own classes. */
@NullMarked
package io.reflexarc.app.logging;

import org.jspecify.annotations.NullMarked;
