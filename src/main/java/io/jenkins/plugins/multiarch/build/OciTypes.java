package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import java.util.Map;

/** OCI's names of Docker's layer types: the same bytes, so that layers of a Docker base can stand in an OCI manifest. */
final class OciTypes {
    private static final Map<String, String> OF_DOCKER = Map.of(
            MediaTypes.DOCKER_LAYER_GZIP,
            MediaTypes.OCI_LAYER_GZIP,
            "application/vnd.docker.image.rootfs.diff.tar",
            MediaTypes.OCI_LAYER,
            "application/vnd.docker.image.rootfs.diff.tar.zstd",
            MediaTypes.OCI_LAYER_ZSTD,
            "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
            "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip");

    private OciTypes() {}

    static Descriptor layer(Descriptor layer) {
        String type = OF_DOCKER.getOrDefault(layer.mediaType(), layer.mediaType());
        return new Descriptor(
                type,
                layer.digest(),
                layer.size(),
                layer.artifactType(),
                layer.platform(),
                layer.annotations(),
                layer.urls());
    }
}
