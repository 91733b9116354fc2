package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The build of one platform of one image, whatever builds it. All paths are relative to the workspace. No secret is in it:
 * secrets and logins name environment variables.
 *
 * @param name of the variant; empty where there is only one
 * @param context the folder that COPY and ADD copy from
 * @param dockerfile empty for {@code Dockerfile} in the context
 * @param target the stage to build, else the last
 * @param secrets by the id that {@code RUN --mount=type=secret} names
 * @param contexts what names in FROM and {@code --from} stand for: a folder, {@code docker-image://REFERENCE} or
 *     {@code oci-layout://FOLDER[:TAG]}
 * @param baseImages the exact image for a name as it stands in the Dockerfile
 * @param prebuilt folders of programs by platform or target triple; the one of this platform becomes the named context
 *     {@code artifacts}, in it {@code ARCH/PROGRAM}
 * @param labels added to the image's configuration
 * @param annotations added to the manifest
 * @param network of RUN: {@code none}, {@code host}, or empty for the builder's own way
 * @param fresh whether to look for newer bases and use no cache
 * @param builder nothing to take the best that is there
 * @param emulate whether a builder may run another architecture's programs under emulation
 * @param sourceDateEpoch the time of the image in seconds since 1970, where it is not the time of the build
 */
public record BuildPlan(
        String name,
        Platform platform,
        String context,
        String dockerfile,
        Optional<String> target,
        Map<String, String> buildArgs,
        Map<String, Secret> secrets,
        Map<String, String> contexts,
        Map<String, ImageRef> baseImages,
        Map<String, String> prebuilt,
        Map<String, String> labels,
        Map<String, String> annotations,
        String network,
        Optional<Cache> cache,
        boolean fresh,
        Optional<BuilderKind> builder,
        boolean emulate,
        OptionalLong sourceDateEpoch,
        List<Login> logins) {
    /** The named context that {@link #prebuilt} programs are found in. */
    public static final String ARTIFACTS = "artifacts";

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,79}");
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]*");
    private static final Pattern NETWORK = Pattern.compile("|[a-zA-Z0-9_][a-zA-Z0-9_.:-]*");

    public BuildPlan {
        buildArgs = sorted(buildArgs);
        secrets = sorted(secrets);
        contexts = sorted(contexts);
        baseImages = sorted(baseImages);
        prebuilt = sorted(prebuilt);
        labels = sorted(labels);
        annotations = sorted(annotations);
        logins = List.copyOf(logins);
        refuseUnlessName(name);
        buildArgs.keySet().forEach(key -> refuseUnlessKey(key, "a build argument"));
        labels.keySet().forEach(key -> refuseUnlessKey(key, "a label"));
        annotations.keySet().forEach(key -> refuseUnlessKey(key, "an annotation"));
        contexts.keySet().forEach(key -> refuseUnlessKey(key, "a build context"));
        baseImages.keySet().forEach(key -> refuseUnlessKey(key, "a base image"));
        baseImages.values().forEach(ImageRef::requireDigest);
        secrets.keySet().forEach(BuildPlan::refuseUnlessId);
        refuseUnlessNetwork(network);
        refuseTwice(contexts, baseImages, prebuilt);
    }

    private static <T> Map<String, T> sorted(Map<String, T> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }

    private static void refuseUnlessName(String name) {
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            throw new ReleaseException(
                    "'" + Shown.of(name) + "' cannot name a variant.",
                    "Write at most 80 letters, digits, '_', '.' or '-', beginning with a letter or digit.");
        }
    }

    private static void refuseUnlessKey(String key, String what) {
        boolean plain = key.chars().allMatch(c -> c > ' ' && c != '=' && c != 0x7F);
        if (key.isEmpty() || key.startsWith("-") || !plain) {
            throw new ReleaseException(
                    "'" + Shown.of(key) + "' cannot name " + what + ".",
                    "Write a name without blanks and '=', not beginning with '-'.");
        }
    }

    private static void refuseUnlessId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new ReleaseException(
                    "'" + Shown.of(id) + "' cannot be the id of a secret.",
                    "Write letters, digits, '_', '.' or '-', as in RUN --mount=type=secret,id=….");
        }
    }

    private static void refuseUnlessNetwork(String network) {
        if (!NETWORK.matcher(network).matches()) {
            throw new ReleaseException(
                    "'" + Shown.of(network) + "' is not a network.", "Write none, host or default, or leave it out.");
        }
    }

    private static void refuseTwice(
            Map<String, String> contexts, Map<String, ImageRef> baseImages, Map<String, String> prebuilt) {
        for (String context : contexts.keySet()) {
            if (baseImages.containsKey(context) || context.equals(ARTIFACTS) && !prebuilt.isEmpty()) {
                throw new ReleaseException(
                        "The name '" + Shown.of(context) + "' stands for two things in this build.",
                        "Give it once: as a context, as a base image, or by prebuilt programs, which are called"
                                + " artifacts.");
            }
        }
    }

    /** This plan with other base images, which take the place of contexts of their names. */
    public BuildPlan withBaseImages(Map<String, ImageRef> exact) {
        Map<String, String> others = new TreeMap<>(contexts);
        others.keySet().removeAll(exact.keySet());
        return new BuildPlan(
                name,
                platform,
                context,
                dockerfile,
                target,
                buildArgs,
                secrets,
                others,
                exact,
                prebuilt,
                labels,
                annotations,
                network,
                cache,
                fresh,
                builder,
                emulate,
                sourceDateEpoch,
                logins);
    }

    /** This plan, where another architecture's programs may be emulated. */
    public BuildPlan withEmulation() {
        return new BuildPlan(
                name,
                platform,
                context,
                dockerfile,
                target,
                buildArgs,
                secrets,
                contexts,
                baseImages,
                prebuilt,
                labels,
                annotations,
                network,
                cache,
                fresh,
                builder,
                true,
                sourceDateEpoch,
                logins);
    }

    /** This plan with the registries that the builder has to log in to. */
    public BuildPlan withLogins(List<Login> needed) {
        return new BuildPlan(
                name,
                platform,
                context,
                dockerfile,
                target,
                buildArgs,
                secrets,
                contexts,
                baseImages,
                prebuilt,
                labels,
                annotations,
                network,
                cache,
                fresh,
                builder,
                emulate,
                sourceDateEpoch,
                needed);
    }

    /** The Dockerfile's path, also where it was not said. */
    public String dockerfilePath() {
        if (!dockerfile.isEmpty()) {
            return dockerfile;
        }
        return context.isEmpty() || context.equals(".") ? "Dockerfile" : context + "/Dockerfile";
    }

    /** As JSON, versioned and the same for equal plans. */
    public byte[] toJson() {
        return PlanJson.write(this);
    }

    /**
     * Reads what {@link #toJson} wrote. What is not there is as if nothing was said; the platform has to be.
     *
     * @throws ReleaseException if it is of another version, or not in this form
     */
    public static BuildPlan parse(byte[] bytes) {
        return PlanJson.read(bytes);
    }
}
