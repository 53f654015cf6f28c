// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.engine.compile.Prototypes.Kind;
import io.reflexarc.engine.compile.Prototypes.TypedField;
import io.reflexarc.rulebooks.Trigger;
import io.reflexarc.rulebooks.condition.Condition;
import io.reflexarc.rulebooks.condition.Condition.Comparison;
import io.reflexarc.rulebooks.condition.Expression;
import io.reflexarc.rulebooks.condition.Expression.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.drools.model.DSL;
import org.drools.model.Index.ConstraintType;
import org.drools.model.PatternDSL;
import org.drools.model.RuleItemBuilder;
import org.drools.model.Variable;
import org.drools.model.prototype.PrototypeDSL;
import org.drools.model.prototype.PrototypeDSL.PrototypePatternDef;
import org.drools.model.prototype.PrototypeExpression;
import org.drools.model.prototype.PrototypeVariable;
import org.jspecify.annotations.Nullable;
import org.kie.api.prototype.PrototypeFactInstance;

/**
 * Turns conditions into constraints of Drools patterns. Comparisons of a path with a scalar become typed constraints that
 * Drools can index; equality of a path with a path of an earlier condition becomes an indexed join; everything else is a
 * predicate that asks the {@link Evaluator}.
 */
final class PatternCompiler {
    /** As many other conditions as a constraint of Drools can look into. */
    private static final int MOST_PARTNERS = 3;

    private final Evaluator evaluator;
    /** Drools shares nodes by their text: equal conditions get one name, different ones never do. */
    private final Map<Object, String> names = new HashMap<>();

    private int variables;

