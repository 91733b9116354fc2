package io.jenkins.plugins.multiarch.plan;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a repository of sources, however it is fetched: {@code git@host:a/b.git} is {@code https://host/a/b}. */
final class SourceAddress {
    private static final Pattern SECURE_COPY = Pattern.compile("(?:[^@/:]+@)?([^@/:]+):(?!//)(.*)");
    private static final Pattern ADDRESS =
            Pattern.compile("[a-z+]+://(?:[^@/]*@)?([^/:]+)(?::[0-9]+)?/(.*)", Pattern.CASE_INSENSITIVE);

    private SourceAddress() {}

    static boolean isSame(String one, String other) {
        return normal(one).equals(normal(other));
    }

    /** Host and path; hosts of forges take capitals and small letters of the path for the same. */
    private static String normal(String address) {
        String text = address.strip().replaceAll("(?:\\.git)?/*$", "");
        for (Pattern form : new Pattern[] {ADDRESS, SECURE_COPY}) {
            Matcher matcher = form.matcher(text);
            if (matcher.matches()) {
                text = matcher.group(1) + "/" + matcher.group(2);
                break;
            }
        }
        return text.replaceAll("/+", "/").toLowerCase(Locale.ROOT);
    }

    /** As browsers open it, and without a user or a password in it; as it was where it has no such form. */
    static String shown(String address) {
        String text = address.strip().replaceAll("\\.git/*$", "");
        Matcher copy = SECURE_COPY.matcher(text);
        if (!text.contains("://") && copy.matches()) {
            return "https://" + copy.group(1) + "/" + copy.group(2);
        }
        return text.replaceFirst("^ssh://(?:[^@/]*@)?([^/:]+)(?::[0-9]+)?/", "https://$1/")
                .replaceFirst("^([a-z+]+://)[^@/]*@", "$1");
    }
}
