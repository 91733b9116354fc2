package io.jenkins.plugins.multiarch.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.build.ChildImage;
import io.jenkins.plugins.multiarch.build.IndexAssembly;
import io.jenkins.plugins.multiarch.build.IndexRequest;
import io.jenkins.plugins.multiarch.build.PublishedImage;
import io.jenkins.plugins.multiarch.build.PublishedPlatform;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
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

/** Builds, and brings what was built where it shall be: into files, into a registry, under tags. */
final class ImageBuild {
    private final Registry registry;
    private final Consumer<String> log;
    private final Built.Source source;
    private final List<Platform> platforms;
    private final List<Platform> expected;
    private final Map<String, String> annotations;
    private final List<LayoutOutput> outputs;

    /**
     * @param platforms what is built, in its order
     * @param expected the platforms that the index has to have, or none
     * @param annotations of the index and of what it says about the images
     */
    ImageBuild(
            Registry registry,
            Consumer<String> log,
            Built.Source source,
            List<Platform> platforms,
            List<Platform> expected,
            Map<String, String> annotations,
            List<LayoutOutput> outputs) {
        this.registry = registry;
        this.log = log;
        this.source = source;
        this.platforms = List.copyOf(platforms);
        this.expected = List.copyOf(expected);
        this.annotations = Map.copyOf(annotations);
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
        try (Built built = source.build()) {
            Manifest root = built.root(outputs.get(0).toString(), expected, annotations);
            if (plan) {
                outputs.forEach(output -> log.accept("Would write " + root.digest() + " to " + output + "."));
            } else {
                write(built, root);
            }
            return new Result(Optional.empty(), root.digest(), List.of(), built.platforms(), outputs);
        }
    }

    Result publish(Repository repository, List<Tag> tags) throws IOException, InterruptedException {
        try (Built built = source.build()) {
            Manifest root = built.root(repository.toString(), expected, annotations);
            write(built, root);
            List<ChildImage> pushed = built.push(repository);
            ImageRef reference = root instanceof ImageIndex
                    ? index(repository, pushed, tags)
                    : tagged(pushed.get(0).image(), tags);
            return new Result(Optional.of(reference), reference.requireDigest(), tags, built.platforms(), outputs);
        }
    }

    private ImageRef tagged(ImageRef image, List<Tag> tags) throws IOException, InterruptedException {
        if (!tags.isEmpty()) {
            new Promotion(registry, log).promote(new PromotionRequest(List.of(image), tags, List.of()));
        }
        return image;
    }

    private ImageRef index(Repository repository, List<ChildImage> images, List<Tag> tags)
            throws IOException, InterruptedException {
        List<Platform> order = expected.isEmpty() ? platforms : expected;
        return new IndexAssembly(registry, log)
                .publish(new IndexRequest(repository, images, tags, order, annotations))
                .reference();
    }

    /** Builds to know the digests, looks up the tags, and changes nothing. */
    Result plan(Repository repository, List<Tag> tags) throws IOException, InterruptedException {
        try (Built built = source.build()) {
            Manifest root = built.root(repository.toString(), expected, annotations);
            for (PublishedPlatform image : built.platforms()) {
                log.accept("Would push " + image.platform() + " as " + repository + "@" + image.digest() + ".");
            }
            Digest digest = root.digest();
            if (root instanceof ImageIndex) {
                log.accept("Would push the index " + digest + " to " + repository + ".");
            }
            for (Tag tag : tags) {
                Optional<Digest> now = registry.head(repository, tag).map(Descriptor::digest);
                log.accept("Would put tag " + tag + " on " + digest + "; it is "
                        + now.map(stands -> "on " + stands).orElse("new") + ".");
            }
            outputs.forEach(output -> log.accept("Would write " + digest + " to " + output + "."));
            return new Result(Optional.of(ImageRef.of(repository, digest)), digest, tags, built.platforms(), outputs);
        }
    }

    private void write(Built built, Manifest root) throws IOException, InterruptedException {
        for (LayoutOutput output : outputs) {
            log.accept("Wrote " + output.write(built, root).digest() + " to " + output + ".");
        }
    }
}
