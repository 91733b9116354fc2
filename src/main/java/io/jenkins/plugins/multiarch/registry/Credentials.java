package io.jenkins.plugins.multiarch.registry;

/**
 * What proves who we are to one registry: a user with a password (or a token in its place), or an identity token.
 *
 * <p>Its text never shows the secret.
 */
public record Credentials(String username, String secret, boolean isIdentityToken) {
    /** The user name docker gives to an identity token. */
    static final String TOKEN_USER = "<token>";

    public static Credentials password(String username, String secret) {
        return new Credentials(username, secret, username.equals(TOKEN_USER));
    }

    /** An OAuth 2 refresh token, exchanged for access tokens (docker's {@code identitytoken}). */
    public static Credentials identityToken(String token) {
        return new Credentials(TOKEN_USER, token, true);
    }

    @Override
    public String toString() {
        return username + ":********";
    }
}
