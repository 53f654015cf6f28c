// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceContext;
import io.reflexarc.plugins.outbound.OutboundHttp;
import io.reflexarc.plugins.outbound.OutboundHttp.Answer;
import io.reflexarc.plugins.outbound.OutboundUrl;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks URLs again and again: {@code {url_check: {url, status, status_code}}}, where the status is {@code up} for 200 and {@code
 * down} for all else; without an answer {@code error_msg} says why.
 *
 * @param urls to ask, one after the other; without any the source ends
 * @param delay seconds between two rounds, default 1
 * @param verifySsl whether certificates are checked, default true
 */
@Source.Name({"ansible.eda.url_check", "community.eda.url_check"})
public record UrlCheck(Optional<List<String>> urls, Optional<Double> delay, Optional<Boolean> verifySsl)
        implements HttpSource {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int MOST_REDIRECTS = 10;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    @Override
    public void run(SourceContext context) throws InterruptedException {
        List<String> asked = urls.orElse(List.of());
        if (asked.isEmpty()) {
            return;
        }
        OutboundHttp shared = context.resource(OutboundHttp.class);
        OutboundHttp http = verifySsl.orElse(true) ? shared : shared.withoutCertificateCheck();
        Duration pause = Duration.ofMillis(Math.max(0, Math.round(delay.orElse(1.0) * 1000)));
        try {
            while (true) {
                for (String url : asked) {
                    context.emit(check(http, url));
                }
                context.sleep(pause);
            }
        } finally {
            if (http != shared) {
                http.close();
            }
        }
    }

    private static ObjectNode check(OutboundHttp http, String url) throws InterruptedException {
        ObjectNode event = Json.mapper().createObjectNode();
        ObjectNode result = event.putObject("url_check").put("url", url);
        try {
            int status = ask(http, OutboundUrl.parse(url));
            result.put("status", status == 200 ? "up" : "down").put("status_code", status);
        } catch (IOException e) {
            result.put("status", "down").put("error_msg", String.valueOf(e.getMessage()));
        } catch (ProblemException e) {
            result.put("status", "down").put("error_msg", e.detail());
        }
        return event;
    }

    private static int ask(OutboundHttp http, OutboundUrl first) throws IOException, InterruptedException {
        OutboundUrl url = first;
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            Answer answer =
                    http.call(HttpMethod.GET, url, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(), LONGEST);
            String location = answer.headers().get("Location");
            if (!REDIRECTS.contains(answer.status()) || location == null) {
                return answer.status();
            }
            url = url.redirect(location);
        }
        throw new IOException("more than " + MOST_REDIRECTS + " redirects");
    }
}
