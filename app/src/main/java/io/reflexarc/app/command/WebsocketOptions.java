// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import picocli.CommandLine.Option;

/** Where a run reports to, or takes its rulebook from. */
final class WebsocketOptions {
    @Option(
            names = {"-W", "--websocket-url", "--websocket-address"},
            paramLabel = "URL",
            defaultValue = "${env:EDA_WEBSOCKET_URL:-}",
            description = "report what is done to this websocket (env EDA_WEBSOCKET_URL)")
    String url = "";

    @Option(
            names = "--websocket-ssl-verify",
            paramLabel = "HOW",
            defaultValue = "${env:EDA_WEBSOCKET_SSL_VERIFY:-yes}",
            description = "yes, no, or a file with certificates (env EDA_WEBSOCKET_SSL_VERIFY; default: yes)")
    String sslVerify = "";

    @Option(
            names = "--websocket-access-token",
            paramLabel = "TOKEN",
            defaultValue = "${env:EDA_WEBSOCKET_ACCESS_TOKEN:-}",
            description = "token of the connection (env EDA_WEBSOCKET_ACCESS_TOKEN)")
    String accessToken = "";

    @Option(
            names = "--websocket-refresh-token",
            paramLabel = "TOKEN",
            defaultValue = "${env:EDA_WEBSOCKET_REFRESH_TOKEN:-}",
            description = "token that buys a new one (env EDA_WEBSOCKET_REFRESH_TOKEN)")
    String refreshToken = "";

    @Option(
            names = "--websocket-token-url",
            paramLabel = "URL",
            defaultValue = "${env:EDA_WEBSOCKET_TOKEN_URL:-}",
            description = "where a new one is bought (env EDA_WEBSOCKET_TOKEN_URL)")
    String tokenUrl = "";
}
