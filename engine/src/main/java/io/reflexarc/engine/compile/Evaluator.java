// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import io.reflexarc.rulebooks.condition.Condition;
import io.reflexarc.rulebooks.condition.Condition.SearchKind;
import io.reflexarc.rulebooks.condition.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one evaluator of conditions: the match and the explanation both ask it. For one thread. */
public final class Evaluator {
    private final Patterns patterns = new Patterns();

    /** What the condition says in this scope. */
    public Truth test(Condition condition, Scope scope) {
        return switch (condition) {
            case Condition.And and -> test(and.left(), scope).and(test(and.right(), scope));
            case Condition.Or or -> test(or.left(), scope).or(test(or.right(), scope));
            case Condition.Not not -> test(not.condition(), scope).negated();
            case Condition.Compare compare ->
                Operators.compare(compare.operator(), value(compare.left(), scope), value(compare.right(), scope));
            case Condition.Membership in ->
                Operators.contains(value(in.list(), scope), value(in.item(), scope), in.negated());
            case Condition.Defined defined -> defined(Values.read(defined.path(), scope), defined.negated());
            case Condition.Search search -> search(search, scope);
            case Condition.Select select ->
                some(
                        value(select.list(), scope),
                        value(select.value(), scope),
                        select.negated(),
                        (element, value) -> Truth.of(Operators.selects(patterns, select.operator(), element, value)));
            case Condition.SelectAttr select -> selectAttribute(select, scope);
            case Condition.Bare bare -> bare(value(bare.expression(), scope));
        };
    }

    /** The value of an expression; {@code null} is JSON's null, an {@link Absent} says that there is none. */
    public @Nullable Object value(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Text text -> text.value();
            case Expression.Whole whole -> Values.whole(whole.value());
            case Expression.Decimal decimal -> decimal.value();
            case Expression.Truth truth -> truth.value();
            case Expression.Null none -> null;
            case Expression.ListOf list -> list(list, scope);
            case Expression.Path path -> Values.read(path, scope);
            case Expression.Arithmetic sum ->
                Operators.arithmetic(value(sum.left(), scope), sum.operator(), value(sum.right(), scope));
        };
    }

    private Object list(Expression.ListOf list, Scope scope) {
        List<@Nullable Object> values = new ArrayList<>(list.items().size());
        for (Expression item : list.items()) {
            Object value = value(item, scope);
            if (value instanceof Absent) {
                return value;
            }
            values.add(value);
        }
        return values;
    }

    /** {@code is defined} is undefined, not false, where the field is missing: {@code not} must not make it true. */
    static Truth defined(@Nullable Object value, boolean negated) {
        if (value == Absent.OPEN) {
            return Truth.OPEN;
        }
        if (value == Absent.MISSING) {
            return negated ? Truth.TRUE : Truth.UNDEFINED;
        }
        return Truth.of(!negated);
    }

    private Truth search(Condition.Search search, Scope scope) {
        Object subject = value(search.subject(), scope);
        Object pattern = value(search.pattern(), scope);
        Truth absent = Operators.absence(subject, pattern);
        if (absent != null) {
            return absent;
        }
        return pattern == null ? Truth.FALSE : search(prepared(search, pattern.toString()), subject, search.negated());
    }

    /** Null never matches, nor does it mismatch. */
    static Truth search(Patterns.Search prepared, @Nullable Object subject, boolean negated) {
        Truth absent = Operators.absence(subject, null);
        if (absent != null) {
            return absent;
        }
        return subject == null ? Truth.FALSE : Truth.of(prepared.finds(subject) != negated);
    }

    /** The pattern of a search, compiled. */
    Patterns.Search prepared(Condition.Search search, String pattern) {
        String text = search.kind() == SearchKind.MATCH ? "^" + pattern : pattern;
        int flags = (search.ignoreCase() ? Pattern.CASE_INSENSITIVE : 0) | (search.multiline() ? Pattern.MULTILINE : 0);
        return patterns.prepared(text, flags);
    }

    /** Negated it asks for an element that fails, so it is false for an empty list either way. */
    private Truth some(@Nullable Object list, @Nullable Object value, boolean negated, ElementTest test) {
        Truth absent = Operators.absence(list, value);
        if (absent != null) {
            return absent;
        }
        patterns.nextList();
        if (!(list instanceof List<?> elements)) {
            return test.test(list, value).negatedIf(negated);
        }
        for (Object element : elements) {
            Truth passes = test.test(element, value).negatedIf(negated);
            if (passes != Truth.FALSE) {
                return passes;
            }
        }
        return Truth.FALSE;
    }

    /** An object that stands where a list should, and lacks the attribute, neither has nor has not a matching one. */
    private Truth selectAttribute(Condition.SelectAttr select, Scope scope) {
        Object list = value(select.list(), scope);
        Object value = value(select.value(), scope);
        if (list instanceof Map<?, ?> && !(value instanceof Absent) && lacks(list, select.key())) {
            return Truth.FALSE;
        }
        return some(list, value, select.negated(), (element, wanted) -> selectsAttribute(select, element, wanted));
    }

    private static boolean lacks(Object object, List<String> keys) {
        Object found = object;
        for (String key : keys) {
            if (!(found instanceof Map<?, ?> map)) {
                return found == Absent.MISSING;
            }
            found = Values.field(map, key);
        }
        return found == Absent.MISSING;
    }

    /** Undefined where there is something other than an object to take the attribute from. */
    private Truth selectsAttribute(Condition.SelectAttr select, @Nullable Object element, @Nullable Object value) {
        Object attribute = element;
        for (String key : select.key()) {
            if (attribute == null) {
                break;
            }
            if (!(attribute instanceof Map<?, ?> map)) {
                return Truth.UNDEFINED;
            }
            attribute = Values.field(map, key);
            if (attribute == Absent.MISSING) {
                return Truth.FALSE;
            }
        }
        return Truth.of(Operators.selects(patterns, select.operator(), attribute, value));
    }

    static Truth bare(@Nullable Object value) {
        if (value instanceof Absent absent) {
            return absent == Absent.OPEN ? Truth.OPEN : Truth.UNDEFINED;
        }
        return Truth.of(Boolean.TRUE.equals(value));
    }

    private interface ElementTest {
        Truth test(@Nullable Object element, @Nullable Object value);
    }
}
