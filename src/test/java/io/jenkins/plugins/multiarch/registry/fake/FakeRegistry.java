package io.jenkins.plugins.multiarch.registry.fake;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * An OCI registry (distribution-spec 1.1) on a free port of the loopback interface.
 *
 * <pre>{@code
 * try (FakeRegistry registry = FakeRegistry.start()) {
 *     Manifest image = registry.addImage("acme/app", "1.4", "linux/amd64", "linux/arm64");
 *     registry.on("PUT", "/v2/acme/app/manifests/stable").fail(Fault.status(503).retryAfter(1));
 *     ...
 *     assertThat(registry.tagged("acme/app", "stable")).contains(image.digest());
 * }
 * }</pre>
 */
public final class FakeRegistry implements AutoCloseable {
    private final Storage storage;
    private final Contents contents;
    private final Access access;
    private final FaultPlan faults = new FaultPlan();
    private final Optional<Certificates> certificates;
    private final Server blobServer;
    private final Front front;
    private final Server server;

    FakeRegistry(Settings settings, Access access, Optional<Certificates> certificates) throws IOException {
        this.storage = new Storage();
        this.contents = new Contents(storage);
        this.access = access;
        this.certificates = certificates;
        Optional<SSLContext> tls = certificates.map(Certificates::server);
        this.blobServer = Server.start(
                "localhost", tls, request -> faults.answer(request, asked -> BlobHandler.fromStorage(asked, storage)));
        String redirectedTo = settings.has(Trait.REDIRECTED_BLOBS) ? blobServer.origin() : "";
        this.front = new Front(storage, settings, access, faults, redirectedTo);
        this.server = Server.start("127.0.0.1", tls, front);
    }

    /** Starts one that is open to everybody and does what the specification says. */
    public static FakeRegistry start() {
        return builder().start();
    }

    public static FakeRegistryBuilder builder() {
        return new FakeRegistryBuilder();
    }

    /** Host and port: {@code 127.0.0.1:40123}. */
    public String address() {
        return server.address();
    }

    /** Scheme, host and port: {@code http://127.0.0.1:40123}. */
    public String url() {
        return server.origin();
    }

    /** A repository of this registry, by its path such as {@code acme/app}. */
    public Repository repository(String path) {
        return new Repository(address(), path);
    }

    /** Answers what is asked below a path, such as {@code /api/v2.0/}, by another API. */
    public void serve(String path, Api api) {
        front.serve(path, api);
    }

    /** The certificate in PEM of the authority to trust, where it speaks https. */
    public String authority() {
        return certificates.orElseThrow().authority();
    }

    /** An identity token (OAuth 2 refresh token) of a user, where it asks for tokens. */
    public String identityToken(String user) {
        return ((Tokens) access).identityToken(user);
    }

    /** Makes all access tokens worthless that have been handed out. */
    public void expireTokens() {
        ((Tokens) access).expire();
    }

    /**
     * Begins to plan a fault.
     *
     * @param method or {@code *}
     * @param path of the request without its query, {@code *} standing for any characters; a request that is refused for
     *     want of a password or token is not counted
     */
    public FaultRule on(String method, String path) {
        return new FaultRule(faults, method, path);
    }

    /** Blocks until a request hangs by a fault. */
    public void awaitHanging() throws InterruptedException {
        server.awaitHanging();
    }

    /** Lets go what hangs by a fault. */
    public void release() {
        server.release();
        blobServer.release();
    }

    /** Nothing goes wrong any more, and what hangs is let go. */
    public void heal() {
        faults.clear();
        release();
    }

    /** All requests that were answered, in that order, oldest first (the latest 200,000). */
    public List<LoggedRequest> requests() {
        return server.log().entries();
    }

    /** Those of one method whose path matches, {@code *} standing for any characters. */
    public List<LoggedRequest> requests(String method, String path) {
        String pattern = ("\\Q" + path + "\\E").replace("*", "\\E.*\\Q");
        return requests().stream()
                .filter(request ->
                        request.method().equals(method) && request.path().matches(pattern))
                .toList();
    }

