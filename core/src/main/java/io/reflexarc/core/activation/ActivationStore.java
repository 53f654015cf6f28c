// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.activation;

import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Configuration and status of activations. */
public interface ActivationStore {
    /** Creates one in status {@code pending} (enabled) or {@code stopped}; {@code CONFLICT} when the name is taken. */
    Future<Activation> create(NewActivation activation);

    /** By number. */
    Future<Optional<Activation>> find(ActivationId id);

    /** One page, ordered by id. Filters: {@code name} (part, case-insensitive), {@code status}. */
    Future<Page<Activation>> list(PageRequest request);

    /** All that should run, for the processes that place them. */
    Future<List<Activation>> enabled();

    /** Turns the switch; enabling sets {@code pending}, disabling {@code stopping}, or {@code stopped} when unused. */
    Future<Activation> enable(ActivationId id, boolean enabled);

    /** What it is doing and why. The owner's epoch guards it; an older owner changes nothing and gets {@code false}. */
    Future<Boolean> status(ActivationId id, long epoch, ActivationStatus status, String message);

    /**
     * Starts a stopped activation anew after this entry: with nothing remembered, and nothing before it decided. What waits
     * for its turn is cancelled; what runs goes on, but nobody waits for it. {@code CONFLICT} while it runs.
     */
    Future<Void> startAnew(ActivationId id, Position after);

    /**
     * Lets a stopped activation go on from its newest snapshot: what its session decides between that and its position need not be
     * what was committed, which stands. What waits for its turn is cancelled; what runs goes on, but nobody waits for it.
     * {@code CONFLICT} while it runs.
     */
    Future<Void> acceptReplay(ActivationId id);

    /** Deletes a stopped activation; {@code CONFLICT} while it runs. */
    Future<Void> delete(ActivationId id);

    /**
     * What is needed to create an activation; the components mean what they mean in {@link Activation}.
     *
     * @param rulebookVersion empty for the newest
     */
    record NewActivation(
            long organization,
            String name,
            String description,
            boolean enabled,
            long rulebookId,
            Optional<Long> rulebookVersion,
            JsonText variables,
            Optional<String> inventory,
            Map<String, StreamId> sources,
            ExecutionStrategy strategy,
            RestartPolicy restartPolicy) {
        public NewActivation {
            sources = Map.copyOf(sources);
        }
    }
}
