package io.jenkins.plugins.multiarch.steps;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The digests of what a build pushed, by which it is kept as long as Jenkins keeps the build. Saved with the build. */
public final class MadeImages extends InvisibleAction {
    private final LinkedHashSet<String> digests;

    private MadeImages(Set<String> digests) {
        this.digests = new LinkedHashSet<>(digests);
    }

    /** Writes down what the result of a step tells of images that were made. */
    static void note(Run<?, ?> run, Object result) throws IOException {
        Set<String> made = new LinkedHashSet<>(in(result).toList());
        synchronized (run) {
            Set<String> known = of(run);
            if (known.containsAll(made)) {
                return;
            }
            made.addAll(known);
            run.addOrReplaceAction(new MadeImages(made));
        }
        run.save();
    }

    private static Stream<String> in(Object result) {
        if (result instanceof Map<?, ?> variants) {
            return variants.values().stream().flatMap(MadeImages::in);
        }
        if (result instanceof ReleasedImage image) {
            return Stream.of(image.getDigest());
        }
        if (result instanceof UnstagedImage image) {
            return Stream.of(image.getDigest());
        }
        return result instanceof UploadedArtifact artifact ? Stream.of(artifact.getDigest()) : Stream.empty();
    }

    static Set<String> of(Run<?, ?> run) {
        MadeImages known = run.getAction(MadeImages.class);
        return known == null ? Set.of() : new LinkedHashSet<>(known.digests);
    }
}
