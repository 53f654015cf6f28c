// SPDX-License-Identifier: Apache-2.0
/** Sources that listen: somebody posts events to them over HTTP. */
@NullMarked
package io.reflexarc.plugins.webhook;

import org.jspecify.annotations.NullMarked;
