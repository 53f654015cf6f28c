// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.workers;

import io.reflexarc.core.action.Action;
import io.reflexarc.core.action.ActionContext;
import io.reflexarc.core.action.ActionOutcome;
import java.util.Optional;

/** An action that does what the test says. */
@Action.Name("perform")
record Perform(String step, Optional<String> calls) implements Action {
    Perform {
        if (step == null) {
            throw new IllegalArgumentException("step is missing");
        }
    }

    @Override
    public ActionOutcome run(ActionContext context) throws Exception {
        return context.resource(Script.class).play(context);
    }

    @Override
    public Optional<Target> target(ActionContext context) {
        return calls.map(address -> new Target(address, true));
    }

    /** What the test says. */
    @FunctionalInterface
    interface Script {
        ActionOutcome play(ActionContext context) throws Exception;
    }
}
