// SPDX-License-Identifier: Apache-2.0
/** What {@code app} deploys: the verticles of the roles {@code api} and {@code live}, and what they are given. */
@NullMarked
package io.reflexarc.api;

import org.jspecify.annotations.NullMarked;
