// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.InboxMessage;
import io.reflexarc.core.log.LogEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Something that happens to a site. Each brings its own chances, so that leaving one out changes no other. */
sealed interface SimulatedStep {
    void happen(SimulatedSite site);

    /** An event reaches a stream. */
    record Arrives(boolean left, String body) implements SimulatedStep {
        @Override
        public void happen(SimulatedSite site) {
            site.event(left ? SimulatedSite.LEFT : SimulatedSite.RIGHT, body);
        }
    }

    /** A source emits that the present owner or one before it runs. */
    record Emits(int back, String body) implements SimulatedStep {
        @Override
        public void happen(SimulatedSite site) {
            site.sourced(back, body);
        }
    }

    record Passes(Duration time) implements SimulatedStep {
        @Override
        public void happen(SimulatedSite site) {
            site.pass(time);
        }
    }

    /** A task ends. */
    record Outcome(int which, TaskState state, boolean answers, int times) implements SimulatedStep {
        @Override
        public void happen(SimulatedSite site) {
            site.outcome(
                    which,
                    state,
                    answers ? Optional.of(JsonText.ofString("{\"answer\": 42}")) : Optional.empty(),
                    times);
        }
    }

    /** The owner works for a while, a new one when there is none; it may be killed, and answers may get lost. */
    record Works(int turns, int calls, double lost, long seed) implements SimulatedStep {
        @Override
        public void happen(SimulatedSite site) {
            SimulatedOwner owner = site.owner(new Random(seed));
            owner.arm(calls, lost);
            owner.work(turns);
            owner.arm(Integer.MAX_VALUE, 0);
        }
    }

    /** Its process is killed between two calls. */
    record Killed() implements SimulatedStep {
        @Override
        public void happen(SimulatedSite site) {
            site.lose();
        }
    }

    /** Its process is paused so long that another one takes over. */
    record Paused() implements SimulatedStep {
        @Override
        public void happen(SimulatedSite site) {
            site.pauseOwner();
        }
    }

    /** A paused one wakes and goes on as if nothing had happened. */
    record Wakes(int which, int turns) implements SimulatedStep {
        @Override
        public void happen(SimulatedSite site) {
            site.sleeper(which).ifPresent(sleeper -> sleeper.work(turns));
        }
    }

    /** The rows, and perhaps the log too, cannot be reached. */
    record BreaksDown(boolean logToo, Duration time) implements SimulatedStep {
        @Override
        public void happen(SimulatedSite site) {
            site.breakDown(logToo, time);
        }
    }

    /** An operator pauses deciding, or lets it go on. */
    record Told(boolean pause) implements SimulatedStep {
        @Override
        public void happen(SimulatedSite site) {
            site.message(new InboxMessage.Controlled(
                    site.now(), pause ? new LogEntry.Control.Pause() : new LogEntry.Control.Resume()));
        }
    }

    /** A host says what it is. */
    record Gathered(String host, int value) implements SimulatedStep {
        @Override
        public void happen(SimulatedSite site) {
            site.message(new InboxMessage.Gathered(
                    site.now(), host, JsonText.ofString("{\"f\": " + value + ", \"h\": " + value + "}")));
        }
    }

    /** Any of them. */
    static SimulatedStep any(Random random) {
        int n = random.nextInt(100);
        if (n < 42) {
            return new Arrives(random.nextBoolean(), body(random));
        } else if (n < 47) {
            return new Emits(random.nextInt(3), body(random));
        } else if (n < 57) {
            return new Passes(Duration.ofMillis(250L * random.nextInt(30)));
        } else if (n < 66) {
            List<TaskState> states = List.of(TaskState.SUCCEEDED, TaskState.DEAD_LETTER, TaskState.CANCELLED);
            return new Outcome(
                    random.nextInt(10), states.get(random.nextInt(3)), random.nextBoolean(), 1 + random.nextInt(2));
        } else if (n < 86) {
            boolean dies = random.nextInt(3) > 0;
            return new Works(
                    random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1_000,
                    dies ? random.nextInt(16) : Integer.MAX_VALUE,
                    random.nextInt(3) == 0 ? 0.2 : 0,
                    random.nextLong());
        } else if (n < 90) {
            return new Killed();
        } else if (n < 93) {
            return new Paused();
        } else if (n < 96) {
            return new Wakes(random.nextInt(5), 1 + random.nextInt(6));
        } else if (n < 97) {
            return new BreaksDown(random.nextBoolean(), Duration.ofMillis(500L * random.nextInt(20)));
        } else if (n < 99) {
            return new Told(random.nextInt(3) == 0);
        }
        return new Gathered("host" + random.nextInt(2), random.nextInt(2));
    }

    private static String body(Random random) {
        String rest = switch (random.nextInt(12)) {
            case 0 -> ", \"z\": 1";
            case 1 -> ", \"w\": 1.50";
            case 2 -> ", \"w\": 1e2";
            case 3 -> ", \"w\": 123456789012345678901234567890";
            default -> "";
        };
        return "{\"k\": \"" + "abcde".charAt(random.nextInt(5)) + "\", \"h\": " + random.nextInt(2) + ", \"n\": "
                + random.nextInt(4) + rest + "}";
    }
}
