// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import io.reflexarc.engine.template.Value.Thing;
import io.reflexarc.engine.template.Value.Undefined;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Functions that a template defines: macros, and the bodies of call blocks. They see what their place of definition sees. */
final class TemplateFunctions {
    static final String NAMESPACE = "Namespace";

    /** Calls within calls, and loops within recursive loops. */
    static final int MAX_DEPTH = 60;

    private static final String CALLER = "caller";

    private final Names names;
    private final Evaluation evaluation;
    private final Function<List<Statement>, Value> bodies;
    private Optional<Value> caller = Optional.empty();
    private int depth;

    TemplateFunctions(Names names, Evaluation evaluation, Function<List<Statement>, Value> bodies) {
        this.names = names;
        this.evaluation = evaluation;
        this.bodies = bodies;
    }

    /** A function as a value. */
    Value macro(Statement.Function function) {
        List<Map<String, Value>> scopes = names.scopes();
        Map<Value, Value> fields = new LinkedHashMap<>();
        fields.put(Value.of("name"), Value.of(function.name()));
        fields.put(
                Value.of("arguments"),
                new Value.Seq(function.parameters().stream().map(Value::of).toList(), Value.Kind.TUPLE));
        fields.put(Value.of("catch_kwargs"), Value.of(uses(function, "kwargs")));
        fields.put(Value.of("catch_varargs"), Value.of(uses(function, "varargs")));
        fields.put(Value.of(CALLER), Value.of(uses(function, CALLER)));
        return new Thing("Macro", fields, Optional.of(arguments -> {
            Optional<Value> given = caller;
            caller = Optional.empty();
            return names.within(scopes, () -> run(function, arguments, given));
        }));
    }

    private static boolean uses(Statement.Function function, String name) {
        return function.body().toString().contains("Name[name=" + name + "]");
    }

    /** Calls a macro with the body of a call block as its {@code caller}. */
    Value call(Expr.Call call, Value body) {
        Value target = evaluation.evaluate(call.target());
        Arguments arguments = evaluation.arguments("macro", call.arguments());
        caller = Optional.of(body);
        return evaluation.invoke(target, arguments);
    }

    private Value run(Statement.Function function, Arguments arguments, Optional<Value> given) {
        if (++depth > MAX_DEPTH) {
            throw new TemplateFailure("maximum recursion depth exceeded");
        }
        given.ifPresent(body -> names.set(CALLER, body));
        bind(function, arguments);
        Value result = bodies.apply(function.body());
        depth--;
        return result;
    }

    private void bind(Statement.Function function, Arguments arguments) {
        List<String> parameters = function.parameters();
        List<Value> positional = arguments.positional();
        Map<String, Value> named = new LinkedHashMap<>(arguments.named());
        for (int i = 0; i < parameters.size(); i++) {
            String name = parameters.get(i);
            Value passed = named.remove(name);
            if (i < positional.size()) {
                passed = positional.get(i);
            }
            Expr fallback = function.defaults().get(name);
            if (passed == null) {
                passed = fallback == null
                        ? new Undefined("parameter '" + name + "' was not provided")
                        : evaluation.evaluate(fallback);
            }
            names.set(name, passed);
        }
        List<Value> more = positional.subList(Math.min(positional.size(), parameters.size()), positional.size());
        if (!more.isEmpty() && !uses(function, "varargs")) {
            throw new TemplateFailure(
                    "macro '" + function.name() + "' takes not more than " + parameters.size() + " argument(s)");
        }
        if (!named.isEmpty() && !uses(function, "kwargs")) {
            throw new TemplateFailure("macro '" + function.name() + "' takes no keyword argument '"
                    + named.keySet().iterator().next() + "'");
        }
        Map<Value, Value> rest = new LinkedHashMap<>();
        named.forEach((name, value) -> rest.put(Value.of(name), value));
        names.set("varargs", new Value.Seq(new ArrayList<>(more), Value.Kind.TUPLE));
        names.set("kwargs", new Value.Dict(rest));
    }
}
