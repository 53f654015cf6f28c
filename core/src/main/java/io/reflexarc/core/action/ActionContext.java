// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.action;

import io.reflexarc.core.json.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a running action is given beside its arguments. */
public interface ActionContext {
    /** The task. */
    ActionTask task();

    /** From 1. */
    int attempt();

    /** When it will be interrupted. */
    Instant deadline();

    /** Sent with every outbound call that can carry it; the same for every attempt. */
    default String idempotencyKey() {
        return task().idempotencyKey();
    }

    /**
     * The matched events as the template {@code event} or {@code events}, if the action {@linkplain Action#readsEvents reads}
     * them, with {@code ruleset} and {@code rule}: a JSON object.
     */
    default JsonText matched() {
        return task().context();
    }

    /** Hosts of the ruleset, or of the event's {@code meta.hosts}. */
    default List<String> hosts() {
        return task().hosts();
    }

    /** The activation's Ansible inventory as text. */
    Optional<String> inventory();

    /**
     * Asked after an interrupt: whether another attempt goes on with what this one began, so that work which lives outside
     * this process must be left alone. {@code false} when the task ends with this attempt.
     */
    default boolean handedOver() {
        return false;
    }

    /** Adds to the output that is kept and shown live. Never a secret. */
    void print(String text);

    /** What the process lends to actions of this kind, e.g. a client or a policy; see {@link Resources}. */
    <T> T resource(Class<T> type);
}
