package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.attest.Predicate;
import io.jenkins.plugins.multiarch.attest.PredicateTypes;
import io.jenkins.plugins.multiarch.attest.Statement;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Claims of any kind, each in a file. */
final class PredicateOptions {

    @Option(
            names = "--provenance",
            paramLabel = "FILE",
            description = "How it was built: the predicate of SLSA provenance v1.")
    private Path provenance;

    @Option(names = "--predicate", paramLabel = "FILE", description = "A predicate of the type that is given.")
    private Path predicate;

    @Option(
            names = "--predicate-type",
            paramLabel = "URI",
            description = "The type of the predicate: a URI, or one of cosign's words, such as vuln.")
    private String type;

    List<Predicate> read() throws IOException {
        List<Predicate> all = new ArrayList<>();
        if (provenance != null) {
            all.add(new Predicate(PredicateTypes.PROVENANCE, BoundedFile.read(provenance, Statement.MAX_SIZE)));
        }
        if ((predicate == null) != (type == null)) {
            throw new ReleaseException(
                    "Only one of --predicate and --predicate-type was given.",
                    "Give the file and the URI of its type.");
        }
        if (predicate != null) {
            all.add(Predicate.custom(type, BoundedFile.read(predicate, Statement.MAX_SIZE)));
        }
        return all;
    }
}
