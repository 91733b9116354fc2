package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.build.Annotation;
import io.jenkins.plugins.multiarch.build.BuildContext;
import io.jenkins.plugins.multiarch.build.BuildRequest;
import io.jenkins.plugins.multiarch.gate.GateSubject;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
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
                        + " same input gives the same digest. For several platforms the result is an index, for one the image"
                        + " itself. Prints the reference by digest.",
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

    @Option(
            names = "--builder",
            defaultValue = "auto",
            paramLabel = "BUILDER",
            description = "daemonless or auto, which is the same so far.")
    private Builder builder;

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
                    "The time of the image and its files in seconds since 1970; SOURCE_DATE_EPOCH of the environment,"
                            + " else 0, unless said.")
    private Long sourceDateEpoch;

    @Option(names = "--plan", description = "Build, but push and write nothing: say what would be.")
    private boolean plan;

    BuildVerb(Surroundings around) {
        super(around);
    }

    @Override
    void perform() throws IOException, InterruptedException {
        builder.refuseUnlessSupported();
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
        BuildRequest request = request().withAnnotations(Annotation.on(Annotation.Level.MANIFEST, parsed));
        ImageBuild build = new ImageBuild(
                registry(), plan ? planLog() : log(), request, expectedPlatforms, Annotation.forIndex(parsed), files);
        ImageBuild.Result result = image == null
                ? build.withoutRegistry(plan)
                : plan ? build.plan(image, tags) : build.publish(image, tags);
        print(result::toJson, () -> plan ? "" : result.text());
    }

    private BuildRequest request() {
        BuildRequest request = BuildRequest.of(context, platforms)
                .withBuildArgs(buildArgs)
                .withContexts(contexts)
                .withLabels(labels)
                .withCreated(created());
        BuildRequest aimed = target == null ? request : request.withTarget(target);
        return dockerfile == null ? aimed : aimed.withDockerfile(dockerfile);
    }

    private Instant created() {
        if (sourceDateEpoch != null) {
            return Instant.ofEpochSecond(sourceDateEpoch);
        }
        String text = around().environment().getOrDefault("SOURCE_DATE_EPOCH", "0");
        try {
            return Instant.ofEpochSecond(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw wrong("SOURCE_DATE_EPOCH in the environment is not a number of seconds.");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
