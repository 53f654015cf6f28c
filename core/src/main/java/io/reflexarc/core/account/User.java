// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.account;

/**
 * A person or program that may log in.
 *
 * @param id number in the API
 * @param organization where it belongs
 * @param username unique
 * @param role what it may do
 * @param passwordHash as the hashing strategy writes it
 * @param generation grows when the password changes; tokens of an earlier one are void
 */
public record User(long id, long organization, String username, Role role, String passwordHash, int generation) {}
