package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.build.Annotation;
import io.jenkins.plugins.multiarch.builder.BuildPlan;
import io.jenkins.plugins.multiarch.builder.BuilderKind;
import io.jenkins.plugins.multiarch.builder.Cache;
import io.jenkins.plugins.multiarch.config.AgentLabels;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** The arguments of buildMultiArch while they are read, into what they mean. */
final class BuildArguments {
    private static final List<Platform> PLATFORMS =
            List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64"));

    /** The end of the year 9999; what comes after cannot be written into an image's configuration (RFC 3339). */
    private static final long LAST_TIME = 253_402_300_799L;

    private final BuildMultiArchStep step;
    private final BuildOrder.Surroundings surroundings;
    private final AgentLabels agents;
    private final List<Platform> platforms;
    private final List<Platform> optional;
    private final boolean published;
    private final Unavailable unavailable;

    BuildArguments(BuildMultiArchStep step, BuildOrder.Surroundings surroundings) {
        this.step = step;
        this.surroundings = surroundings;
        this.agents = new AgentLabels(StepArguments.pairs(step.getAgents(), "agents", "linux/arm64=arch-arm64"))
                .orElse(surroundings.agents());
        List<Platform> asked = Platform.parseAll(step.getPlatforms());
        this.platforms = asked.isEmpty() ? PLATFORMS : asked;
        this.optional = Platform.parseAll(step.getOptionalPlatforms());
        this.published = isPublished();
        this.unavailable = Unavailable.parse(step.getOnUnavailable());
    }

    private boolean isPublished() {
        Boolean publish = step.getPublish();
        if (Boolean.TRUE.equals(publish) && surroundings.change()) {
            throw new ReleaseException(
                    "This build is of a pull request, and publish is true.",
                    "Leave publish out: builds of pull requests publish nothing, all others do.");
        }
        boolean wanted = publish == null ? !surroundings.change() : publish;
        return wanted && (step.getOutputs().isEmpty() || step.getOutputs().contains(Outputs.REGISTRY));
    }

    private Outputs outputs(Variant variant) {
        return Outputs.parse(variant.in(step.getOutputs()));
    }

    BuildOrder order() {
        refuseUnclear();
        List<Variant> variants =
                step.getVariants().isEmpty() ? List.of(Variant.none()) : Variant.parseAll(step.getVariants());
        List<OrderedImage> images = new ArrayList<>();
        List<BuildCell> cells = new ArrayList<>();
        Set<String> targets = new HashSet<>();
        for (Variant variant : variants) {
            OrderedImage image = image(variant);
            targets(variant, image).forEach(target -> refuseSame(target, targets));
            images.add(image);
            platforms.forEach(platform -> cells.add(cell(variant, image, platform)));
        }
        return new BuildOrder(List.copyOf(images), List.copyOf(cells), published);
    }

    private void refuseUnclear() {
        StepArguments.required(step.getImage(), "image", "ghcr.io/acme/app");
        for (Platform platform : optional) {
            if (!platforms.contains(platform)) {
                throw new ReleaseException(
                        platform + " is optional, and is not built.",
                        "Add it to platforms, or take it from optionalPlatforms.");
            }
        }
        refuseUnless(step.getWaitMinutes() > 0, "waitMinutes", step.getWaitMinutes(), "60");
        refuseUnless(step.getRetries() >= 0 && step.getRetries() <= 20, "retries", step.getRetries(), "2");
        refuseUnless(step.getAtOnce() >= 0, "atOnce", step.getAtOnce(), "4");
        Long time = step.getSourceDateEpoch();
        refuseUnless(time == null || time >= 0 && time <= LAST_TIME, "sourceDateEpoch", time, "1700000000");
        if (unavailable == Unavailable.EMULATE && agents.fallback().isEmpty()) {
            throw new ReleaseException(
                    "onUnavailable is emulate, and agents has no default.",
                    "Give the label of the agents that emulate, as in default=linux.");
        }
    }

    private static void refuseUnless(boolean allowed, String argument, @CheckForNull Number value, String example) {
        if (!allowed) {
            throw new ReleaseException(
                    "The argument " + argument + " is " + value + ", which is out of its range.",
                    "Write a number such as " + example + ".");
        }
    }

    private OrderedImage image(Variant variant) {
        String repository =
                StepArguments.repository(variant.in(step.getImage())).toString();
        Annotations annotations = annotations(variant);
        List<Platform> expected = Platform.parseAll(step.getExpectedPlatforms());
        return new OrderedImage(
                variant.name(),
                repository,
                Tag.parseAll(variant.in(step.getTags())),
                expected,
                platforms,
                optional,
                annotations.index(),
                outputs(variant).archive());
    }

    private Annotations annotations(Variant variant) {
        return Annotations.of(variant.in(StepArguments.pairs(step.getAnnotations())));
    }

