// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import io.reflexarc.engine.template.Value.Dict;
import io.reflexarc.engine.template.Value.Seq;
import io.reflexarc.engine.template.Value.Str;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the statements of a template. */
final class Rendering {
    private final Names names;
    private final Meter meter;
    private final Evaluation evaluation;

    Rendering(TemplateContext context, Meter meter) {
        this.names = new Names(context);
        this.meter = meter;
        this.evaluation = new Evaluation(names, meter);
    }

    /**
     * The value of a template. One output alone keeps its type; everything else is text, and text that reads as a Python
     * literal becomes that literal.
     */
    Value render(List<Statement> template) {
        List<Value> parts = new ArrayList<>();
        run(template, parts);
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
                case Statement.Capture capture -> {
                    List<Value> parts = new ArrayList<>();
                    run(capture.body(), parts);
                    names.set(capture.target(), Value.of(join(parts)));
                }
            }
        }
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
        names.enter();
        List<Value> items = new ArrayList<>();
        for (Value item : evaluation.evaluate(loop.items()).iterate()) {
            assign(loop.targets(), item);
            if (loop.filter()
                    .map(filter -> evaluation.evaluate(filter).truthy())
                    .orElse(true)) {
                items.add(item);
            }
        }
        for (int i = 0; i < items.size(); i++) {
            names.enter();
            names.set("loop", loop(i, items));
            assign(loop.targets(), items.get(i));
            run(loop.body(), out);
            names.leave();
        }
        names.leave();
        if (items.isEmpty()) {
            run(loop.otherwise(), out);
        }
    }

    private static Value loop(int index, List<Value> items) {
        int size = items.size();
        Map<Value, Value> loop = new LinkedHashMap<>();
        loop.put(Value.of("index"), Value.of(index + 1));
        loop.put(Value.of("index0"), Value.of(index));
        loop.put(Value.of("revindex"), Value.of(size - index));
        loop.put(Value.of("revindex0"), Value.of(size - index - 1));
        loop.put(Value.of("first"), Value.of(index == 0));
        loop.put(Value.of("last"), Value.of(index == size - 1));
        loop.put(Value.of("length"), Value.of(size));
        if (index > 0) {
            loop.put(Value.of("previtem"), items.get(index - 1));
        }
        if (index < size - 1) {
            loop.put(Value.of("nextitem"), items.get(index + 1));
        }
        return new Dict(loop);
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
