package io.jenkins.plugins.multiarch.registry.fake;

/** One way in which a registry differs from the plainest reading of the distribution-spec. */
public enum Trait {
    /** GET of referrers is 404 in plain text, and no answer carries {@code OCI-Subject}. */
    NO_REFERRERS_API,
    /** {@code artifactType} of a referrers request is ignored. */
    NO_REFERRERS_FILTER,
    /** Nothing can be deleted: 405 UNSUPPORTED. */
    DELETE_DISABLED,
    /** A tag cannot be deleted: 405 UNSUPPORTED. */
    TAG_DELETE_UNSUPPORTED,
    /** A tag cannot be deleted: 400 DIGEST_INVALID, as docker-registry says it. */
    TAG_DELETE_INVALID,
    /** A manifest that has a tag, or is listed by an index, cannot be deleted: 403 DENIED. */
    DELETE_UNREFERENCED_ONLY,
    /** A manifest that an index lists cannot be deleted: 400 ImageReferencedByManifestList. */
    CHILDREN_PROTECTED,
    /** A manifest goes with its last tag. */
    LAST_TAG_TAKES_MANIFEST,
    /** A tag that exists cannot be moved: 400 TAG_INVALID. */
    IMMUTABLE_TAGS,
    /** Tags come all at once and unsorted, whatever {@code n} and {@code last} say; {@code null} where all are gone. */
    UNPAGED_TAGS,
    /** OCI manifests are 404 unless their type is in Accept; Docker's are converted to what is in Accept. */
    EXACT_ACCEPT,
    /** A blob in a single POST is not taken: 202, as if none had been sent. */
    NO_SINGLE_POST,
    /** Chunks are appended whatever their Content-Range says. */
    UNCHECKED_CONTENT_RANGE,
    /** Blobs pushed by sha512 are stored by sha256 alone. */
    SHA256_ONLY,
    /** {@code Location} and {@code Link} are whole addresses; otherwise they are paths. */
    ABSOLUTE_ADDRESSES,
    /** Mounting is never done: 202. */
    NO_MOUNT,
    /** A repository has to be made before something is pushed to it: 404 NAME_UNKNOWN. */
    NO_AUTO_CREATION,
    /** If-Match and If-None-Match decide whether a manifest is put: 412. */
    CONDITIONAL_PUT,
    /** Of the two, If-Match is ignored. */
    IF_MATCH_IGNORED,
    /** Blobs are fetched from a storage on another host, where no Authorization may be shown. */
    REDIRECTED_BLOBS,
    /** Range requests are answered with the whole blob. */
    NO_RANGES,
    /** The token endpoint answers {@code token} alone, without {@code access_token} and {@code expires_in}. */
    TOKEN_ONLY,
    /** Answers to GET of a manifest tell the pull limit. */
    RATE_LIMIT_HEADERS
}
