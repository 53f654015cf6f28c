// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import io.reflexarc.engine.template.Value.Seq;
import io.reflexarc.engine.template.Value.Str;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the statements of a template. */
final class Rendering {
    private final Names names;
    private final Meter meter;
    private final Evaluation evaluation;
    private final TemplateFunctions functions;

    Rendering(TemplateContext context, Meter meter) {
        this.names = new Names(context);
        this.meter = meter;
        this.evaluation = new Evaluation(names, meter);
        this.functions = new TemplateFunctions(names, evaluation, this::body);
    }

    /**
     * The value of a template. One output alone keeps its type; everything else is text, and text that reads as a Python
     * literal becomes that literal.
     */
    Value render(List<Statement> template) {
        return body(template);
    }

    private Value body(List<Statement> body) {
        List<Value> parts = new ArrayList<>();
        run(body, parts);
        return concatenated(parts);
    }

    private Value concatenated(List<Value> parts) {
        if (parts.isEmpty()) {
            return Value.NONE;
        }
        if (parts.size() == 1 && !(parts.getFirst() instanceof Str)) {
            return parts.getFirst();
        }
        String text = join(parts);
        return PythonLiteral.parse(text).orElseGet(() -> Value.of(text));
    }

    private String join(List<Value> parts) {
        StringBuilder text = new StringBuilder();
        for (Value part : parts) {
            String written = Texts.str(part);
            meter.characters(written.length());
            text.append(written);
        }
        return text.toString();
    }

    private void run(List<Statement> statements, List<Value> out) {
        for (Statement statement : statements) {
            meter.step();
            switch (statement) {
                case Statement.Data data -> out.add(Value.of(data.text()));
                case Statement.Output output -> out.add(evaluation.evaluate(output.expression()));
                case Statement.If branches -> run(branches, out);
                case Statement.For loop -> run(loop, out);
                case Statement.Assign assign -> assign(assign.targets(), evaluation.evaluate(assign.value()));
                case Statement.AssignField assign -> assign(assign);
                case Statement.Capture capture ->
                    names.set(capture.target(), filtered(capture.filtered(), capture.body()));
                case Statement.Filtered filtered -> out.add(filtered(filtered.filtered(), filtered.body()));
                case Statement.With with -> run(with, out);
                case Statement.Group group -> run(group.body(), out);
                case Statement.Macro macro -> names.set(macro.function().name(), functions.macro(macro.function()));
                case Statement.CallBlock call -> out.add(functions.call(call.call(), functions.macro(call.caller())));
            }
        }
    }

    private void assign(Statement.AssignField assign) {
        Value namespace = names.find(assign.namespace()).orElse(Value.NONE);
        if (!(namespace instanceof Value.Thing thing) || !thing.type().equals(TemplateFunctions.NAMESPACE)) {
            throw new TemplateFailure("cannot assign attribute on non-namespace object");
        }
        thing.fields().put(Value.of(assign.field()), evaluation.evaluate(assign.value()));
    }

    /** A body through filters. */
    private Value filtered(Expr filtered, List<Statement> body) {
        names.enter();
        names.set(Statement.BODY.name(), body(body));
        Value value = evaluation.evaluate(filtered);
        names.leave();
        return value;
    }

    private void run(Statement.With with, List<Value> out) {
        Map<String, Value> values = new LinkedHashMap<>();
        with.names().forEach(name -> values.put(name.getKey(), evaluation.evaluate(name.getValue())));
        names.enter();
        values.forEach(names::set);
        run(with.body(), out);
        names.leave();
    }

    private void run(Statement.If branches, List<Value> out) {
        for (Map.Entry<Expr, List<Statement>> branch : branches.branches()) {
            if (evaluation.evaluate(branch.getKey()).truthy()) {
                run(branch.getValue(), out);
                return;
            }
        }
        run(branches.otherwise(), out);
    }

    private void run(Statement.For loop, List<Value> out) {
        run(loop, evaluation.evaluate(loop.items()), 1, out);
    }

    private void run(Statement.For loop, Value over, int depth, List<Value> out) {
        if (depth > TemplateFunctions.MAX_DEPTH) {
            throw new TemplateFailure("maximum recursion depth exceeded");
        }
        names.enter();
        List<Value> items = new ArrayList<>();
        for (Value item : over.iterate()) {
            assign(loop.targets(), item);
            if (loop.filter()
                    .map(filter -> evaluation.evaluate(filter).truthy())
                    .orElse(true)) {
                items.add(item);
            }
        }
        LoopVariable variable = new LoopVariable(items, depth, evaluation.operations());
        Optional<Value.Callable> again = loop.recursive() ? Optional.of(recursion(loop, depth)) : Optional.empty();
        for (int i = 0; i < items.size(); i++) {
            names.enter();
            names.set("loop", variable.at(i, again));
            assign(loop.targets(), items.get(i));
            run(loop.body(), out);
            names.leave();
        }
        names.leave();
        if (items.isEmpty()) {
            run(loop.otherwise(), out);
        }
    }

    /** {@code loop(items)}: the same body, one level deeper. */
    private Value.Callable recursion(Statement.For loop, int depth) {
        return arguments -> {
            List<Value> parts = new ArrayList<>();
            run(loop, arguments.require(0, "iterable"), depth + 1, parts);
            return concatenated(parts);
        };
    }

    private void assign(List<String> targets, Value value) {
        if (targets.size() == 1) {
            names.set(targets.getFirst(), value);
            return;
        }
        List<Value> items = value instanceof Seq seq ? seq.items() : value.iterate();
        if (items.size() != targets.size()) {
            throw new TemplateFailure(
                    items.size() < targets.size()
                            ? "not enough values to unpack (expected " + targets.size() + ", got " + items.size() + ")"
                            : "too many values to unpack (expected " + targets.size() + ")");
        }
        for (int i = 0; i < targets.size(); i++) {
            names.set(targets.get(i), items.get(i));
        }
    }
}
