package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Reference;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Registries reached over HTTP by the JDK's own client. Made by {@link #builder()}; keep one for a whole release. */
public final class HttpRegistry implements Registry {
    private final Transport transport;
    private final Endpoints endpoints;
    private final Manifests manifests;
    private final BlobPull pull;
    private final BlobPush push;
    private final TagList tags;
    private final Referrers referrers;
    private final ApiClient api;

    HttpRegistry(HttpRegistryBuilder settings) {
        Wire wire = new Wire(settings.client(), settings.limits(), settings.budget());
        this.transport = new Transport(wire, settings.backoff(), settings.credentials());
        this.endpoints = new Endpoints(wire, settings.plainHttp());
        this.api = new ApiClient(wire, endpoints, settings.backoff());
        Pages pages = new Pages(transport);
        this.manifests = new Manifests(transport, endpoints);
        this.pull = new BlobPull(transport, endpoints, settings.progress(), settings.slice());
        this.push = new BlobPush(transport, endpoints, pull, settings.progress(), settings.chunk());
        this.tags = new TagList(pages, endpoints);
        this.referrers = new Referrers(pages, endpoints, new FallbackTag(manifests, settings.backoff()));
    }

    public static HttpRegistryBuilder builder() {
        return new HttpRegistryBuilder();
    }

    @Override
    public Optional<Manifest> find(Repository repository, Reference reference) throws InterruptedException {
        return manifests.find(repository, reference).map(Manifests.Found::manifest);
    }

    @Override
    public Optional<Descriptor> head(Repository repository, Reference reference) throws InterruptedException {
        return manifests.head(repository, reference);
    }

    @Override
    public void put(Repository repository, Reference reference, Manifest manifest) throws InterruptedException {
        boolean noted = manifests.put(repository, reference, manifest);
        if (manifest.subject().isPresent() && noted) {
            referrers.noted(repository);
        } else if (manifest.subject().isPresent()) {
            referrers.added(repository, manifest, manifest.subject().get());
        }
    }

    /** What has a subject is put the plain way, for its subject's list of referrers. */
    @Override
    public Swap swap(Repository repository, Tag tag, Expectation expected, Manifest manifest)
            throws InterruptedException {
        return manifest.subject().isPresent()
                ? Registry.super.swap(repository, tag, expected, manifest)
                : new TagSwap(manifests).swap(repository, tag, expected, manifest);
    }

    @Override
    public boolean hasBlob(Repository repository, Digest digest) throws InterruptedException {
        return pull.exists(repository, digest);
    }

    @Override
    public InputStream open(Repository repository, Descriptor blob) throws InterruptedException {
        return pull.open(repository, blob);
    }

    @Override
    public InputStream relay(Repository repository, Descriptor blob) throws InterruptedException {
        return pull.relay(repository, blob);
    }

    @Override
    public void push(Repository repository, Blob blob) throws InterruptedException {
        push.push(repository, blob);
    }

    @Override
    public void pushNew(Repository repository, Blob blob) throws InterruptedException {
        push.pushNew(repository, blob);
    }

    @Override
    public boolean mount(Repository target, Digest digest, Repository source) throws InterruptedException {
        return target.registry().equals(source.registry()) && push.mount(target, digest, source);
    }

    @Override
    public List<Tag> tags(Repository repository) throws InterruptedException {
        return tags.of(repository);
    }

    @Override
    public List<Descriptor> referrers(Repository repository, Digest subject, String artifactType)
            throws InterruptedException {
        return referrers.of(repository, subject, artifactType);
    }

    @Override
    public boolean hasReferrersApi(Repository repository) throws InterruptedException {
        return referrers.hasApi(repository);
    }

    @Override
    public boolean delete(Repository repository, Digest digest) throws InterruptedException {
        Optional<Descriptor> subject = referrers.hasApi(repository)
                ? Optional.empty()
                : find(repository, digest).flatMap(Manifest::subject);
        boolean deleted = manifests.delete(repository, digest);
        if (subject.isPresent()) {
            referrers.removed(repository, digest, subject.get());
        }
        return deleted;
    }

    @Override
    public boolean deleteTag(Repository repository, Tag tag) throws InterruptedException {
        try {
            return manifests.delete(repository, tag);
        } catch (RegistryException e) {
            throw e.status() == 400 ? RegistryErrors.cannotDeleteTags(repository, tag, e) : e;
        }
    }

    /** Who finds out what a registry really does. */
    public RegistryDoctor doctor() {
        return new RegistryDoctor(transport, endpoints, referrers, this);
    }

    /** Who asks the APIs that providers have beside their registries, with the same certificates, proxies and budget. */
    public ApiClient api() {
        return api;
    }
}
