// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import io.reflexarc.engine.template.Value.Undefined;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The filters of Jinja2, the five that rulebooks have beside them, and as an extension those of {@link AnsibleFilters}. */
final class Filters {
    private static final Set<String> TEXT = Set.of(
            "upper",
            "lower",
            "capitalize",
            "title",
            "trim",
            "replace",
            "center",
            "indent",
            "truncate",
            "wordcount",
            "striptags",
            "escape",
            "e",
            "forceescape",
            "safe",
            "string",
            "format",
            "urlencode",
            "wordwrap",
            "xmlattr",
            "tojson",
            "filesizeformat",
            "pprint");
    private static final Set<String> LIST = Set.of(
            "length",
            "count",
            "first",
            "last",
            "list",
            "join",
            "sort",
            "unique",
            "min",
            "max",
            "sum",
            "reverse",
            "batch",
            "slice",
            "dictsort",
            "items",
            "groupby",
            "random");
    private static final Set<String> PICK = Set.of("map", "select", "reject", "selectattr", "rejectattr");
    private static final Set<String> NUMBER = Set.of("abs", "int", "float", "round");
    private static final Set<String> RULEBOOK = Set.of("regex_replace", "basename", "dirname", "normpath", "bool");
    private static final Set<String> DEFAULT = Set.of("default", "d");

    private Filters() {}

    /** Names of all of them. */
    static Set<String> names() {
        return Stream.of(TEXT, LIST, PICK, NUMBER, RULEBOOK, DEFAULT, AnsibleFilters.NAMES)
                .flatMap(Set::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    static boolean exists(String name) {
        return TEXT.contains(name)
                || LIST.contains(name)
                || PICK.contains(name)
                || NUMBER.contains(name)
                || RULEBOOK.contains(name)
                || DEFAULT.contains(name)
                || AnsibleFilters.NAMES.contains(name);
    }

    static Value apply(Evaluation evaluation, String name, Value value, Arguments arguments) {
        evaluation.meter().step();
        if (DEFAULT.contains(name)) {
            boolean empty = value instanceof Undefined || (arguments.flag(1, "boolean", false) && !value.truthy());
            return empty ? arguments.get(0, "default_value").orElse(Value.of("")) : value;
        }
        if (!exists(name)) {
            throw new TemplateFailure("No filter named '" + name + "'."
                    + (AnsibleFilters.NAMES.contains(AnsibleFilters.PREFIX + name)
                            ? " Ansible's is an extension here: write " + AnsibleFilters.PREFIX + name
                            : ""));
        }
        if (AnsibleFilters.NAMES.contains(name)) {
            return AnsibleFilters.apply(evaluation, name, value, arguments);
        }
        Operations.require(value);
        if (TEXT.contains(name)) {
            return TextFilters.apply(evaluation, name, value, arguments);
        }
        if (LIST.contains(name)) {
            return ListFilters.apply(evaluation, name, value, arguments);
        }
        if (PICK.contains(name)) {
            return PickFilters.apply(evaluation, name, value, arguments);
        }
        return NUMBER.contains(name)
                ? NumberFilters.apply(evaluation, name, value, arguments)
                : RulebookFilters.apply(evaluation, name, value, arguments);
    }
}
