// SPDX-License-Identifier: Apache-2.0
/** Configuration: one YAML file, one tree of records, overridden by the environment path by path. */
@NullMarked
package io.reflexarc.app.config;

import org.jspecify.annotations.NullMarked;
