// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import io.reflexarc.rulebooks.condition.Condition;
import io.reflexarc.rulebooks.condition.Condition.Comparison;
import io.reflexarc.rulebooks.condition.Expression;
import io.reflexarc.rulebooks.condition.Expression.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one event is for, told by looking at it alone: the rules of one condition that it fulfils, and whether Drools must
 * see it because a rule that joins events, or that asks for absence, might take it. Most events are for nothing, and cost
 * no more than this.
 *
 * <p>Conditions that ask for equality with a literal, or for one of a list of them, are found by a hash of the value; only
 * the others are asked one after the other. For one thread.
 */
final class Sieve {
    private static final int JOIN = -1;

    private final Readings readings = new Readings();
    private final CheckCompiler compiler;
    private final List<Terminal> terminals = new ArrayList<>();
    /** By place of the path. */
    private final Map<Integer, Map<Object, List<Sought>>> building = new TreeMap<>();

    private final List<Sought> asked = new ArrayList<>();
    private List<Index> indices = List.of();

    Sieve(Evaluator evaluator) {
        compiler = new CheckCompiler(evaluator, readings);
    }

    /** A condition that is the whole of what its terminal asks. Terminals are added in their order. */
    void decides(Terminal terminal, Condition condition) {
        add(terminals.size(), condition);
        terminals.add(terminal);
    }

    /** A condition whose events Drools must see. */
    void admits(Condition condition) {
        add(JOIN, condition);
    }

    private void add(int number, Condition condition) {
        List<Condition> parts = new ArrayList<>(Conditions.conjuncts(condition));
        Optional<Key> key = parts.stream().flatMap(part -> key(part).stream()).findFirst();
        key.ifPresent(found -> parts.remove(found.part()));
        Sought sought =
                new Sought(number, parts.stream().map(compiler::check).toList().toArray(Check[]::new));
        key.ifPresentOrElse(
                found -> {
                    Map<Object, List<Sought>> index =
                            building.computeIfAbsent(readings.place(found.path()), place -> new HashMap<>());
                    found.values()
                            .forEach(value -> index.computeIfAbsent(value, unused -> new ArrayList<>(1))
                                    .add(sought));
                },
                () -> asked.add(sought));
    }

    /** After the last condition. */
    void close() {
        List<Index> all = new ArrayList<>();
        building.forEach((place, index) -> {
            Map<Object, Sought[]> sought = HashMap.newHashMap(index.size());
            index.forEach((value, list) -> sought.put(value, list.toArray(Sought[]::new)));
            all.add(new Index(place, sought));
        });
        indices = List.copyOf(all);
        building.clear();
    }

    /** What an event is for. */
    Passed pass(Map<String, Object> event) {
        readings.turnTo(event);
        Passed passed = new Passed();
        for (Index index : indices) {
            Object key = Values.key(readings.at(index.place()));
            Sought[] found = key == null ? null : index.sought().get(key);
            if (found != null) {
                for (Sought each : found) {
                    passed.ask(each, readings);
                }
            }
        }
        for (Sought each : asked) {
            passed.ask(each, readings);
        }
        return passed;
    }

    /** The terminal of that number. */
    Terminal terminal(int number) {
        return terminals.get(number);
    }

    /** The literals that a part must equal at a path, where that is all it asks. */
    private Optional<Key> key(Condition part) {
        return switch (part) {
            case Condition.Compare(Path path, Comparison operator, Expression literal, String text)
            when operator == Comparison.EQUAL -> key(part, path, List.of(literal));
            case Condition.Compare(Expression literal, Comparison operator, Path path, String text)
            when operator == Comparison.EQUAL -> key(part, path, List.of(literal));
            case Condition.Membership(Path path, Expression.ListOf list, boolean negated, boolean contains, String text)
            when !negated && !list.items().isEmpty() -> key(part, path, list.items());
            default -> Optional.empty();
        };
    }

    private static Optional<Key> key(Condition part, Path path, List<Expression> literals) {
        List<Object> values = new ArrayList<>();
        for (Expression literal : literals) {
            Object value = switch (literal) {
                case Expression.Text text -> text.value();
                case Expression.Whole whole -> Values.key(whole.value());
                case Expression.Decimal decimal -> Values.key(decimal.value());
                case Expression.Truth truth -> truth.value();
                default -> null;
            };
            if (value == null || path.foreign()) {
                return Optional.empty();
            }
            if (!values.contains(value)) {
                values.add(value);
            }
        }
        return Optional.of(new Key(part, path, values));
    }

    /** What an event is for: rules of one condition, in their order, and whether Drools must see it. */
    static final class Passed {
        private static final int[] NONE = {};

        private int[] numbers = NONE;
        private int count;
        private boolean joins;

        private void ask(Sought sought, Readings event) {
            if (sought.number() == JOIN) {
                joins = joins || sought.takes(event);
            } else if (sought.takes(event)) {
                insert(sought.number());
            }
        }

        /** They come almost in order: only several indices mix them. */
        private void insert(int number) {
            if (count == numbers.length) {
                int[] longer = new int[Math.max(4, count * 2)];
                System.arraycopy(numbers, 0, longer, 0, count);
                numbers = longer;
            }
            int at = count++;
            while (at > 0 && numbers[at - 1] > number) {
                numbers[at] = numbers[at - 1];
                at--;
            }
            numbers[at] = number;
        }

        int count() {
            return count;
        }

        int number(int index) {
            return numbers[index];
        }

        boolean joins() {
            return joins;
        }
    }

    /** One condition: number of its terminal, and the parts that its index does not answer. */
    private record Sought(int number, Check[] parts) {
        /** What it refers to in other conditions is open: Drools will see. */
        boolean takes(Readings event) {
            for (Check part : parts) {
                Truth truth = part.of(event);
                if (truth != Truth.TRUE && (truth != Truth.OPEN || number != JOIN)) {
                    return false;
                }
            }
            return true;
        }
    }

    private record Key(Condition part, Path path, List<Object> values) {}

    private record Index(int place, Map<Object, Sought[]> sought) {}
}
