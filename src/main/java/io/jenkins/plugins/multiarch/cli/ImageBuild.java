package io.jenkins.plugins.multiarch.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.build.BuildRequest;
import io.jenkins.plugins.multiarch.build.BuiltImage;
import io.jenkins.plugins.multiarch.build.BuiltImages;
import io.jenkins.plugins.multiarch.build.ChildImage;
import io.jenkins.plugins.multiarch.build.DaemonlessBuilder;
import io.jenkins.plugins.multiarch.build.IndexAssembly;
import io.jenkins.plugins.multiarch.build.IndexRequest;
import io.jenkins.plugins.multiarch.build.PublishedImage;
import io.jenkins.plugins.multiarch.build.PublishedPlatform;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.Promotion;
import io.jenkins.plugins.multiarch.promote.PromotionRequest;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Builds, and brings what was built where it shall be: into files, into a registry, under tags. */
final class ImageBuild {
    private final Registry registry;
    private final Consumer<String> log;
    private final BuildRequest request;
    private final List<LayoutOutput> outputs;

    ImageBuild(Registry registry, Consumer<String> log, BuildRequest request, List<LayoutOutput> outputs) {
        this.registry = registry;
        this.log = log;
        this.request = request;
        this.outputs = List.copyOf(outputs);
    }

    /** What was built; where it was pushed, if it was. */
    record Result(
            Optional<ImageRef> reference,
            Digest digest,
            List<Tag> tags,
            List<PublishedPlatform> platforms,
            List<LayoutOutput> outputs) {

        ObjectNode toJson() {
            ObjectNode json = reference
                    .map(pushed -> new PublishedImage(pushed, tags, platforms).toJson())
                    .orElseGet(this::unpublished);
            ArrayNode files = json.putArray("outputs");
            outputs.forEach(output -> files.add(output.toString()));
            return json;
        }

        private ObjectNode unpublished() {
            ObjectNode json = Json.object().put("digest", digest.toString());
            ArrayNode array = json.putArray("platforms");
            platforms.forEach(platform -> array.addObject()
                    .put("platform", platform.platform().toString())
                    .put("digest", platform.digest().toString())
                    .put("size", platform.size()));
            return json;
        }

        String text() {
            return reference.map(ImageRef::toString).orElse(digest.toString());
        }
    }

    Result withoutRegistry(boolean plan) throws IOException, InterruptedException {
        try (BuiltImages built = new DaemonlessBuilder(registry, log).build(request)) {
            for (LayoutOutput output : outputs) {
                if (plan) {
                    log.accept("Would write " + root(built) + " to " + output + ".");
                }
            }
            if (!plan) {
                write(built);
            }
            return new Result(Optional.empty(), root(built), List.of(), platforms(built), outputs);
        }
    }

    Result publish(Repository repository, List<Tag> tags, List<Platform> expected)
            throws IOException, InterruptedException {
        try (BuiltImages built = new DaemonlessBuilder(registry, log).build(request)) {
            write(built);
            List<ChildImage> pushed = built.push(repository);
            ImageRef reference = built.images().size() == 1 && expected.isEmpty()
                    ? tagged(pushed.get(0).image(), tags)
                    : index(repository, pushed, tags, expected.isEmpty() ? request.platforms() : expected);
            return new Result(Optional.of(reference), reference.requireDigest(), tags, platforms(built), outputs);
        }
    }

    private ImageRef tagged(ImageRef image, List<Tag> tags) throws InterruptedException {
        if (!tags.isEmpty()) {
            new Promotion(registry, log).promote(new PromotionRequest(List.of(image), tags, List.of()));
        }
        return image;
    }

    private ImageRef index(Repository repository, List<ChildImage> images, List<Tag> tags, List<Platform> expected)
            throws IOException, InterruptedException {
        return new IndexAssembly(registry, log)
                .publish(new IndexRequest(repository, images, tags, expected, Map.of()))
                .reference();
    }

    /** Builds to know the digests, looks up the tags, and changes nothing. */
    Result plan(Repository repository, List<Tag> tags) throws IOException, InterruptedException {
        try (BuiltImages built = new DaemonlessBuilder(registry, log).build(request)) {
            for (BuiltImage image : built.images()) {
                log.accept("Would push " + image.platform() + " as " + repository + "@" + image.digest() + ".");
            }
            Digest digest = root(built);
            if (built.images().size() > 1) {
                log.accept("Would push the index " + digest + " to " + repository + ".");
            }
            for (Tag tag : tags) {
                Optional<Digest> now = registry.head(repository, tag).map(Descriptor::digest);
                log.accept("Would put tag " + tag + " on " + digest + "; it is "
                        + now.map(stands -> "on " + stands).orElse("new") + ".");
            }
            outputs.forEach(output -> log.accept("Would write " + digest + " to " + output + "."));
            return new Result(Optional.of(ImageRef.of(repository, digest)), digest, tags, platforms(built), outputs);
        }
    }

    private void write(BuiltImages built) throws IOException, InterruptedException {
        for (LayoutOutput output : outputs) {
            log.accept("Wrote " + output.write(built).digest() + " to " + output + ".");
        }
    }

    private static List<PublishedPlatform> platforms(BuiltImages built) {
        return built.images().stream()
                .map(image -> new PublishedPlatform(
                        image.platform(), image.digest(), image.manifest().bytes().length, List.of()))
                .toList();
    }

    private static Digest root(BuiltImages built) {
        List<Descriptor> images = built.images().stream()
                .map(image -> image.manifest().descriptor().withPlatform(image.platform()))
                .collect(Collectors.toList());
        return images.size() == 1
                ? images.get(0).digest()
                : ImageIndex.of(images, Map.of()).digest();
    }
}
