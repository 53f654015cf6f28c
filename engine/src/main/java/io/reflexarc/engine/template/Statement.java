// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A part of a template. */
sealed interface Statement {
    /** Text that stays as it is. */
    record Data(String text) implements Statement {}

    /** <code>{{ expression }}</code>. */
    record Output(Expr expression) implements Statement {}

    /** <code>{% if %} … {% elif %} … {% else %} … {% endif %}</code>. */
    record If(List<Map.Entry<Expr, List<Statement>>> branches, List<Statement> otherwise) implements Statement {}

    /** <code>{% for targets in items if filter %} … {% else %} … {% endfor %}</code>. */
    record For(List<String> targets, Expr items, Optional<Expr> filter, List<Statement> body, List<Statement> otherwise)
            implements Statement {}

    /** <code>{% set targets = value %}</code>. */
    record Assign(List<String> targets, Expr value) implements Statement {}

    /** <code>{% set target %} … {% endset %}</code>. */
    record Capture(String target, List<Statement> body) implements Statement {}
}
