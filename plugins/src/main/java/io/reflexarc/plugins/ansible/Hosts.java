// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The hosts of a ruleset or of an event, as Ansible's {@code --limit}. */
final class Hosts {
    /** A pattern of hosts; not {@code @file}, which Ansible would read, nor an option. */
    private static final Pattern HOST = Pattern.compile("[^@\\-\\s,\\p{Cntrl}][^\\s,\\p{Cntrl}]*");

    private Hosts() {}

    /** One entry may hold several hosts, as in {@code hosts: web1,web2}. */
    static String limit(List<String> hosts) {
        List<String> single = hosts.stream()
                .flatMap(entry -> Stream.of(entry.split(",", -1)))
                .map(String::strip)
                .toList();
        if (single.isEmpty()) {
            throw new ProblemException(
                    ProblemType.INVALID, "there are no hosts to run on: the event's meta.hosts is empty");
        }
        for (String host : single) {
            if (!HOST.matcher(host).matches()) {
                throw new ProblemException(ProblemType.INVALID, "\"" + host + "\" is no host or pattern of hosts");
            }
        }
        return String.join(",", single);
    }
}
