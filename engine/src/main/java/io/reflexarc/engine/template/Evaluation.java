// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import io.reflexarc.engine.template.Value.Dict;
import io.reflexarc.engine.template.Value.Seq;
import io.reflexarc.engine.template.Value.Str;
import io.reflexarc.engine.template.Value.Thing;
import io.reflexarc.engine.template.Value.Undefined;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Evaluates expressions. One for each rendering. */
final class Evaluation {
    private final Names names;
    private final Meter meter;
    private final Operations operations;
    private final Globals globals;

    Evaluation(Names names, Meter meter) {
        this.names = names;
        this.meter = meter;
        this.operations = new Operations(meter);
        this.globals = new Globals(meter);
    }

    Meter meter() {
        return meter;
    }

    Operations operations() {
        return operations;
    }

    Value evaluate(Expr expression) {
        meter.step();
        return switch (expression) {
            case Expr.Constant constant -> constant.value();
            case Expr.Name name ->
                names.find(name.name())
                        .or(() -> globals.find(name.name()))
                        .orElseGet(() -> new Undefined("'" + name.name() + "' is undefined"));
            case Expr.Items items ->
                new Seq(items.items().stream().map(this::evaluate).toList(), items.kind());
            case Expr.Entries entries -> dict(entries);
            case Expr.Attribute attribute -> attribute(evaluate(attribute.target()), attribute.name());
            case Expr.Item item -> item(evaluate(item.target()), evaluate(item.key()));
            case Expr.Slice slice -> slice(slice);
            case Expr.Call call -> call(call);
            case Expr.Filter filter ->
                Filters.apply(
                        this, filter.name(), evaluate(filter.target()), arguments(filter.name(), filter.arguments()));
            case Expr.Test test ->
                Value.of(Checks.test(
                                this, test.name(), evaluate(test.target()), arguments(test.name(), test.arguments()))
                        != test.negated());
            case Expr.Calculation calculation ->
                operations.calculate(
                        calculation.operator(), evaluate(calculation.left()), evaluate(calculation.right()));
            case Expr.Sign sign -> operations.negate(evaluate(sign.operand()), sign.minus());
            case Expr.Comparison comparison -> Value.of(compare(comparison));
            case Expr.And and -> {
                Value left = evaluate(and.left());
                yield left.truthy() ? evaluate(and.right()) : left;
            }
            case Expr.Or or -> {
                Value left = evaluate(or.left());
                yield left.truthy() ? left : evaluate(or.right());
            }
            case Expr.Not not -> Value.of(!evaluate(not.operand()).truthy());
            case Expr.Choice choice -> choose(choice);
        };
    }

    private Value choose(Expr.Choice choice) {
        if (evaluate(choice.test()).truthy()) {
            return evaluate(choice.then());
        }
        return choice.otherwise()
                .map(this::evaluate)
                .orElseGet(() ->
                        new Undefined("the inline if-expression evaluated to false and no else section was defined."));
    }

    private Value dict(Expr.Entries written) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        written.entries().forEach(entry -> entries.put(evaluate(entry.getKey()), evaluate(entry.getValue())));
        return new Dict(entries);
    }

    private boolean compare(Expr.Comparison comparison) {
        Value left = evaluate(comparison.first());
        for (Map.Entry<String, Expr> next : comparison.rest()) {
            Value right = evaluate(next.getValue());
            if (!compare(next.getKey(), left, right)) {
                return false;
            }
            left = right;
        }
        return true;
    }

    boolean compare(String operator, Value left, Value right) {
        return switch (operator) {
            case "==" -> operations.same(left, right);
            case "!=" -> !operations.same(left, right);
            case "in" -> operations.contains(left, right);
            case "not in" -> !operations.contains(left, right);
            case "<" -> operations.order("<", left, right) < 0;
            case "<=" -> operations.order("<=", left, right) <= 0;
            case ">" -> operations.order(">", left, right) > 0;
            default -> operations.order(">=", left, right) >= 0;
        };
    }

    /** {@code target.name}: the entry of a mapping; methods exist only where they are called. */
    Value attribute(Value target, String name) {
        Operations.require(target);
        return target.entry(Value.of(name)).orElseGet(() -> new Undefined(missing(target, name)));
    }

    private static String missing(Value target, String name) {
        String type = Operations.isDict(target) ? "dict object" : target.typeName() + " object";
        return "'" + type + "' has no attribute '" + name + "'";
    }

    /** {@code target[key]}. */
    Value item(Value target, Value key) {
        Operations.require(target);
        Operations.require(key);
        Optional<BigInteger> index = Operations.integer(key);
        if (index.isPresent() && (target instanceof Seq || target instanceof Str)) {
            List<Value> items = target.iterate();
            int size = items.size();
            long at = index.get().bitLength() < Integer.SIZE ? index.get().longValue() : size;
            long position = at < 0 ? at + size : at;
            return position >= 0 && position < size
                    ? items.get((int) position)
                    : new Undefined(target.typeName() + " object has no element " + Texts.repr(key));
        }
        return target.entry(key).orElseGet(() -> new Undefined(noItem(target, key)));
    }

    private static String noItem(Value target, Value key) {
        return key instanceof Str str
                ? missing(target, str.text())
                : (Operations.isDict(target) ? "dict object" : target.typeName() + " object") + " has no element "
                        + Texts.repr(key);
    }

    private Value slice(Expr.Slice slice) {
        Value target = evaluate(slice.target());
        Operations.require(target);
        if (!(target instanceof Seq) && !(target instanceof Str)) {
            throw new TemplateFailure("'" + target.typeName() + "' object is not subscriptable");
        }
        List<Value> items = target.iterate();
        meter.steps(items.size());
        List<Value> part = Slices.slice(items, bound(slice.from()), bound(slice.to()), bound(slice.step()));
        if (target instanceof Seq seq) {
            return new Seq(part, seq.kind());
        }
        StringBuilder text = new StringBuilder();
        part.forEach(item -> text.append(Texts.str(item)));
        return Value.of(text.toString());
    }

    private Optional<Integer> bound(Optional<Expr> bound) {
        return bound.map(this::evaluate)
                .filter(value -> !(value instanceof Value.None))
                .map(value -> new Arguments("slice", List.of(value), Map.of()).number(0, "index"));
    }

    Arguments arguments(String callee, Expr.Args written) {
        List<Value> positional =
                written.positional().stream().map(this::evaluate).toList();
        Map<String, Value> named = new LinkedHashMap<>();
        written.named().forEach((name, value) -> named.put(name, evaluate(value)));
        return new Arguments(callee, positional, named);
    }

    private Value call(Expr.Call call) {
        if (call.target() instanceof Expr.Attribute method) {
            Value target = evaluate(method.target());
            Operations.require(target);
            Arguments arguments = arguments(method.name(), call.arguments());
            return target instanceof Thing
                    ? invoke(attribute(target, method.name()), arguments)
                    : Methods.call(this, target, method.name(), arguments);
        }
        String name = call.target() instanceof Expr.Name(String written) ? written : "call";
        Value target = evaluate(call.target());
        Operations.require(target);
        return invoke(target, arguments(name, call.arguments()));
    }

    /** Calls what can be called. */
    Value invoke(Value target, Arguments arguments) {
        Operations.require(target);
        if (target instanceof Thing thing && thing.callable().isPresent()) {
            return thing.callable().get().call(arguments);
        }
        throw new TemplateFailure("'" + target.typeName() + "' object is not callable");
    }
}
