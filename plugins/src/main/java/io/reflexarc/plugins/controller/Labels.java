// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.controller;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds labels of the controller by name and makes those that are missing. A label never keeps a job from running. */
final class Labels {
    private final ControllerApi api;
    private final Consumer<String> warnings;

    Labels(ControllerApi api, Consumer<String> warnings) {
        this.api = api;
        this.warnings = warnings;
    }

    /** Their ids, without those that can neither be found nor made. */
    List<Long> ids(String organization, Collection<String> names) throws IOException, InterruptedException {
        Optional<Long> owner = id("organizations/", organization);
        if (owner.isEmpty()) {
            warnings.accept("the organization " + organization + " is not found, so the job gets no labels");
            return List.of();
        }
        List<Long> ids = new ArrayList<>();
        for (String name : new LinkedHashSet<>(names)) {
            Optional<Long> id = findOrMake(name, owner.get());
            id.ifPresent(ids::add);
            if (id.isEmpty()) {
                warnings.accept(
                        "the label " + name + " cannot be made in " + organization + ", so the job does without");
            }
        }
        return ids;
    }

    private Optional<Long> findOrMake(String name, long organization) throws IOException, InterruptedException {
        Optional<Long> found = id("labels/", name);
        if (found.isPresent()) {
            return found;
        }
        try {
            JsonNode made = api.post("labels/", JsonText.of(Map.of("name", name, "organization", organization)));
            return Optional.of(made.path("id").asLong());
        } catch (ControllerApi.Refused e) {
            // Another job may have made it meanwhile
            return e.status() == 400 ? id("labels/", name) : Optional.empty();
        }
    }

    private Optional<Long> id(String collection, String name) throws IOException, InterruptedException {
        JsonNode results = api.get(collection, Map.of("name", name)).path("results");
        return results.isEmpty()
                ? Optional.empty()
                : Optional.of(results.get(0).path("id").asLong());
    }
}
