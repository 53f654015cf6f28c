// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.audit;

/**
 * How often a rule matched.
 *
 * @param ruleset name
 * @param rule name
 * @param matches decisions of it
 * @param failed those of them with an action that failed
 */
public record RuleMatches(String ruleset, String rule, long matches, long failed) {}
