package io.jenkins.plugins.multiarch.builder;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.jenkins.plugins.multiarch.build.BuildContext;
import io.jenkins.plugins.multiarch.build.Dockerfile;
import io.jenkins.plugins.multiarch.build.DockerfileImages;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Dockerfile with exact images in place of the names that stand for them, for builders without named contexts. A folder
 * becomes an image of the daemon, built just before and removed afterwards.
 */
final class PinnedDockerfile {
    private final BuildPlan plan;
    private final String image;

    /** @param image the temporary name that this build has in the daemon */
    PinnedDockerfile(BuildPlan plan, String image) {
        this.plan = plan;
        this.image = image;
    }

    /** Whether a plan needs one where the builder has no named contexts. */
    static boolean isNeeded(BuildPlan plan) {
        return !plan.contexts().isEmpty()
                || !plan.baseImages().isEmpty()
                || !plan.prebuilt().isEmpty();
    }

    static boolean isLayout(String context) {
        return BuildContext.parse(context) instanceof BuildContext.LayoutImage;
    }

    /** The folders that become images, in the order of the numbers at the end of their names; empty for the artifacts. */
    static List<String> folders(BuildPlan plan) {
        return new ArrayList<>(folderContexts(plan).values());
    }

    private static Map<String, String> folderContexts(BuildPlan plan) {
        Map<String, String> folders = new LinkedHashMap<>();
        plan.contexts().forEach((name, source) -> {
            if (BuildContext.parse(source) instanceof BuildContext.Folder) {
                folders.put(name, source);
            }
        });
        if (!plan.prebuilt().isEmpty()) {
            folders.put(BuildPlan.ARTIFACTS, "");
        }
        return folders;
    }

    /** Byte for byte the same but for the names, whatever its encoding. */
    byte[] rewrite(byte[] content) {
        String text = DockerfileContent.text(content);
        Map<String, String> exact = replacements();
        List<String> lines = new ArrayList<>(List.of(new String(content, ISO_8859_1).split("\n", -1)));
        for (DockerfileImages.Use use :
                DockerfileImages.of(Dockerfile.parse(text), plan.target(), plan.buildArgs(), plan.platform())) {
            String replacement = replacement(use.name(), exact);
            if (!replacement.isEmpty()) {
                replace(use, replacement, lines);
            }
        }
        return String.join("\n", lines).getBytes(ISO_8859_1);
    }

    private Map<String, String> replacements() {
        Map<String, String> exact = new LinkedHashMap<>();
        plan.baseImages().forEach((name, base) -> exact.put(name, base.toString()));
        plan.contexts().forEach((name, source) -> {
            if (BuildContext.parse(source) instanceof BuildContext.RegistryImage other) {
                exact.put(name, other.image().toString());
            }
        });
        int number = 0;
        for (String name : folderContexts(plan).keySet()) {
            number++;
            exact.put(name, image + "-" + number);
        }
        return exact;
    }

    /** A name stands for itself, and that of an image also for its other spellings, as in BuildKit. */
    private static String replacement(String name, Map<String, String> exact) {
        return exact.entrySet().stream()
                .filter(entry -> entry.getKey().equals(name) || isSameImage(entry.getKey(), name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** Whether two names are spellings of one. */
    static boolean isSameImage(String one, String other) {
        try {
            ImageRef first = ImageRef.parse(one);
            ImageRef second = ImageRef.parse(other);
            return first.repository().equals(second.repository())
                    && first.reference().equals(second.reference());
        } catch (ReleaseException e) {
            return false;
        }
    }

    private static void replace(DockerfileImages.Use use, String replacement, List<String> lines) {
        String before = use.from() ? "(?<=^|\\s)" : "(?<=from=)";
        String written = new String(use.written().getBytes(UTF_8), ISO_8859_1);
        Pattern place = Pattern.compile(before + Pattern.quote(written) + "(?=[\\s,]|$)");
        for (int i = use.line() - 1; i < lines.size(); i++) {
            Matcher found = place.matcher(lines.get(i));
            if (found.find()) {
                lines.set(i, found.replaceFirst(Matcher.quoteReplacement(replacement)));
                return;
            }
        }
        throw new ReleaseException(
                "Dockerfile line " + use.line() + ": '" + Shown.of(use.written())
                        + "' could not be replaced by the exact image.",
                "Write it on one line, without quotes.");
    }
}