    PatternCompiler(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /** The patterns of one rule, joined, for facts, and for events from that sequence on. */
    List<RuleItemBuilder<?>> join(
            List<Trigger.Pattern> patterns, Optional<Duration> timeout, Terminal terminal, long since) {
        Map<String, PrototypeVariable> earlier = new LinkedHashMap<>();
        List<RuleItemBuilder<?>> built = new ArrayList<>();
        for (Trigger.Pattern pattern : patterns) {
            PrototypeVariable variable = newVariable();
            PrototypePatternDef definition = PrototypeDSL.protoPattern(variable);
            if (since > 0) {
                definition.expr(
                        "since " + since,
                        found -> item(found).isFact() || item(found).sequence() >= since);
            }
            measure(definition, List.copyOf(earlier.values()), terminal);
            for (Condition part : Conditions.conjuncts(pattern.condition())) {
                constrain(definition, part, earlier, pattern);
            }
            timeout.ifPresent(longest -> earlier.values().forEach(other -> definition.expr(within(longest), other)));
            earlier.put(pattern.binding(), variable);
            built.add(definition);
        }
        return built;
    }

    /** First of all: a combination that a later constraint refuses has cost time as well. */
    private void measure(PrototypePatternDef definition, List<PrototypeVariable> earlier, Terminal terminal) {
        for (int from = 0; from < earlier.size(); from += MOST_PARTNERS) {
            List<PrototypeVariable> others = earlier.subList(from, Math.min(from + MOST_PARTNERS, earlier.size()));
            String name = "meter " + terminal.name() + "/" + earlier.size() + "/" + from;
            switch (others.size()) {
                case 1 -> definition.expr(name, others.get(0), (mine, a) -> looks(terminal, mine, a));
                case 2 ->
                    definition.expr(name, others.get(0), others.get(1), (mine, a, b) -> looks(terminal, mine, a, b));
                default ->
                    definition.expr(
                            name,
                            others.get(0),
                            others.get(1),
                            others.get(2),
                            (mine, a, b, c) -> looks(terminal, mine, a, b, c));
            }
        }
    }

    /** The session of the items counts: sessions of one rulebook share what is compiled. */
    private static boolean looks(Terminal terminal, PrototypeFactInstance mine, PrototypeFactInstance... others) {
        return ((Fact) mine).meters().of(terminal).looks(mine, others);
    }

    /** That nothing in memory has the field of a sole {@code is not defined}. */
    RuleItemBuilder<?> nothing(Trigger.Pattern pattern) {
        PrototypePatternDef definition = PrototypeDSL.protoPattern(newVariable());
        predicate(definition, new Condition.Not(pattern.condition(), ""));
        return DSL.not(definition);
    }

    private PrototypeVariable newVariable() {
        return PrototypeDSL.variable(Prototypes.ITEM, "v" + variables++);
    }

    private static org.drools.model.functions.temporal.TemporalPredicate within(Duration longest) {
        long millis = longest.toMillis();
        return DSL.after(-millis, TimeUnit.MILLISECONDS, millis, TimeUnit.MILLISECONDS);
    }

    private void constrain(
            PrototypePatternDef definition,
            Condition part,
            Map<String, PrototypeVariable> earlier,
            Trigger.Pattern pattern) {
        List<String> foreign = Conditions.foreign(part);
        if (!foreign.isEmpty()) {
            Conditions.requireBound(pattern, earlier.keySet());
            beta(definition, part, foreign, earlier);
        } else if (!indexed(definition, part)) {
            predicate(definition, part);
        }
    }

    private boolean indexed(PrototypePatternDef definition, Condition part) {
        if (!(part instanceof Condition.Compare compare)) {
            return false;
        }
        if (compare.left() instanceof Path path) {
            return indexed(definition, path, compare.operator(), compare.right());
        }
        return compare.right() instanceof Path path
                && indexed(definition, path, mirrored(compare.operator()), compare.left());
    }

    private boolean indexed(PrototypePatternDef definition, Path path, Comparison operator, Expression constant) {
        if (operator == Comparison.NOT_EQUAL || constant instanceof Path || constant instanceof Expression.Arithmetic) {
            return false;
        }
        Object value = evaluator.value(constant, binding -> Absent.MISSING);
        Optional<Kind> kind = Kind.of(value);
        if (kind.isEmpty() || (operator != Comparison.EQUAL && kind.get() == Kind.BOOLEAN)) {
            return false;
        }
        boolean ordered = operator != Comparison.EQUAL;
        String key = name("p", path.steps()) + "#" + kind.get() + (ordered ? "<" : "=");
        TypedField field = new TypedField(path, kind.get(), ordered, key);
        if (ordered) {
            // the range index casts whatever it is given, so only this type may reach it
            definition.expr("is " + key, item -> field.has(fields(item)));
        }
        definition.expr(field, constraint(operator), PrototypeExpression.fixedValue(field.normal(value)));
        return true;
    }

    private void predicate(PrototypePatternDef definition, Condition part) {
        definition.expr(name("c", part), item -> evaluator.test(part, Scope.of(fields(item))) == Truth.TRUE);
    }

    /** Keeps items out that no partner can make true, then joins. */
    private void beta(
            PrototypePatternDef definition,
            Condition part,
            List<String> foreign,
            Map<String, PrototypeVariable> earlier) {
        definition.expr(name("o", part), item -> {
            Truth alone = evaluator.test(part, Scope.of(fields(item)));
            return alone == Truth.TRUE || alone == Truth.OPEN;
        });
        if (!equalityJoin(definition, part, earlier)) {
            joinPredicate(definition, part, foreign, earlier);
        }
    }

    /**
     * {@code path == events.other.path} by a hash index. As recorded, a whole number and one with a fraction do not join.
     */
    private boolean equalityJoin(
            PrototypePatternDef definition, Condition part, Map<String, PrototypeVariable> earlier) {
        if (!(part instanceof Condition.Compare compare)
                || compare.operator() != Comparison.EQUAL
                || !(compare.left() instanceof Path left)
                || !(compare.right() instanceof Path right)
                || left.foreign() == right.foreign()) {
            return false;
        }
        Path own = left.foreign() ? right : left;
        Path other = left.foreign() ? left : right;
        PrototypeVariable partner = Objects.requireNonNull(earlier.get(other.binding()));
        Path there = new Path("", other.steps(), other.text());
        definition.expr(
                name("j", List.of(own.steps(), there.steps())),
                partner,
                (mine, theirs) -> joins(read(own, mine), read(there, theirs)),
                PatternDSL.betaIndexedBy(
                        Object.class,
                        ConstraintType.EQUAL,
                        0,
                        mine -> joinKey(read(own, mine), Absent.MISSING),
                        theirs -> joinKey(read(there, theirs), Absent.OPEN)));
        return true;
    }

    private static boolean joins(@Nullable Object mine, @Nullable Object theirs) {
        return !(mine instanceof Absent) && !(theirs instanceof Absent) && Objects.equals(mine, theirs);
    }

    /** Two fields that are both missing must not meet in the index: each side has a key of its own for it. */
    @SuppressWarnings("NullAway") // Drools takes null for a key
    private static @Nullable Object joinKey(@Nullable Object value, Absent missing) {
        return value instanceof Absent ? missing : value;
    }

    private void joinPredicate(
            PrototypePatternDef definition,
            Condition part,
            List<String> foreign,
            Map<String, PrototypeVariable> earlier) {
        String name = name("b", part) + "/" + variables;
        Variable<PrototypeFactInstance> first = variable(earlier, foreign, 0);
        switch (foreign.size()) {
            case 1 -> definition.expr(name, first, (mine, a) -> holds(part, foreign, mine, a));
            case 2 ->
                definition.expr(
                        name, first, variable(earlier, foreign, 1), (mine, a, b) -> holds(part, foreign, mine, a, b));
            case 3 ->
                definition.expr(
                        name,
                        first,
                        variable(earlier, foreign, 1),
                        variable(earlier, foreign, 2),
                        (mine, a, b, c) -> holds(part, foreign, mine, a, b, c));
            default ->
                throw new ProblemException(
                        ProblemType.RULEBOOK_INVALID,
                        "A part of a condition refers to " + foreign.size()
                                + " other conditions; at most 3 are possible: " + part.text());
        }
    }

    private static Variable<PrototypeFactInstance> variable(
            Map<String, PrototypeVariable> earlier, List<String> foreign, int index) {
        return Objects.requireNonNull(earlier.get(foreign.get(index)));
    }

    private boolean holds(
            Condition part, List<String> foreign, PrototypeFactInstance mine, PrototypeFactInstance... others) {
        return evaluator.test(part, binding -> {
                    int index = foreign.indexOf(binding);
                    return index < 0 ? fields(mine) : fields(others[index]);
                })
                == Truth.TRUE;
    }

    private static Item item(PrototypeFactInstance fact) {
        return ((Fact) fact).item();
    }

    private static Map<String, Object> fields(PrototypeFactInstance fact) {
        return item(fact).fields();
    }

    private static @Nullable Object read(Path path, PrototypeFactInstance item) {
        return Values.read(path, Scope.of(fields(item)));
    }

    private String name(String prefix, Object of) {
        return names.computeIfAbsent(List.of(prefix, of), key -> prefix + names.size());
    }

    private static Comparison mirrored(Comparison operator) {
        return switch (operator) {
            case LESS -> Comparison.GREATER;
            case LESS_OR_EQUAL -> Comparison.GREATER_OR_EQUAL;
            case GREATER -> Comparison.LESS;
            case GREATER_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
            case EQUAL, NOT_EQUAL -> operator;
        };
    }

    private static ConstraintType constraint(Comparison operator) {
        return switch (operator) {
            case EQUAL -> ConstraintType.EQUAL;
            case NOT_EQUAL -> ConstraintType.NOT_EQUAL;
            case LESS -> ConstraintType.LESS_THAN;
            case LESS_OR_EQUAL -> ConstraintType.LESS_OR_EQUAL;
            case GREATER -> ConstraintType.GREATER_THAN;
            case GREATER_OR_EQUAL -> ConstraintType.GREATER_OR_EQUAL;
        };
    }
}
