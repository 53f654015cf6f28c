// SPDX-License-Identifier: Apache-2.0
/** Turns endpoints into a running router: validation, authorization, audit, measurement, problems. */
@NullMarked
package io.reflexarc.api.route;

import org.jspecify.annotations.NullMarked;
