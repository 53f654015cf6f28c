// SPDX-License-Identifier: Apache-2.0
/** Pages and probes: the user interface from the class path, health and metrics. */
@NullMarked
package io.reflexarc.api.web;

import org.jspecify.annotations.NullMarked;