    /** Requests to the storage on another host that blobs may be fetched from. */
    public List<LoggedRequest> storageRequests() {
        return blobServer.log().entries();
    }

    public void clearRequests() {
        server.log().clear();
        blobServer.log().clear();
    }

    /** How many uploads have been begun and neither finished nor cancelled. */
    public int uploadsUnderWay() {
        return storage.uploadsUnderWay();
    }

    /** Makes an empty repository, where it does not make them by itself ({@link Trait#NO_AUTO_CREATION}). */
    public void addRepository(String path) {
        storage.create(path);
    }

    /**
     * Adds an image: one platform's manifest, or an OCI index of several. Its content follows from tag and platforms alone,
     * so other tags are other images.
     */
    public Manifest addImage(String repository, String tag, String... platforms) {
        return contents.addImage(repository, tag, platforms);
    }

    /** Adds the manifest, configuration and layer of one platform without a tag. */
    public ImageManifest addImageManifest(String repository, String content, String platform) {
        return contents.addImageManifest(repository, content, platform);
    }

    /** Adds and tags an OCI index of what the repository has. */
    public ImageIndex addIndex(String repository, String tag, Descriptor... manifests) {
        return contents.addIndex(repository, tag, List.of(manifests));
    }

    /** Adds a referrer of a manifest: an artifact of this type whose layer has this content. */
    public ImageManifest addReferrer(String repository, Manifest subject, String artifactType, String content) {
        return contents.addReferrer(repository, subject, artifactType, content);
    }

    /** Adds a manifest as it is, unchecked. */
    public <M extends Manifest> M addManifest(String repository, M manifest) {
        return contents.addManifest(repository, manifest);
    }

    /** Adds these bytes as a manifest under a tag, whatever they are; their sha256 is their digest. */
    public Digest addManifest(String repository, String tag, String mediaType, byte[] bytes) {
        return contents.addManifest(repository, tag, mediaType, bytes);
    }

    public Descriptor addBlob(String repository, String mediaType, byte[] content) {
        return contents.addBlob(repository, mediaType, content);
    }

    public void tag(String repository, String tag, Digest digest) {
        storage.create(repository).tag(tag, digest);
    }

    /** Removes a tag alone, behind everybody's back. */
    public void untag(String repository, String tag) {
        storage.find(repository).ifPresent(found -> found.tags().remove(tag));
    }

    /** What a tag leads to. */
    public Optional<Digest> tagged(String repository, String tag) {
        return storage.find(repository).map(found -> found.tags().get(tag));
    }

    /** All tags in lexical order. */
    public List<String> tags(String repository) {
        return storage.find(repository)
                .map(found -> List.copyOf(found.tags().keySet()))
                .orElse(List.of());
    }

    /** Digests of all manifests of a repository, sorted. */
    public List<Digest> manifests(String repository) {
        return storage.find(repository).map(StoredRepository::digests).orElse(List.of());
    }

    /** A manifest's bytes. */
    public Optional<byte[]> manifest(String repository, Digest digest) {
        return storage.find(repository).flatMap(found -> found.manifest(digest)).map(StoredManifest::bytes);
    }

    public boolean hasBlob(String repository, Digest digest) {
        return storage.find(repository)
                .filter(found -> found.blobs().containsKey(digest))
                .isPresent();
    }

    /** Removes a blob behind everybody's back, as a storage that lost it. */
    public void loseBlob(String repository, Digest digest) {
        storage.create(repository).blobs().remove(digest);
    }

    /** Removes a manifest and its tags behind everybody's back. */
    public void loseManifest(String repository, Digest digest) {
        storage.create(repository).remove(digest);
    }

    @Override
    public void close() {
        server.close();
        blobServer.close();
        storage.close();
    }
}
