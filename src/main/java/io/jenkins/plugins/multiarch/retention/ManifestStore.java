package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.List;
import java.util.Optional;

/**
 * How manifests are listed and deleted at one kind of registry: by the plain OCI calls, or by an API of the provider's own.
 *
 * <p>Methods may be called from many threads and block until the provider has answered.
 */
public interface ManifestStore {

    /** How it is called in messages, such as {@code GitHub Packages}. */
    String name();

    /**
     * Every manifest of a repository, tagged or not, with all pages read.
     *
     * @return nothing where only tags can be listed, as in a plain registry
     */
    Optional<List<StoredManifest>> list(Repository repository) throws InterruptedException;

    /**
     * The tagged manifests and when their tags were set, of a provider that lists no others.
     *
     * @return nothing where {@link #list} has all, or where the provider tells no more than tags
     */
    default Optional<List<StoredManifest>> tagged(Repository repository) throws InterruptedException {
        return Optional.empty();
    }

    /**
     * Deletes manifests with their tags. One that another tag leads to by now is kept, as far as the provider tells.
     *
     * @param manifests none of which lists another; what lists them is deleted already
     * @return what became of each, in the same order; one that fails does not stop the others
     * @throws io.jenkins.plugins.multiarch.image.ReleaseException if nothing can be deleted there at all, such as with this
     *     credential
     */
    List<Removal> delete(Repository repository, List<DoomedManifest> manifests) throws InterruptedException;

    /**
     * Whether with an index all that it lists is deleted too, where that has no tag and nothing else lists it; and with an
     * image its signatures. What is to stay has to be kept by keeping what it would go with.
     */
    default boolean deletesWhatIsListed() {
        return false;
    }

    /**
     * Takes a tag off a manifest that stays, with its other tags.
     *
     * @param stays what the tag led to; where it leads to anything else by now it is kept
     */
    Removal untag(Repository repository, Tag tag, Digest stays) throws InterruptedException;

    /**
     * Brings a deleted manifest back by the provider's own means, with the tags that it had.
     *
     * @return false where it has none, or it is too late for them, so that the manifest has to be put back
     */
    boolean restore(Repository repository, Digest digest) throws InterruptedException;

    /** Who may pull from a repository; nothing where that cannot be asked. */
    Optional<Visibility> visibility(Repository repository) throws InterruptedException;

    /** Who may pull. */
    enum Visibility {
        PUBLIC,
        /** All of an organisation. */
        INTERNAL,
        PRIVATE
    }
}
