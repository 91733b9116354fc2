package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.Platform;
import java.util.List;
import java.util.Set;

/**
 * One builder of a machine.
 *
 * @param version as it says it
 * @param natives the platforms of the machines it runs on; a builder of several nodes has several
 * @param others platforms whose programs it says it can run too; none where it says nothing
 * @param emulators architectures that the machine has an emulator for, which count where the builder says nothing
 */
record InstalledBuilder(
        BuilderKind kind,
        String version,
        List<Platform> natives,
        List<Platform> others,
        Set<String> emulators,
        Set<Feature> features) {
    /** Whose variants are versions, the none being the first. */
    private static final Set<String> ORDERED = Set.of("amd64", "arm");

    /** What nearly every processor of today has, and a builder that lists nothing cannot tell. */
    private static final Set<String> UNTOLD = Set.of("amd64/v2", "amd64/v3");

    InstalledBuilder {
        natives = List.copyOf(natives);
        others = List.copyOf(others);
        emulators = Set.copyOf(emulators);
        features = Set.copyOf(features);
    }

    /**
     * Whether it runs a platform's programs without emulation. Processors of amd64 run those of 386; some of arm64 run those
     * of arm, and some run those of a later variant, which is believed where a builder says it and there is no emulator for
     * them.
     */
    boolean runsNatively(Platform platform) {
        return natives.stream()
                        .anyMatch(own -> isOwn(own, platform) || own.arch().equals("amd64") && is386(platform))
                || platform.arch().equals("arm")
                        && natives.stream().anyMatch(own -> own.arch().equals("arm64"))
                        && isBelieved(platform);
    }

    private boolean isOwn(Platform own, Platform platform) {
        return own.os().equals(platform.os())
                && own.arch().equals(platform.arch())
                && (own.variant().equals(platform.variant())
                        || isEarlier(platform, own)
                        || isBelieved(platform)
                        || others.isEmpty() && UNTOLD.contains(platform.arch() + "/" + platform.variant()));
    }

    /** Whether every processor that runs the one runs the other. */
    private static boolean isEarlier(Platform platform, Platform own) {
        return ORDERED.contains(own.arch()) && platform.variant().compareTo(own.variant()) < 0;
    }

    private boolean isBelieved(Platform platform) {
        return isListed(platform) && !emulators.contains(platform.arch());
    }

    private boolean isListed(Platform platform) {
        return others.stream().anyMatch(other -> other.satisfies(platform));
    }

    private static boolean is386(Platform platform) {
        return platform.os().equals("linux") && platform.arch().equals("386");
    }

    /** Whether it runs a platform's programs, emulated or not. */
    boolean runs(Platform platform) {
        return runsNatively(platform)
                || isListed(platform)
                || others.isEmpty() && platform.os().equals("linux") && emulators.contains(platform.arch());
    }

    String nativePlatforms() {
        return Platform.list(natives);
    }
}
