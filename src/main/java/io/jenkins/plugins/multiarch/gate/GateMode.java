package io.jenkins.plugins.multiarch.gate;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.Locale;

/** How exactly two images have to agree. */
public enum GateMode {
    /** The same bytes everywhere, by the digest of the manifest or index: nothing was built again. */
    MANIFEST("manifest digest"),
    /** The same configuration and the same files for each platform, by image ID; compression and attestations may differ. */
    CONFIG("image ID"),
    /** The same files for each platform, by the layers' diff IDs; settings, labels and times may differ. */
    ROOTFS("rootfs fingerprint");

    private final String measure;

    GateMode(String measure) {
        this.measure = measure;
    }

    /** Reads {@code manifest}, {@code config} or {@code rootfs}. */
    public static GateMode parse(String text) {
        for (GateMode mode : values()) {
            if (mode.toString().equals(text.strip())) {
                return mode;
            }
        }
        throw new ReleaseException(
                "'" + Shown.of(text) + "' is not a mode of the gate.", "Write manifest, config or rootfs.");
    }

    /** What is compared, in words. */
    String measure() {
        return measure;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
