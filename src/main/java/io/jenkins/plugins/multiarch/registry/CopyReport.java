package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Digest;

/**
 * What a copy did.
 *
 * @param digest the digest of the image, the same on both sides
 * @param manifests manifests and indexes written, those of referrers included
 * @param blobsMounted blobs the target's registry took over from another of its repositories
 * @param blobsUploaded blobs that were sent
 * @param blobsPresent blobs the target had
 * @param bytesUploaded the size of what was sent
 * @param referrers referrers and signatures written, of the image and of its parts
 */
public record CopyReport(
        Digest digest,
        int manifests,
        int blobsMounted,
        int blobsUploaded,
        int blobsPresent,
        long bytesUploaded,
        int referrers) {}
