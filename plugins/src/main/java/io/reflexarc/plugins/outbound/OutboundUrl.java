// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.outbound;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A URL that may be called, in the one reading that everybody shares: other spellings of hosts and addresses, which parsers
 * read differently, are refused.
 *
 * @param ssl whether it is https
 * @param host lower case, without brackets and final dot
 * @param port given or default
 * @param uri path and query
 */
public record OutboundUrl(boolean ssl, String host, int port, String uri) {
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([a-z0-9_-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9_-]*[a-z0-9])?)*");
    private static final Pattern DOTTED =
            Pattern.compile("(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})");
    private static final Pattern NUMBER = Pattern.compile("\\d+|0x[0-9a-f]*");

    /** Parses; {@code INVALID} and {@code FORBIDDEN} say what is wrong with it. */
    public static OutboundUrl parse(String url) {
        try {
            return of(new URI(url.strip()));
        } catch (URISyntaxException e) {
            throw invalid("is no URL (" + e.getReason() + " at index " + e.getIndex() + ")");
        }
    }

    /** The target of a redirect, absolute or relative to this. */
    public OutboundUrl redirect(String location) {
        try {
            return of(new URI(origin() + uri).resolve(new URI(location)));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw invalid("leads to something that is no URL");
        }
    }

    private static OutboundUrl of(URI parsed) {
        String scheme = String.valueOf(parsed.getScheme()).toLowerCase(Locale.ROOT);
        boolean ssl = scheme.equals("https");
        if (!ssl && !scheme.equals("http")) {
            throw refused("does not begin with http:// or https://");
        }
        if (parsed.getRawUserInfo() != null) {
            throw refused("carries a user name: put credentials into headers");
        }
        if (parsed.getHost() == null) {
            throw refused("has no host name that can be read without doubt");
        }
        int port = parsed.getPort() == -1 ? defaultPort(ssl) : parsed.getPort();
        if (port < 1 || port > 65_535) {
            throw invalid("has no valid port");
        }
        String path = parsed.getRawPath() == null || parsed.getRawPath().isEmpty() ? "/" : parsed.getRawPath();
        String query = parsed.getRawQuery() == null ? "" : "?" + parsed.getRawQuery();
        String uri = path + query;
        if (!uri.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw invalid("has characters that must be percent-encoded");
        }
        return new OutboundUrl(ssl, host(withoutDot(parsed.getHost().toLowerCase(Locale.ROOT))), port, uri);
    }

    /** The dot at the end makes a name absolute; certificates and virtual hosts do without. */
    private static String withoutDot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static String host(String host) {
        if (host.startsWith("[")) {
            String address = host.substring(1, host.length() - 1);
            if (address.contains("%")) {
                throw refused("has an address with a zone");
            }
            return address;
        }
        if (NUMBER.matcher(host.substring(host.lastIndexOf('.') + 1)).matches()
                && !DOTTED.matcher(host).matches()) {
            throw refused("has an address in an unusual notation: write four decimal numbers");
        }
        if (!NAME.matcher(host).matches()) {
            throw refused("has a host name with unusual characters");
        }
        return host;
    }

    /** Whether headers with credentials may go to the other URL too. */
    public boolean sameOrigin(OutboundUrl other) {
        return ssl == other.ssl && host.equals(other.host) && port == other.port;
    }

    /** Scheme, host and port as in a URL. */
    public String origin() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return (ssl ? "https://" : "http://") + name + (port == defaultPort(ssl) ? "" : ":" + port);
    }

    /** Without the query, which may hold secrets. */
    @Override
    public String toString() {
        int query = uri.indexOf('?');
        return origin() + (query < 0 ? uri : uri.substring(0, query) + "?…");
    }

    private static int defaultPort(boolean ssl) {
        return ssl ? 443 : 80;
    }

    /** Not a mistake of syntax but a form that could lead elsewhere than it seems. */
    private static ProblemException refused(String what) {
        return new ProblemException(ProblemType.FORBIDDEN, "egress_denied: the URL " + what);
    }

    private static ProblemException invalid(String what) {
        return new ProblemException(ProblemType.INVALID, "the URL " + what);
    }
}
