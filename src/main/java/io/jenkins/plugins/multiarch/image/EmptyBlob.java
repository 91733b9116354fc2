package io.jenkins.plugins.multiarch.image;

import java.nio.charset.StandardCharsets;

/** The two bytes <code>{}</code> that stand where an artifact has nothing to say (OCI image-spec 1.1, "Empty"). */
public final class EmptyBlob {
    public static final Descriptor DESCRIPTOR = Descriptor.of(MediaTypes.OCI_EMPTY, bytes());

    private EmptyBlob() {}

    public static byte[] bytes() {
        return "{}".getBytes(StandardCharsets.US_ASCII);
    }
}
