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
    record For(
            List<String> targets,
            Expr items,
            Optional<Expr> filter,
            boolean recursive,
            List<Statement> body,
            List<Statement> otherwise)
            implements Statement {}

    /** <code>{% set targets = value %}</code>. */
    record Assign(List<String> targets, Expr value) implements Statement {}

    /** <code>{% set namespace.field = value %}</code>. */
    record AssignField(String namespace, String field, Expr value) implements Statement {}

    /** <code>{% set target | filters %} … {% endset %}</code>; the filters look into {@link #BODY}. */
    record Capture(String target, Expr filtered, List<Statement> body) implements Statement {}

    /** <code>{% filter filters %} … {% endfilter %}</code>; the filters look into {@link #BODY}. */
    record Filtered(Expr filtered, List<Statement> body) implements Statement {}

    /** <code>{% with name = value %} … {% endwith %}</code>; values do not see each other's names. */
    record With(List<Map.Entry<String, Expr>> names, List<Statement> body) implements Statement {}

    /** <code>{% block name %} … {% endblock %}</code> and others that only hold a body. */
    record Group(List<Statement> body) implements Statement {}

    /** <code>{% macro name(parameters) %} … {% endmacro %}</code>. */
    record Macro(Function function) implements Statement {}

    /** <code>{% call(parameters) expression %} … {% endcall %}</code>. */
    record CallBlock(Expr.Call call, Function caller) implements Statement {}

    /**
     * A macro, or the body of a call block.
     *
     * @param name for messages
     * @param parameters in order
     * @param defaults of the last of them, by name
     * @param body what it renders
     */
    record Function(String name, List<String> parameters, Map<String, Expr> defaults, List<Statement> body) {}

    /** Stands for what a body rendered; no template can write it. */
    Expr.Name BODY = new Expr.Name(" body");
}