    /** What another variant would overwrite: tags in its repository, and what is kept with the build. */
    private Stream<String> targets(Variant variant, OrderedImage image) {
        Outputs outputs = outputs(variant);
        return Stream.of(
                        published
                                ? image.tags().stream().map(tag -> image.repository() + ":" + tag)
                                : Stream.<String>empty(),
                        outputs.archive().map(name -> "oci-archive:" + name).stream(),
                        outputs.folder().map(name -> "local:" + name).stream())
                .flatMap(target -> target);
    }

    private static void refuseSame(String target, Set<String> others) {
        if (!others.add(target)) {
            throw new ReleaseException(
                    "Two variants are to become " + target + ".",
                    "Name the values of the variants in it, as in {runtime}-{python}.");
        }
    }

    private BuildCell cell(Variant variant, OrderedImage image, Platform platform) {
        String slug = (variant.name().isEmpty() ? "" : variant.name() + "-") + platform.slug();
        return new BuildCell(
                surroundings.id() + "-" + slug.replaceAll("[^A-Za-z0-9_.-]", "_"),
                variant.name().isEmpty() ? platform.toString() : variant.name() + " " + platform,
                image.repository(),
                plan(variant, platform),
                placement(platform),
                new BuildCell.Delivery(
                        published ? image.repository() : "",
                        Optional.ofNullable(step.getCredentialsId()).orElse(""),
                        image.archive().orElse(""),
                        outputs(variant).folder().orElse("")),
                secrets(variant),
                step.build() != null);
    }

    private BuildCell.Placement placement(Platform platform) {
        String label = agents.of(platform).orElse("");
        if (label.isEmpty() && !surroundings.inside()) {
            throw new ReleaseException(
                    "Nothing says which agents build " + platform + ".",
                    "Give their label, as in agents: ['" + platform + "': 'arch-" + platform.arch()
                            + "'], or have it set once for all jobs in the global configuration.");
        }
        return new BuildCell.Placement(
                label, agents.fallback().orElse(""), unavailable, optional.contains(platform), step.getWaitMinutes());
    }

    private BuildPlan plan(Variant variant, Platform platform) {
        return new BuildPlan(
                variant.name(),
                platform,
                text(variant, step.getContext(), "."),
                text(variant, step.getDockerfile(), ""),
                Optional.ofNullable(step.getTarget()).map(variant::in),
                variant.in(StepArguments.pairs(step.getBuildArgs(), "buildArgs", "VERSION=1.4.2")),
                surroundings.secrets().apply(secrets(variant)),
                variant.in(StepArguments.pairs(step.getContexts(), "contexts", "assets=build/assets")),
                baseImages(variant),
                variant.in(StepArguments.pairs(step.getPrebuilt(), "prebuilt", "linux/amd64=out/amd64")),
                variant.in(StepArguments.pairs(step.getLabels(), "labels", "org.opencontainers.image.version=1.4.2")),
                annotations(variant).manifest(),
                text(variant, step.getNetwork(), ""),
                cache(variant),
                step.isFresh(),
                Optional.ofNullable(step.getBuilder()).flatMap(BuilderKind::parse),
                step.isEmulate(),
                step.getSourceDateEpoch() == null ? OptionalLong.empty() : OptionalLong.of(step.getSourceDateEpoch()),
                List.of());
    }

    private Map<String, String> secrets(Variant variant) {
        return variant.in(StepArguments.pairs(step.getSecrets(), "secrets", "npm=npm-token"));
    }

    private static String text(Variant variant, String given, String otherwise) {
        return given == null ? otherwise : variant.in(given);
    }

    private Map<String, ImageRef> baseImages(Variant variant) {
        Map<String, ImageRef> exact = new LinkedHashMap<>();
        variant.in(StepArguments.pairs(step.getBaseImages(), "baseImages", "base=ghcr.io/acme/base@sha256:…"))
                .forEach((name, reference) -> exact.put(name, ImageRef.parse(reference)));
        return exact;
    }

    /** A pull request reads a cache and never writes one. */
    private Optional<Cache> cache(Variant variant) {
        return Optional.ofNullable(step.getCache())
                .map(cache -> new Cache(
                        variant.in(StepArguments.required(
                                cache.getReference(), "reference of the cache", "ghcr.io/acme/build-cache")),
                        Optional.ofNullable(cache.getMode()).orElse("max"),
                        cache.isRead() && !step.isFresh(),
                        cache.isWrite() && !surroundings.change()));
    }

    /** What is said about the index and its entries, and what about each image; without a level, about index and images. */
    private record Annotations(Map<String, String> index, Map<String, String> manifest) {
        private static final String BOTH = "index,manifest:";

        static Annotations of(Map<String, String> given) {
            Map<String, String> levelled = new LinkedHashMap<>();
            given.forEach((key, value) -> levelled.put(key.contains(":") ? key : BOTH + key, value));
            List<Annotation> all = Annotation.parseAll(levelled, Annotation.Level.INDEX);
            return new Annotations(Annotation.forIndex(all), Annotation.on(Annotation.Level.MANIFEST, all));
        }
    }
}
