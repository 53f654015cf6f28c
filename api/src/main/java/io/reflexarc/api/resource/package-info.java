// SPDX-License-Identifier: Apache-2.0
/** The resources under {@code /api/eda/v1}, one class each, and the records that they take and show. */
@NullMarked
package io.reflexarc.api.resource;

import org.jspecify.annotations.NullMarked;
