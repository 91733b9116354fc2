package io.jenkins.plugins.multiarch.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files that the demo leaves behind: the release for people, for programs, and for whoever trusts neither. */
final class DemoFiles {
    static final String ARCHIVE = "hello-1.0.oci.tar";
    static final String GATE_RECORD = "gate-record.json";

    private final ObjectNode release;
    private final Path archive;

    DemoFiles(ObjectNode release, Path archive) {
        this.release = release;
        this.archive = archive;
    }

    /** Writes them and gives a line about each. */
    List<String> leave(Path folder) throws IOException {
        Files.writeString(folder.resolve("release.json"), Json.pretty(release));
        Files.writeString(folder.resolve("report.html"), new ReportPage(release).html());
        Path script = folder.resolve("verify.sh");
        Files.writeString(
                script, new DemoVerifyScript(release, archive.getFileName().toString()).text());
        script.toFile().setExecutable(true, false);
        return List.of(
                "report.html        the release, to read and to print",
                "release.json       the release, for programs",
                GATE_RECORD + "   what was tested",
                "verify.sh          checks the release with skopeo and oras, which know nothing of this program",
                ARCHIVE + "  the image as an OCI archive");
    }
}
