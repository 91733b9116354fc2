package io.jenkins.plugins.multiarch.image;

import java.util.Optional;

/**
 * Which image: a repository with a tag, a digest, both or neither, written {@code ghcr.io/acme/app:1.4@sha256:…}.
 *
 * <p>Where a digest is given it decides and the tag is a remark, as in every container tool.
 */
public record ImageRef(Repository repository, Optional<Tag> tag, Optional<Digest> digest) {

    /** Reads what a Jenkinsfile or a command line says. */
    public static ImageRef parse(String text) {
        String reference = text.strip();
        refuseUnlessPlain(reference);
        int at = reference.indexOf('@');
        Optional<Digest> digest = at < 0 ? Optional.empty() : Optional.of(Digest.parse(reference.substring(at + 1)));
        String named = at < 0 ? reference : reference.substring(0, at);
        int colon = named.lastIndexOf(':');
        boolean tagged = colon > named.lastIndexOf('/');
        return new ImageRef(
                Repository.parse(tagged ? named.substring(0, colon) : named),
                tagged ? Optional.of(Tag.parse(named.substring(colon + 1))) : Optional.empty(),
                digest);
    }

    private static void refuseUnlessPlain(String reference) {
        if (reference.isEmpty()) {
            throw new ReleaseException("The image reference is empty.", "Write one, as in ghcr.io/acme/app:1.4.");
        }
        int scheme = reference.indexOf("://");
        if (scheme >= 0) {
            throw new ReleaseException(
                    "'" + Shown.of(reference) + "' is an address, not an image reference.",
                    "Leave out '" + Shown.of(reference.substring(0, scheme + 3)) + "', as in ghcr.io/acme/app:1.4.");
        }
    }

    public static ImageRef of(Repository repository, Reference reference) {
        if (reference instanceof Digest digest) {
            return new ImageRef(repository, Optional.empty(), Optional.of(digest));
        }
        return new ImageRef(repository, Optional.of((Tag) reference), Optional.empty());
    }

    /** What to ask the registry for: the digest if there is one, else the tag, else {@code latest}. */
    public Reference reference() {
        return digest.<Reference>map(d -> d).orElseGet(() -> tag.orElse(Tag.LATEST));
    }

    /** This image, pinned to a digest and without the tag. */
    public ImageRef at(Digest pinned) {
        return of(repository, pinned);
    }

    /** The digest, or a refusal for those who need to know exactly which bytes are meant. */
    public Digest requireDigest() {
        return digest.orElseThrow(() -> new ReleaseException(
                "'" + this + "' has no digest, so what it names may change at any time.",
                "Add the digest that was built or tested, as in " + repository + "@sha256:…."));
    }

    @Override
    public String toString() {
        return repository
                + tag.map(t -> ":" + t).orElse("")
                + digest.map(d -> "@" + d).orElse("");
    }
}
