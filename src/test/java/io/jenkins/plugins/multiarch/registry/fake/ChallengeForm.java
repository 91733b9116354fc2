package io.jenkins.plugins.multiarch.registry.fake;

/** The ways in which registries write the same challenge. */
public enum ChallengeForm {
    /** {@code Bearer realm="…",service="…",scope="…"}. */
    PLAIN,
    /** Other order and case, blanks, a parameter without quotes, an escaped quote, an unknown parameter. */
    SHUFFLED,
    /** A Basic challenge before the Bearer one in the same header. */
    BASIC_FIRST,
    /** A Basic challenge after the Bearer one in a header of its own. */
    BASIC_IN_SECOND_HEADER,
    /** Without a scope, so that the client has to know what it needs. */
    WITHOUT_SCOPE;

    Response challenge(Response refusal, String realm, String service, String scope, boolean insufficient) {
        String error = insufficient ? ",error=\"insufficient_scope\"" : "";
        String scoped = scope.isEmpty() ? "" : ",scope=\"" + scope + "\"";
        String plain = "Bearer realm=\"" + realm + "\",service=\"" + service + "\"";
        String basic = "Basic realm=\"fake registry, by password\"";
        return switch (this) {
            case PLAIN -> refusal.with("WWW-Authenticate", plain + scoped + error);
            case SHUFFLED ->
                refusal.with(
                        "WWW-Authenticate",
                        "bearer  Scope = \"" + scope + "\" , hint=\"say \\\"please\\\", or not\" , service=" + service
                                + ", Realm=\"" + realm + "\"" + error);
            case BASIC_FIRST -> refusal.with("WWW-Authenticate", basic + ", " + plain + scoped + error);
            case BASIC_IN_SECOND_HEADER ->
                refusal.with("WWW-Authenticate", plain + scoped + error).with("WWW-Authenticate", basic);
            case WITHOUT_SCOPE -> refusal.with("WWW-Authenticate", plain + error);
        };
    }
}
