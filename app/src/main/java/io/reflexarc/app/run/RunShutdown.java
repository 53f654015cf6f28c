// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

/**
 * Why a run ends.
 *
 * @param message for people
 * @param seconds how long running actions were waited for at most
 * @param kind {@code graceful} or {@code now}
 * @param sourcePlugin the source that ended; empty when a rule asked for it
 */
public record RunShutdown(String message, double seconds, String kind, String sourcePlugin) {
    /** Running actions are waited for. */
    public static final String GRACEFUL = "graceful";

    /** Running actions are cancelled. */
    public static final String NOW = "now";
}
