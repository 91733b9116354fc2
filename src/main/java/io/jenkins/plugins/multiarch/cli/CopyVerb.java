package io.jenkins.plugins.multiarch.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.CopyReport;
import io.jenkins.plugins.multiarch.registry.CopyScope;
import io.jenkins.plugins.multiarch.registry.ImageCopy;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies one image to another repository or registry. */
@Command(
        name = "copy",
        header = "Copies an image, byte for byte, to another repository or registry.",
        description =
                "All platforms come along, and with --referrers also what was said about the image and its parts: signatures,"
                        + " attestations, SBOMs. What is there already is not sent. Prints the copy's reference by digest.",
        footer = "  multiarch-release copy ghcr.io/acme/app:1.4 registry.example.com/mirror/app:1.4 --referrers")
final class CopyVerb extends Verb {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "The image, by tag or digest.")
    private ImageRef source;

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            description = "The repository to copy to, with a tag to set one; without, the copy has its digest alone.")
    private ImageRef target;

    @Option(names = "--referrers", description = "Copy referrers and signatures too.")
    private boolean referrers;

    CopyVerb(Surroundings around) {
        super(around);
    }

    @Override
    void perform() throws IOException, InterruptedException {
        if (target.digest().isPresent()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The target '" + target + "' has a digest, but the copy has that of the source. Leave it out.");
        }
        List<Tag> tags = target.tag().stream().toList();
        CopyReport report = new ImageCopy(registry(), log())
                .copy(
                        source.repository(),
                        source.reference(),
                        target.repository(),
                        tags,
                        referrers ? CopyScope.REFERRERS : CopyScope.IMAGE);
        ImageRef copy = target.at(report.digest());
        print(() -> json(copy, tags, report), copy::toString);
    }

    private static ObjectNode json(ImageRef copy, List<Tag> tags, CopyReport report) {
        ObjectNode json = Json.object();
        json.put("reference", copy.toString());
        json.put("repository", copy.repository().toString());
        json.put("digest", report.digest().toString());
        tags.stream().map(Tag::name).forEach(json.putArray("tags")::add);
        json.put("manifests", report.manifests());
        json.put("referrers", report.referrers());
        json.put("blobsMounted", report.blobsMounted());
        json.put("blobsUploaded", report.blobsUploaded());
        json.put("blobsPresent", report.blobsPresent());
        json.put("bytesUploaded", report.bytesUploaded());
        return json;
    }
}
