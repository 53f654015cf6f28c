// SPDX-License-Identifier: Apache-2.0
/** One process of a site: its ports, its roles, and what a new site is given to start with. */
@NullMarked
package io.reflexarc.app.site;

import org.jspecify.annotations.NullMarked;
