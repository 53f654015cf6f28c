// SPDX-License-Identifier: Apache-2.0
/** Any system with an HTTP interface: the action {@code http_request}. */
@NullMarked
package io.reflexarc.plugins.http;

import org.jspecify.annotations.NullMarked;
