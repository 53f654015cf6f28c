// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import java.util.SplittableRandom;

/**
 * Counts what rendering costs, in steps and characters and never in time, so that a template that is stopped is stopped
 * on every replay. Also holds the seed of what must look random.
 */
final class Meter {
    static final int MAX_STEPS = 200_000;
    static final int MAX_CHARACTERS = 1_000_000;

    private final SplittableRandom random;
    private int steps;
    private long characters;

    Meter(long seed) {
        random = new SplittableRandom(seed);
    }

    /** One step of work. */
    void step() {
        steps(1);
    }

    /** Several steps of work. */
    void steps(int count) {
        steps += count;
        if (steps > MAX_STEPS || steps < 0) {
            throw new TemplateFailure("the template takes more than " + MAX_STEPS + " steps");
        }
    }

    /** Takes note of a text that was made, or is about to be. */
    void characters(long count) {
        characters += count;
        if (characters > MAX_CHARACTERS) {
            throw new TemplateFailure("the template makes more than " + MAX_CHARACTERS + " characters");
        }
    }

    int random(int bound) {
        return random.nextInt(bound);
    }
}
