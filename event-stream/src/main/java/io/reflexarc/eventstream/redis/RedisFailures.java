// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;

/** What a failed command means to those who use the log. */
final class RedisFailures {
    private final String address;

    RedisFailures(String address) {
        this.address = address;
    }

    /** The problem behind a failure of the client or an error that the server answered. */
    ProblemException problem(Throwable cause) {
        if (cause instanceof ProblemException problem) {
            return problem;
        }
        String message = String.valueOf(cause.getMessage());
        if (message.contains("LOGLOST")) {
            return lost();
        }
        if (message.contains("LOGFULL")) {
            return new ProblemException(
                    ProblemType.LOG_FULL,
                    "inbox " + inbox(message) + " holds as many entries as it may: send again when its activation has"
                            + " caught up");
        }
        if (message.contains("OOM ")) {
            return new ProblemException(
                    ProblemType.LOG_FULL,
                    "the event log's server " + address + " has reached maxmemory: give it more, or trim",
                    cause);
        }
        return down(cause);
    }

    /** The server cannot be reached, or it answers none of what it is asked. */
    ProblemException down(Throwable cause) {
        return new ProblemException(
                ProblemType.DEPENDENCY_DOWN, "the event log's server " + address + " does not answer", cause);
    }

    /** So much waits for an answer that no more is sent. */
    ProblemException busy() {
        return new ProblemException(
                ProblemType.DEPENDENCY_DOWN,
                "the event log's server " + address + " is too slow for what arrives: send again later");
    }

    /** The log is not the one that we knew. */
    ProblemException lost() {
        return new ProblemException(
                ProblemType.LOG_LOST,
                "the event log at " + address
                        + " is new or another one than before: nothing is taken until an operator opens a new"
                        + " incarnation");
    }

    private static String inbox(String message) {
        String rest = message.substring(message.indexOf("LOGFULL") + "LOGFULL".length())
                .strip();
        int end = rest.indexOf(' ');
        return end < 0 ? rest : rest.substring(0, end);
    }
}
