package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.build.Annotation;
import io.jenkins.plugins.multiarch.build.BuildContext;
import io.jenkins.plugins.multiarch.build.BuildRequest;
import io.jenkins.plugins.multiarch.build.DaemonlessBuilder;
import io.jenkins.plugins.multiarch.gate.GateSubject;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Builds an image from a Dockerfile for several platforms. */
@Command(
        name = "build",
        header = "Builds an image for several platforms and pushes it by digest.",
        description =
                "The daemonless builder does whatever needs no command to run (no RUN), for any platform on any machine; the"
                        + " same input gives the same digest. With --builder others build it, those that this machine has. For"
                        + " several platforms the result is an index, for one the image itself. Prints the reference by"
                        + " digest.",
        footer = {
            "  multiarch-release build --image ghcr.io/acme/app --platforms linux/amd64,linux/arm64 --tags 1.4",
            "  multiarch-release build --platforms linux/arm64 --context app --output oci-archive:app.tar"
        })
final class BuildVerb extends Verb {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--image",
            paramLabel = "REPOSITORY",
            description = "Where to push, as in ghcr.io/acme/app; may be left out with --output.")
    private Repository image;

    @Option(
            names = "--platforms",
            required = true,
            split = ",",
            paramLabel = "PLATFORM",
            description = "The platforms to build for, as in linux/amd64,linux/arm64.")
    private List<Platform> platforms;

    @Option(
            names = "--context",
            defaultValue = ".",
            paramLabel = "FOLDER",
            description = "The folder that COPY and ADD copy from; this one unless said.")
    private Path context;

    @Option(
            names = "--dockerfile",
            paramLabel = "FILE",
            description = "The Dockerfile; Dockerfile in the context unless said.")
    private Path dockerfile;

    @Option(names = "--target", paramLabel = "STAGE", description = "The stage to build; the last unless said.")
    private String target;

    @Option(names = "--build-arg", paramLabel = "NAME=VALUE", description = "A value for an ARG. May be repeated.")
    private Map<String, String> buildArgs = new LinkedHashMap<>();

    @Option(
            names = "--build-context",
            paramLabel = "NAME=SOURCE",
            description = "What a name in FROM or --from stands for: a folder, docker-image://REFERENCE or"
                    + " oci-layout://FOLDER[:TAG]. May be repeated.")
    private Map<String, BuildContext> contexts = new LinkedHashMap<>();

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "A label of the image. May be repeated.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--annotation",
            paramLabel = "KEY=VALUE",
            description =
                    "An annotation of each platform's manifest; with index: or manifest-descriptor: before the key"
                            + " of the index, or of what it says about each image. May be repeated.")
    private Map<String, String> annotations = new LinkedHashMap<>();

    @Mixin
    private EngineOptions engine;

    @Option(names = "--tags", split = ",", paramLabel = "TAG", description = "Tags to set when all is pushed.")
    private List<Tag> tags = new ArrayList<>();

    @Option(
            names = "--expected-platforms",
            split = ",",
            paramLabel = "PLATFORM",
            description = "Platforms the index has to have, no more and no fewer; those built unless said.")
    private List<Platform> expectedPlatforms = new ArrayList<>();

    @Option(
            names = "--output",
            paramLabel = "oci:FOLDER|oci-archive:FILE",
            description = "Write the image there too, as an OCI image layout; with :NAME behind to name it. May be"
                    + " repeated.")
    private List<GateSubject> outputs = new ArrayList<>();

    @Option(
            names = "--source-date-epoch",
            paramLabel = "SECONDS",
            description =
                    "The time of the image and its files in seconds since 1970; SOURCE_DATE_EPOCH of the environment unless"
                            + " said, else 0 with the builder daemonless, and the time of the build with others.")
    private Long sourceDateEpoch;

    @Option(names = "--plan", description = "Build, but push and write nothing: say what would be.")
    private boolean plan;

    BuildVerb(Surroundings around) {
        super(around);
    }

    @Override
    void perform() throws IOException, InterruptedException {
        List<LayoutOutput> files = new ArrayList<>();
        for (GateSubject output : outputs) {
            files.add(LayoutOutput.of(output)
                    .orElseThrow(
                            () -> wrong("'" + output + "' is not an output. Write oci:FOLDER or oci-archive:FILE.")));
        }
        if (image == null && (files.isEmpty() || !tags.isEmpty())) {
            throw wrong("Say where the image goes: --image for a registry (tags need it), --output for a file.");
        }
        List<Annotation> parsed = Annotation.parseAll(annotations, Annotation.Level.MANIFEST);
        Map<String, String> ofManifest = Annotation.on(Annotation.Level.MANIFEST, parsed);
        Registry registry = registry();
        Consumer<String> log = plan ? planLog() : log();
        Built.Source source = engine.isPlain()
                ? () -> new DaemonlessBuilt(new DaemonlessBuilder(registry, log).build(request(ofManifest)))
                : engines(ofManifest).source(around(), registry, log);
        List<Platform> built = platforms.stream().distinct().toList();
        ImageBuild build =
                new ImageBuild(registry, log, source, built, expectedPlatforms, Annotation.forIndex(parsed), files);
        ImageBuild.Result result = image == null
                ? build.withoutRegistry(plan)
                : plan ? build.plan(image, tags) : build.publish(image, tags);
        print(result::toJson, () -> plan ? "" : result.text());
    }

    private BuildRequest request(Map<String, String> ofManifest) {
        Map<String, BuildContext> named = new LinkedHashMap<>(contexts);
        engine.bases().forEach((name, base) -> named.put(name, new BuildContext.RegistryImage(base)));
        BuildRequest request = BuildRequest.of(context, platforms)
                .withBuildArgs(buildArgs)
                .withContexts(named)
                .withLabels(labels)
                .withAnnotations(ofManifest)
                .withCreated(Instant.ofEpochSecond(created().orElse(0)));
        BuildRequest aimed = target == null ? request : request.withTarget(target);
        return dockerfile == null ? aimed : aimed.withDockerfile(dockerfile);
    }

    private EnginePlans engines(Map<String, String> ofManifest) {
        return new EnginePlans(
                platforms.stream().distinct().toList(),
                context,
                Optional.ofNullable(dockerfile),
                Optional.ofNullable(target),
                buildArgs,
                contexts,
                labels,
                ofManifest,
                created(),
                engine);
    }

    private OptionalLong created() {
        if (sourceDateEpoch != null) {
            return OptionalLong.of(sourceDateEpoch);
        }
        String text = around().environment().getOrDefault("SOURCE_DATE_EPOCH", "");
        try {
            return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw wrong("SOURCE_DATE_EPOCH in the environment is not a number of seconds.");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
