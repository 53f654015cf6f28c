// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

/** Whether a session decides. */
public enum Phase {
    ACTIVE,
    /** A control entry said so: events pass by undecided, outcomes are taken. */
    PAUSED,
    /** A rule said {@code shutdown}: events pass by undecided, running actions are waited for. */
    CLOSING,
    /** Nothing is waited for any more. */
    COMPLETED
}
