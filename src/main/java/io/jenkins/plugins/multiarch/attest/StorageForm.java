package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.Arrays;
import java.util.Locale;

/** Where evidence about an image is put. */
public enum StorageForm {
    /** Sigstore bundles, as referrers of the image. */
    BUNDLE(true, false),
    /** cosign's tags {@code .att} and {@code .sig}, for verifiers that know no bundles. */
    LEGACY(false, true),
    BOTH(true, true);

    private final boolean bundles;
    private final boolean tags;

    StorageForm(boolean bundles, boolean tags) {
        this.bundles = bundles;
        this.tags = tags;
    }

    /** Reads {@code bundle}, {@code legacy} or {@code both}. */
    public static StorageForm parse(String text) {
        return Arrays.stream(values())
                .filter(form -> form.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new ReleaseException(
                        "'" + Shown.of(text) + "' is no form in which evidence is stored.",
                        "Write bundle, legacy or both."));
    }

    boolean hasBundles() {
        return bundles;
    }

    boolean hasTags() {
        return tags;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
