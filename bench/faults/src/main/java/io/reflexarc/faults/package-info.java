// SPDX-License-Identifier: Apache-2.0
/**
 * The proof that nothing is lost: a sender and a target that write down what they saw, a killer between them, and a checker
 * that compares. The product is used as its users use it: programs, HTTP, its documented tables.
 */
@NullMarked
package io.reflexarc.faults;

import org.jspecify.annotations.NullMarked;
