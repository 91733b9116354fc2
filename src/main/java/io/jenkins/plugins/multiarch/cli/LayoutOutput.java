package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.gate.GateSubject;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.layout.OciLayoutWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** An OCI image layout to write, named as the gate and skopeo name it. */
record LayoutOutput(boolean archive, Path path, String name) {

    /** Nothing where the subject is no image layout. */
    static Optional<LayoutOutput> of(GateSubject subject) {
        return subject instanceof GateSubject.InLayout layout
                ? Optional.of(new LayoutOutput(layout.transport().equals("oci-archive"), layout.path(), layout.name()))
                : Optional.empty();
    }

    /** Writes an image and gives what its name leads to. */
    Descriptor write(Built images, Manifest root) throws IOException, InterruptedException {
        try (OciLayoutWriter writer = archive ? OciLayoutWriter.archive(path) : OciLayoutWriter.folder(path)) {
            Descriptor written = images.write(writer, root, name);
            writer.finish();
            return written;
        }
    }

    @Override
    public String toString() {
        return (archive ? "oci-archive:" : "oci:") + path + (name.isEmpty() ? "" : ":" + name);
    }
}
