// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.KeyPath;
import io.reflexarc.core.source.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the hosts that an event names into {@code meta.hosts}, where actions find what to limit themselves to.
 *
 * @param hostPath where the host or the list of hosts stands; without it nothing is done
 * @param hostSeparator what separates several hosts in one text
 * @param pathSeparator between the keys of the path, default {@code .}
 * @param raiseError whether an event without that path ends the source, default false
 * @param logError whether it is logged, default true
 */
@Filter.Name(value = "eda.builtin.insert_hosts_to_meta", formerly = "ansible.eda.insert_hosts_to_meta")
public record InsertHostsToMeta(
        Optional<String> hostPath,
        Optional<String> hostSeparator,
        Optional<String> pathSeparator,
        Optional<Boolean> raiseError,
        Optional<Boolean> logError)
        implements BuiltinFilter {
    private static final Logger LOGGER = LoggerFactory.getLogger(InsertHostsToMeta.class);

    @Override
    public List<ObjectNode> apply(ObjectNode event) {
        hostPath.filter(path -> !path.isEmpty()).ifPresent(path -> insert(event, path));
        return List.of(event);
    }

    private void insert(ObjectNode event, String path) {
        Optional<JsonNode> found = new KeyPath(path, pathSeparator.orElse(".")).find(event);
        if (found.isEmpty()) {
            if (logError.orElse(true)) {
                LOGGER.atError().addKeyValue("path", path).log("an event does not have the path of its hosts");
            }
            if (raiseError.orElse(false)) {
                throw BuiltinFilter.wrong("an event does not contain " + path
                        + ": mend host_path, or leave raise_error away to let such events pass");
            }
            return;
        }
        ArrayNode hosts = meta(event).putArray("hosts");
        hosts(found.get(), path).forEach(hosts::add);
    }

    private List<String> hosts(JsonNode node, String path) {
        if (node.isTextual()) {
            return hostSeparator
                    .filter(separator -> !separator.isEmpty())
                    .map(separator -> List.of(node.textValue().split(Pattern.quote(separator), -1)))
                    .orElseGet(() -> List.of(node.textValue()));
        }
        List<String> hosts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(item -> {
                if (item.isTextual()) {
                    hosts.add(item.textValue());
                }
            });
        }
        if (!node.isArray() || hosts.size() < node.size()) {
            throw BuiltinFilter.wrong("what stands at " + path + " is no host name and no list of host names");
        }
        return hosts;
    }

    private static ObjectNode meta(ObjectNode event) {
        JsonNode meta = event.get("meta");
        if (meta == null) {
            return event.putObject("meta");
        }
        if (meta instanceof ObjectNode object) {
            return object;
        }
        throw BuiltinFilter.wrong("the event's \"meta\" is no mapping, so it cannot hold hosts");
    }
}
