package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Reference;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * The registries of the world as one: every call names the repository, and with it the host (OCI distribution-spec
 * 1.1).
 *
 * <p>Every method may be called from many threads, blocks until the registry has answered, ends early when its thread
 * is interrupted, and throws {@link RegistryException} for an answer that is no use.
 */
public interface Registry {

    /** What the tag or digest leads to now, or nothing where there is no such manifest or repository. */
    Optional<Manifest> find(Repository repository, Reference reference) throws InterruptedException;

    /** As {@link #find}, refusing where there is nothing. */
    default Manifest get(ImageRef image) throws InterruptedException {
        return find(image.repository(), image.reference())
                .orElseThrow(() -> new ReleaseException(
                        image + " does not exist in the registry, or you may not see it.",
                        "Check its name and tag, and the credentials used for "
                                + image.repository().registry() + "."));
    }

    /** Type, digest and size of a manifest without its bytes, or nothing where there is none. */
    Optional<Descriptor> head(Repository repository, Reference reference) throws InterruptedException;

    /**
     * Stores a manifest's bytes under a tag, or under its digest alone. Where it has a subject and the registry has no
     * referrers API, the subject's fallback tag is updated too ("Referrers Tag Schema").
     */
    void put(Repository repository, Reference reference, Manifest manifest) throws InterruptedException;

    /** Whether a tag may be set, going by what it leads to now. */
    @FunctionalInterface
    interface Expectation {
        boolean holds(Optional<Digest> now) throws InterruptedException;
    }

    /**
     * What became of setting a tag.
     *
     * @param done whether it leads to the manifest now
     * @param found what it led to before, or what it leads to where it was not set
     */
    record Swap(boolean done, Optional<Digest> found) {}

    /**
     * Looks where a tag leads and sets it where that is as expected, or leaves it. Where the registry honours conditional
     * requests nobody can come between; elsewhere somebody can, for as long as one request takes.
     */
    default Swap swap(Repository repository, Tag tag, Expectation expected, Manifest manifest)
            throws InterruptedException {
        Optional<Digest> found = head(repository, tag).map(Descriptor::digest);
        boolean stands = found.filter(manifest.digest()::equals).isPresent();
        boolean may = stands || expected.holds(found);
        if (may && !stands) {
            put(repository, tag, manifest);
        }
        return new Swap(may, found);
    }

    /** Whether the repository has this blob. */
    boolean hasBlob(Repository repository, Digest digest) throws InterruptedException;

    /**
     * A blob's content. The stream ends with an exception instead of its last byte where the content has another digest
     * or size than described; a broken connection is taken up again where it broke.
     */
    InputStream open(Repository repository, Descriptor blob) throws InterruptedException;

    /**
     * The content of a small blob.
     *
     * @param limit how many bytes the caller takes; to describe more is theirs to refuse, in words of what it should have been
     */
    default byte[] bytes(Repository repository, Descriptor blob, long limit) throws InterruptedException {
        if (blob.size() > limit) {
            throw new IllegalArgumentException(blob.digest() + " has more than " + limit + " bytes");
        }
        try (InputStream in = open(repository, blob)) {
            return in.readAllBytes();
        } catch (InterruptedIOException e) {
            throw interrupted(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A blob's content on its way into another registry, which checks the digest of all it stores: of the right size, but
     * not hashed here a second time. For any other use there is {@link #open}.
     */
    default InputStream relay(Repository repository, Descriptor blob) throws InterruptedException {
        return open(repository, blob);
    }

    /** Stores a blob unless the repository has it. */
    void push(Repository repository, Blob blob) throws InterruptedException;

    /** Stores a blob that no registry can have, such as a signature just made, without asking for it first. */
    default void pushNew(Repository repository, Blob blob) throws InterruptedException {
        push(repository, blob);
    }

    /**
     * Makes a blob of one repository one of another on the same registry without sending it.
     *
     * @return false where the registry would not, so that it has to be pushed
     */
    boolean mount(Repository target, Digest digest, Repository source) throws InterruptedException;

    /** All tags in lexical order; none where there is no such repository. */
    List<Tag> tags(Repository repository) throws InterruptedException;

    /**
     * The manifests whose subject this is, by the referrers API or the fallback tag.
     *
     * @param artifactType only those of this type, or empty for all
     */
    List<Descriptor> referrers(Repository repository, Digest subject, String artifactType) throws InterruptedException;

    /** Whether the registry lists the referrers of this repository itself, so that they have no fallback tag. */
    boolean hasReferrersApi(Repository repository) throws InterruptedException;

    /**
     * Deletes a manifest and with it every tag that leads to it. A referrer leaves its subject's fallback tag too.
     *
     * @return false where it was gone already
     */
    boolean delete(Repository repository, Digest digest) throws InterruptedException;

    /**
     * Deletes a tag and nothing else.
     *
     * @return false where it was gone already
     * @throws RegistryException with {@link RegistryException#isUnsupported()} where the registry cannot delete tags
     */
    boolean deleteTag(Repository repository, Tag tag) throws InterruptedException;

    /** An interrupt that a stream of {@link #open} had to dress as an {@link java.io.IOException}, undressed again. */
    static InterruptedException interrupted(InterruptedIOException dressed) {
        Thread.interrupted();
        InterruptedException plain = new InterruptedException(dressed.getMessage());
        plain.initCause(dressed);
        return plain;
    }
}
