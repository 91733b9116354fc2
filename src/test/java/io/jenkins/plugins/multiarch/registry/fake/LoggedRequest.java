package io.jenkins.plugins.multiarch.registry.fake;

/**
 * A line of the access log.
 *
 * @param query as it stood in the address, or empty
 * @param authorization the scheme of the Authorization header ({@code Basic}, {@code Bearer}), or empty
 * @param status of the answer; 0 where the connection was dropped instead
 * @param connection the client's port
 */
public record LoggedRequest(
        String method, String path, String query, String authorization, int status, int connection) {

    @Override
    public String toString() {
        return method + " " + path + (query.isEmpty() ? "" : "?" + query) + " " + status;
    }
}
