// SPDX-License-Identifier: Apache-2.0
/**
 * Templates in action arguments: the part of Jinja2 that rulebooks use, with its native types, as a closed interpreter.
 * Values are JSON; there is no way from a template to a Java object, a file, a clock or a network.
 */
@NullMarked
package io.reflexarc.engine.template;

import org.jspecify.annotations.NullMarked;
