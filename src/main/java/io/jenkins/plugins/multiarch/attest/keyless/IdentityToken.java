package io.jenkins.plugins.multiarch.attest.keyless;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.Base64;
import java.util.Optional;

/**
 * A token that an OpenID Connect issuer made for a job or a person (RFC 7519). Whoever has it can sign in that name while
 * it is valid, so it is shown to Fulcio and to nobody else, and never printed.
 *
 * <p>Nothing here verifies it; Fulcio does.
 */
public final class IdentityToken {
    private static final int PARTS = 3;
    private static final int MAX_LENGTH = 64 << 10;
    private static final String CURE =
            "Give a token for Sigstore, as the OpenID Connect provider of this Jenkins makes it.";

    private final String secret;
    private final String issuer;
    private final String subject;

    private IdentityToken(String secret, String issuer, String subject) {
        this.secret = secret;
        this.issuer = issuer;
        this.subject = subject;
    }

    /** Takes a token in its compact form of three parts. */
    public static IdentityToken parse(String text) {
        String token = text.strip();
        String[] parts = token.split("\\.", -1);
        if (parts.length != PARTS || token.length() > MAX_LENGTH) {
            throw refused("it has not three parts");
        }
        JsonNode claims = claims(parts[1]);
        String subject = subject(claims);
        if (subject.isEmpty()) {
            throw refused("it names nobody");
        }
        return new IdentityToken(token, claims.path("iss").asText(""), subject);
    }

    private static JsonNode claims(String part) {
        try {
            return Json.read(Base64.getUrlDecoder().decode(part), "The identity token");
        } catch (IllegalArgumentException | ReleaseException e) {
            throw refused("its claims cannot be read");
        }
    }

    /** Whom Fulcio wants the proof of possession to name: a verified mail address before the subject. */
    private static String subject(JsonNode claims) {
        boolean mail = claims.path("email_verified").asBoolean()
                && claims.path("email").isTextual();
        return claims.path(mail ? "email" : "sub").asText("");
    }

    String secret() {
        return secret;
    }

    String subject() {
        return subject;
    }

    /** Whom its owner's certificates name, as Fulcio names jobs and mail addresses; nothing where it says no issuer. */
    Optional<CertificateIdentity> identity() {
        return issuer.isEmpty()
                ? Optional.empty()
                : Optional.of(new CertificateIdentity(TextRule.exactly(subject), TextRule.exactly(issuer)));
    }

    /** This text without the token, wherever somebody repeats it. */
    String hiddenIn(String text) {
        String hidden = text.replace(secret, "***");
        for (String part : secret.split("\\.", -1)) {
            hidden = part.isEmpty() ? hidden : hidden.replace(part, "***");
        }
        return hidden;
    }

    /** Whose token it is, without the token. */
    @Override
    public String toString() {
        return Shown.plain(subject) + " (" + Shown.plain(issuer) + ")";
    }

    private static ReleaseException refused(String reason) {
        return new ReleaseException("The identity token cannot be used: " + reason + ".", CURE);
    }
}
