package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An inspection for people: what is inside what by indentation, sizes rounded, digests whole. */
final class InspectionText {
    private final List<String> lines = new ArrayList<>();

    InspectionText(Inspection inspection) {
        Manifest manifest = inspection.manifest();
        lines.add(inspection.reference().toString());
        lines.add("Type:     " + Shown.of(manifest.mediaType()));
        if (!manifest.artifactType().isEmpty()) {
            lines.add("Artifact: " + Shown.of(manifest.artifactType()));
        }
        manifest.subject().ifPresent(subject -> lines.add("Subject:  " + subject.digest()));
        for (Map.Entry<String, String> annotation : manifest.annotations().entrySet()) {
            lines.add("Note:     " + Shown.of(annotation.getKey()) + " = " + Shown.of(annotation.getValue()));
        }
        if (!inspection.parts().isEmpty()) {
            lines.add("Platforms:");
        }
        inspection.parts().forEach(this::part);
        if (!inspection.referrers().isEmpty()) {
            lines.add("Referrers:");
        }
        inspection.referrers().forEach(referrer -> lines.add("  " + describe(referrer)));
    }

    private void part(Inspection.Part part) {
        String platform = part.platform().isEmpty() ? "(none said)" : Shown.of(part.platform());
        String content = part.descriptor().isIndex()
                ? "index"
                : size(part.contentSize()) + " in " + part.layers() + (part.layers() == 1 ? " layer" : " layers");
        lines.add(String.format(
                Locale.ROOT, "  %-14s %s  %s", platform, part.descriptor().digest(), content));
        part.attestations().forEach(attestation -> lines.add("    attestation  " + attestation.digest()));
        part.referrers().forEach(referrer -> lines.add("    referrer     " + describe(referrer)));
    }

    private static String describe(Descriptor referrer) {
        String type = referrer.artifactType().isEmpty() ? referrer.mediaType() : referrer.artifactType();
        return referrer.digest() + "  " + Shown.of(type);
    }

    /** In decimal units, as registries count. */
    static String size(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    @Override
    public String toString() {
        return String.join(System.lineSeparator(), lines);
    }
}
