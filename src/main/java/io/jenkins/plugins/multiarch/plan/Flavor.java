package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What holds for all tags, as docker/metadata-action has it.
 *
 * @param latest {@code auto}, {@code true} or {@code false}
 * @param prefix a beginning for each tag
 * @param prefixOnLatest whether {@code latest} has it too
 * @param suffix an end for each tag
 * @param suffixOnLatest whether {@code latest} has it too
 */
public record Flavor(String latest, String prefix, boolean prefixOnLatest, String suffix, boolean suffixOnLatest) {
    /** What holds where nothing is said. */
    public static final Flavor USUAL = new Flavor("auto", "", false, "", false);

    /** Reads {@code latest=false}, {@code prefix=dev-}, {@code suffix=-alpine,onlatest=true} and the like. */
    public static Flavor parse(List<String> entries) {
        Flavor flavor = USUAL;
        for (String entry : entries) {
            String last = "";
            for (String field : CommaFields.read(entry)) {
                int equals = field.indexOf('=');
                String key =
                        equals < 0 ? "" : field.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                flavor = flavor.with(key, field.substring(equals + 1).strip(), last, entry);
                last = key;
            }
        }
        return flavor;
    }

    private Flavor with(String key, String value, String last, String entry) {
        boolean isTrue = value.equals("true");
        boolean isYesOrNo = isTrue || value.equals("false");
        if (key.equals("prefix")) {
            return new Flavor(latest, value, prefixOnLatest, suffix, suffixOnLatest);
        }
        if (key.equals("suffix")) {
            return new Flavor(latest, prefix, prefixOnLatest, value, suffixOnLatest);
        }
        if (key.equals("latest") && (isYesOrNo || value.equals("auto"))) {
            return new Flavor(value, prefix, prefixOnLatest, suffix, suffixOnLatest);
        }
        if (key.equals("onlatest") && isYesOrNo && Set.of("prefix", "suffix").contains(last)) {
            return last.equals("prefix")
                    ? new Flavor(latest, prefix, isTrue, suffix, suffixOnLatest)
                    : new Flavor(latest, prefix, prefixOnLatest, suffix, isTrue);
        }
        throw new ReleaseException(
                "'" + Shown.of(entry) + "' is not a flavor of tags.",
                "Write latest=auto|true|false, prefix=TEXT or suffix=TEXT, these with ,onlatest=true for latest too.");
    }
}
