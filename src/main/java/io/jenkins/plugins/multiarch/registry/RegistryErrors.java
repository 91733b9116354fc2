package io.jenkins.plugins.multiarch.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.image.Tag;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Turns a registry's answer, or its silence, into an exception that says what to do. */
final class RegistryErrors {
    /** How much of an error's body is read, in bytes. */
    private static final int MAX_BODY = 64 * 1024;

    /** How deep the causes of a failure are looked at. */
    private static final int MAX_CAUSES = 16;

    private RegistryErrors() {}

    /** What the registry said about an error (OCI distribution-spec 1.1, "Error Codes"). */
    record Said(String code, String message) {

        static Said read(Answer answer) {
            byte[] body;
            try {
                body = answer.start(MAX_BODY);
            } catch (IOException e) {
                return new Said("", "");
            }
            try {
                JsonNode json = Json.read(body, "The error");
                JsonNode error = json.path("errors").path(0);
                String message =
                        error.path("message").asText(json.path("details").asText(""));
                String detail =
                        error.path("detail").isTextual() ? error.path("detail").asText() : "";
                return new Said(
                        Shown.of(error.path("code").asText("")), Shown.of(message.isEmpty() ? detail : message));
            } catch (ReleaseException e) {
                return new Said("", Shown.of(new String(body, StandardCharsets.UTF_8)));
            }
        }

        @Override
        public String toString() {
            String named = code.isEmpty() ? "" : " " + code;
            return named + (message.isEmpty() ? "" : " (" + message + ")");
        }
    }

    static RegistryException of(Call call, Answer answer, Optional<Credentials> credentials) {
        Said said = Said.read(answer);
        String fact = call.described() + " was answered with " + answer.status() + said + ".";
        String cure = new Cure(call, answer, said, credentials).text();
        return new RegistryException(
                fact, cure, answer.status(), said.code(), Backoff.isTemporary(answer.status()), null);
    }

    static RegistryException noAnswer(Call call, IOException failure) {
        String fact = call.described() + " got no answer: " + reason(failure) + ".";
        String cure = failure instanceof SSLException
                ? "Give the certificate of its authority as an extra CA certificate, or name the host as one that is"
                        + " reached by plain http."
                : "Check that the host is right and can be reached from here, then try again.";
        return new RegistryException(fact, cure, 0, "", !(failure instanceof SSLException), failure);
    }

    /** Whether the host showed a certificate that nobody we trust has signed, which asking again does not change. */
    static boolean isUntrusted(IOException failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .anyMatch(CertificateException.class::isInstance);
    }

    static RegistryException badRedirect(Call call, String how) {
        return new RegistryException(
                call.described() + " was redirected " + how + ".",
                "Ask whoever runs the registry to correct its redirects.",
                0,
                "",
                false,
                null);
    }

    /** An answer with a good status whose content is no use. */
    static RegistryException unusable(Call call, String reason, String cure) {
        return new RegistryException(call.described() + " was answered with " + reason + ".", cure, 0, "", false, null);
    }

    static RegistryException brokenOff(Call call, long position, long size, IOException failure) {
        return new RegistryException(
                call.described() + " broke off again and again, last after " + position + " of " + size + " bytes: "
                        + reason(failure) + ".",
                "Check the connection to the registry, then try again.",
                0,
                "",
                true,
                failure);
    }

    static RegistryException notAsPromised(Descriptor promised, String found) {
        return new WrongContentException(
                "The blob " + promised.digest() + " came with " + found + ".",
                "Do not use it; somebody changed it on the way, or the registry's storage is damaged.");
    }

    static RegistryException cannotDeleteTags(Repository repository, Tag tag, RegistryException refusal) {
        return new RegistryException(
                repository + ":" + tag + " was not deleted: this registry cannot delete a tag without its manifest.",
                "Delete the manifest by its digest, which takes all its tags, or move the tag elsewhere.",
                refusal.status(),
                "UNSUPPORTED",
                false,
                refusal);
    }

    static RegistryException tooLong(Call call, int limit) {
        return new WrongContentException(
                call.described() + " was answered with more than " + limit + " bytes.",
                "No honest answer is that long; check what was pushed there, and what a proxy before it sends.");
    }

    static ReleaseException tooMany(Repository repository, Digest subject, int limit) {
        return new ReleaseException(
                repository + "@" + subject + " has more than " + limit + " referrers.",
                "Somebody fills the repository; delete those that do not belong there.");
    }

    static String waiting(Duration asked) {
        return asked.isZero() ? "in a while" : "in " + asked.toSeconds() + " s";
    }

    /** The JDK's client often says nothing itself and leaves it to the type, or to a cause. */
    private static String reason(IOException failure) {
        String said = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "the host has no address";
            }
            said = said.isEmpty() && cause.getMessage() != null ? Shown.of(cause.getMessage()) : said;
        }
        if (failure instanceof ConnectException) {
            return "the connection was refused";
        }
        return said.isEmpty() ? "the connection broke (" + failure.getClass().getSimpleName() + ")" : said;
    }
}
