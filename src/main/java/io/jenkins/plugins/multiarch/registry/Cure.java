package io.jenkins.plugins.multiarch.registry;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What to do about a refusal, where we know it: which right is missing, which function is off, what to wait for. */
record Cure(Call call, Answer answer, RegistryErrors.Said said, Optional<Credentials> credentials) {
    private static final Map<String, String> RIGHTS_TO_PUSH = Map.of(
            "ghcr.io", "a token with the scope write:packages",
            "docker.io", "an access token with the permission Read & Write");
    private static final Map<String, String> RIGHTS_TO_DELETE = Map.of(
            "ghcr.io", "a token with the scope delete:packages",
            "docker.io", "an access token with the permission Read, Write & Delete");

    String text() {
        if (isImmutable()) {
            return "The tag is immutable there: choose another tag, or change the repository's rule.";
        }
        return switch (answer.status()) {
            case 401 -> unauthorized();
            case 403 -> forbidden();
            case 404 -> missing();
            case 405, 501 -> unsupported();
            case 413 -> "Let the registry, or the proxy before it, take larger bodies.";
            case 429 ->
                "Ask again " + RegistryErrors.waiting(Backoff.asked(answer))
                        + ", with credentials that have a higher limit, or less often.";
            case 400, 409, 412, 415, 422 -> "Check what was sent; the registry does not accept it as it is.";
            default ->
                Backoff.isTemporary(answer.status())
                        ? "The registry has trouble; try again " + RegistryErrors.waiting(Backoff.asked(answer)) + "."
                        : "Ask whoever runs the registry; its log tells more.";
        };
    }

    private boolean isImmutable() {
        String message = said.message().toLowerCase(Locale.ROOT);
        return call.method().equals("PUT")
                && (message.contains("immutable") || message.contains("cannot be overwritten"));
    }

    private String unauthorized() {
        if (lacksRight()) {
            return forbidden();
        }
        return credentials
                .map(given -> "The registry does not accept "
                        + (given.isIdentityToken()
                                ? "the identity token"
                                : "the password or token of user '" + given.username() + "'")
                        + ": renew the credentials of " + registry() + ".")
                .orElse("Give credentials for " + registry() + "; the call was made without.");
    }

    /** A token that is good but not good enough is answered with 401 too (RFC 6750, section 3.1). */
    private boolean lacksRight() {
        return Challenge.parseAll(answer.all("WWW-Authenticate")).stream()
                .anyMatch(challenge -> challenge.parameter("error").equals("insufficient_scope"));
    }

    private String forbidden() {
        String who = credentials
                .map(given -> given.isIdentityToken() ? "The identity token" : "User '" + given.username() + "'")
                .orElse("Nobody who is not logged in");
        String right = switch (call.access().action()) {
            case PULL -> "may not read " + call.access().repository() + ": give read access";
            case PUSH ->
                "may not push to " + call.access().repository() + ": give write access" + known(RIGHTS_TO_PUSH);
            case DELETE ->
                "may not delete in " + call.access().repository() + ": give the right to delete"
                        + known(RIGHTS_TO_DELETE);
        };
        return who + " " + right + ".";
    }

    private String known(Map<String, String> rights) {
        String right = rights.get(registry());
        if (right != null) {
            return ", by " + right;
        }
        return registry().endsWith(".amazonaws.com") && rights == RIGHTS_TO_PUSH
                ? ", by the permissions ecr:PutImage, ecr:InitiateLayerUpload, ecr:UploadLayerPart and"
                        + " ecr:CompleteLayerUpload"
                : "";
    }

    private String missing() {
        return call.access().action() == Action.PUSH
                ? "Create the repository (or its project) first, or check its name and that you may see it."
                : "Check the name, and that the credentials used for " + registry() + " may see it.";
    }

    private String unsupported() {
        return call.method().equals("DELETE")
                ? "Switch deletion on in the registry (docker-registry: storage.delete.enabled), or delete there."
                : "This registry has no such function.";
    }

    private String registry() {
        return call.access().repository().registry();
    }
}
