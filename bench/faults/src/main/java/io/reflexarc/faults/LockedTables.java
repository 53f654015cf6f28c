// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** F-10: somebody else holds the tables of tasks and decisions, so that every connection of every pool waits. */
final class LockedTables implements Phase {
    private static final int OK = 200;

    private final Duration time;
    private int dead;
    private int asked;

    LockedTables(Duration time) {
        this.time = time;
    }

    @Override
    public String id() {
        return "F-10";
    }

    @Override
    public String title() {
        return "another client holds the tables of decisions and tasks for " + time.toSeconds()
                + " s, so that all connections of the pools wait";
    }

    @Override
    public int planned() {
        return 1;
    }

    @Override
    public void act(Stage stage) {
        long at = stage.watch().micros();
        try (Connection connection = stage.cluster().servers().sql();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table decisions, tasks, event_streams in access exclusive mode");
            long end = System.nanoTime() + time.toNanos();
            while (System.nanoTime() < end) {
                for (Part part : Part.values()) {
                    asked++;
                    dead += lives(stage.cluster().operationsPort(part)) ? 0 : 1;
                }
                Stopwatch.pause(Duration.ofSeconds(1));
            }
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        long back = stage.watch().micros();
        stage.killer().told(new Fault(id(), "postgresql", "tables locked", 0, at, back, back));
        Stopwatch.pause(Duration.ofSeconds(10));
    }

    private static boolean lives(int port) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/live"))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public List<String> judge(Evidence evidence, Map<String, Object> numbers) {
        List<String> complaints = new ArrayList<>(Measures.otherErrors(evidence.replies()));
        numbers.put("health_live_asked", asked);
        numbers.put("health_live_not_200", dead);
        if (dead > 0) {
            complaints.add(dead + " of " + asked + " questions to /health/live were not answered with 200");
        }
        return complaints;
    }
}
