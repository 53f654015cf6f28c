// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.rulebooks.YamlNode.Fields;
import io.reflexarc.rulebooks.YamlNode.Scalar;
import io.reflexarc.rulebooks.error.ErrorKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a rule. */
final class RuleReader {
    private final Loading loading;
    private final Findings findings;
    private final Set<String> names;
    private final ActionReader actions;

    /** A reader that adds the names it sees to those that are taken. */
    RuleReader(Loading loading, Set<String> names) {
        this.loading = loading;
        this.findings = loading.findings();
        this.names = names;
        this.actions = new ActionReader(loading);
    }

    Rule rule(Mapping rule) {
        Shapes.RULE.check(rule.fields(), findings);
        boolean enabled = rule.flag("enabled", true);
        Trigger trigger = new TriggerReader(loading, enabled).trigger(rule);
        return new Rule(name(rule), trigger, throttle(rule, trigger, enabled), actions(rule), enabled, rule.place());
    }

    private String name(Mapping rule) {
        Optional<Scalar> scalar = rule.scalar("name").filter(ValueType.NAME::accepts);
        if (scalar.isEmpty()) {
            return "";
        }
        String name = rendered(scalar.get());
        if (name.isBlank()) {
            findings.schema(scalar.get().place(), "the rule's name is empty");
        } else if (!names.add(name)) {
            findings.add(
                    ErrorKind.DUPLICATE_RULE_NAME,
                    scalar.get().place(),
                    "another rule of this ruleset is called \"" + name + "\" already");
        }
        return name;
    }

    private String rendered(Scalar scalar) {
        String written = scalar.json().textValue();
        if (!written.contains("{{") || !written.contains("}}")) {
            return written;
        }
        try {
            return loading.template().render(written, loading.variables());
        } catch (ProblemException e) {
            findings.add(ErrorKind.UNDEFINED_VARIABLE, scalar.place(), "the rule's name: " + e.detail());
            return written;
        }
    }

    private Optional<Throttle> throttle(Mapping rule, Trigger trigger, boolean enabled) {
        Optional<Mapping> throttle =
                rule.get("throttle").filter(Fields.class::isInstance).map(node -> new Mapping((Fields) node));
        if (throttle.isPresent() && enabled && !isSingle(trigger, rule)) {
            findings.add(
                    ErrorKind.THROTTLE_ON_MULTI_CONDITION,
                    throttle.get().place(),
                    "only a rule with one condition and without a timeout can be throttled");
        }
        return throttle.flatMap(written -> new ThrottleReader(findings).throttle(written));
    }

    private static boolean isSingle(Trigger trigger, Mapping rule) {
        boolean timed = rule.get("condition")
                .filter(condition ->
                        condition instanceof Fields fields && fields.fields().containsKey("timeout"))
                .isPresent();
        return trigger instanceof Trigger.Single && !timed;
    }

    private List<ActionSpec> actions(Mapping rule) {
        boolean one = rule.has("action");
        if (one == rule.has("actions")) {
            findings.schema(rule.place(), "a rule needs either \"action\" or \"actions\"" + (one ? ", not both" : ""));
        }
        List<ActionSpec> specs = new ArrayList<>();
        rule.get("action").flatMap(actions::action).ifPresent(specs::add);
        rule.list("actions").forEach(item -> actions.action(item).ifPresent(specs::add));
        return specs;
    }
}
