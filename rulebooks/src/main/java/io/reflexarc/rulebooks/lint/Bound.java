// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.lint;

import io.reflexarc.rulebooks.condition.Condition;
import io.reflexarc.rulebooks.condition.Condition.Comparison;
import io.reflexarc.rulebooks.condition.Expression;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Optional;

/**
 * A comparison of a field of the event with a literal.
 *
 * @param path of the field
 * @param operator as if the field stood on the left
 * @param literal a string, number, truth or null
 */
record Bound(Expression.Path path, Comparison operator, Expression literal) {
    static Optional<Bound> of(Condition condition) {
        if (!(condition instanceof Condition.Compare compare)) {
            return Optional.empty();
        }
        if (compare.left() instanceof Expression.Path path && !path.foreign() && literal(compare.right())) {
            return Optional.of(new Bound(path, compare.operator(), compare.right()));
        }
        if (compare.right() instanceof Expression.Path path && !path.foreign() && literal(compare.left())) {
            return Optional.of(new Bound(path, turned(compare.operator()), compare.left()));
        }
        return Optional.empty();
    }

    private static boolean literal(Expression expression) {
        return switch (expression) {
            case Expression.Text text -> true;
            case Expression.Whole whole -> true;
            case Expression.Decimal decimal -> true;
            case Expression.Truth truth -> true;
            case Expression.Null nothing -> true;
            case Expression.ListOf list -> false;
            case Expression.Path path -> false;
            case Expression.Arithmetic arithmetic -> false;
        };
    }

    private static Comparison turned(Comparison operator) {
        return switch (operator) {
            case EQUAL, NOT_EQUAL -> operator;
            case LESS -> Comparison.GREATER;
            case LESS_OR_EQUAL -> Comparison.GREATER_OR_EQUAL;
            case GREATER -> Comparison.LESS;
            case GREATER_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
        };
    }

    boolean samePath(Bound other) {
        return Canonical.of(path).equals(Canonical.of(other.path));
    }

    /** Empty for what is no number. */
    Optional<BigDecimal> number() {
        return switch (literal) {
            case Expression.Whole whole -> Optional.of(new BigDecimal(whole.value()));
            case Expression.Decimal decimal ->
                Double.isFinite(decimal.value()) ? Optional.of(BigDecimal.valueOf(decimal.value())) : Optional.empty();
            case Expression.Text text -> Optional.empty();
            case Expression.Truth truth -> Optional.empty();
            case Expression.Null nothing -> Optional.empty();
            case Expression.ListOf list -> Optional.empty();
            case Expression.Path path -> Optional.empty();
            case Expression.Arithmetic arithmetic -> Optional.empty();
        };
    }

    /** Whether every value that fulfils this fulfils the other too; {@code false} also when nobody can say. */
    boolean implies(Bound other) {
        if (!samePath(other)) {
            return false;
        }
        if (operator == other.operator && Canonical.of(literal).equals(Canonical.of(other.literal))) {
            return true;
        }
        if (number().isEmpty() || other.number().isEmpty()) {
            return false;
        }
        int order = number().get().compareTo(other.number().get());
        return switch (other.operator) {
            case GREATER -> isLower() && (order > 0 || (order == 0 && operator == Comparison.GREATER));
            case GREATER_OR_EQUAL -> isLower() && order >= 0;
            case LESS -> isUpper() && (order < 0 || (order == 0 && operator == Comparison.LESS));
            case LESS_OR_EQUAL -> isUpper() && order <= 0;
            case EQUAL, NOT_EQUAL -> false;
        };
    }

    private boolean isLower() {
        return operator == Comparison.GREATER
                || operator == Comparison.GREATER_OR_EQUAL
                || operator == Comparison.EQUAL;
    }

    private boolean isUpper() {
        return operator == Comparison.LESS || operator == Comparison.LESS_OR_EQUAL || operator == Comparison.EQUAL;
    }

    /** Whether no value can fulfil both; {@code false} also when nobody can say. */
    boolean contradicts(Bound other) {
        if (!samePath(other)) {
            return false;
        }
        boolean same = Canonical.of(literal).equals(Canonical.of(other.literal));
        if (EnumSet.of(operator, other.operator).equals(EnumSet.of(Comparison.EQUAL, Comparison.NOT_EQUAL))) {
            return same;
        }
        if (operator == Comparison.EQUAL && other.operator == Comparison.EQUAL) {
            return differs(other);
        }
        boolean numbers = number().isPresent() && other.number().isPresent();
        return numbers && (apart(this, other) || apart(other, this));
    }

    /** Whether the literals are two values; a number may be written in two ways. */
    boolean differs(Bound other) {
        boolean numbers = number().isPresent() && other.number().isPresent();
        return numbers
                ? number().get().compareTo(other.number().get()) != 0
                : !Canonical.of(literal).equals(Canonical.of(other.literal));
    }

    /** Whether all that the one allows lies below all that the other allows. */
    private static boolean apart(Bound low, Bound high) {
        if (!low.isUpper() || !high.isLower()) {
            return false;
        }
        int order = low.number().orElseThrow().compareTo(high.number().orElseThrow());
        boolean open = low.operator == Comparison.LESS || high.operator == Comparison.GREATER;
        return order < 0 || (order == 0 && open);
    }
}
