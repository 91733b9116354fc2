package io.jenkins.plugins.multiarch.registry;

import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How {@link HttpRegistry} reaches registries; everything has a default that is right for a public one. */
public final class HttpRegistryBuilder {
    private CredentialSource credentials = CredentialSource.ANONYMOUS;
    private Set<String> plainHttp = Set.of();
    private List<Path> extraCertificates = List.of();
    private List<String> extraCertificateTexts = List.of();
    private Optional<ProxySelector> proxy = Optional.empty();
    private TimeLimits limits = TimeLimits.DEFAULT;
    private Backoff backoff = Backoff.DEFAULT;
    private RequestBudget budget = RequestBudget.NONE;
    private Progress progress = Progress.NONE;
    private int chunk;
    private int slice = BlobPull.slice(Runtime.getRuntime().maxMemory());

    HttpRegistryBuilder() {}

    public HttpRegistryBuilder credentials(CredentialSource source) {
        this.credentials = source;
        return this;
    }

    /** Registries ({@code host:port}) to reach without encryption. Those of this machine need not be named. */
    public HttpRegistryBuilder plainHttp(Set<String> registries) {
        this.plainHttp = Set.copyOf(registries);
        return this;
    }

    /** Files with certificates (PEM) of authorities to trust beside those Java trusts. */
    public HttpRegistryBuilder extraCertificates(List<Path> files) {
        this.extraCertificates = List.copyOf(files);
        return this;
    }

    /** As {@link #extraCertificates}, as PEM texts where there is no file. */
    public HttpRegistryBuilder extraCertificateTexts(List<String> texts) {
        this.extraCertificateTexts = List.copyOf(texts);
        return this;
    }

    /** Which proxy to go through; without it, the one of Java's system properties, if any. */
    public HttpRegistryBuilder proxy(ProxySelector selector) {
        this.proxy = Optional.of(selector);
        return this;
    }

    public HttpRegistryBuilder limits(TimeLimits given) {
        this.limits = given;
        return this;
    }

    public HttpRegistryBuilder backoff(Backoff given) {
        this.backoff = given;
        return this;
    }

    /** Sends no more than so many requests a minute, second tries and those for tokens counted; unlimited unless said. */
    public HttpRegistryBuilder budget(RequestBudget given) {
        this.budget = given;
        return this;
    }

    public HttpRegistryBuilder progress(Progress listener) {
        this.progress = listener;
        return this;
    }

    /** Sends blobs in chunks of so many bytes, for registries behind a proxy that limits bodies; 0, the default, in one. */
    public HttpRegistryBuilder chunk(int bytes) {
        this.chunk = bytes;
        return this;
    }

    /** Asks for large blobs so many bytes at a time where there is no TLS; the default goes by the size of the heap. */
    HttpRegistryBuilder slice(int bytes) {
        this.slice = bytes;
        return this;
    }

    public HttpRegistry build() {
        return new HttpRegistry(this);
    }

    HttpClient client() {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connect());
        proxy.ifPresent(client::proxy);
        if (!extraCertificates.isEmpty() || !extraCertificateTexts.isEmpty()) {
            client.sslContext(Certificates.trustAlso(extraCertificates, extraCertificateTexts));
        }
        return client.build();
    }

    CredentialSource credentials() {
        return credentials;
    }

    Set<String> plainHttp() {
        return plainHttp;
    }

    TimeLimits limits() {
        return limits;
    }

    Backoff backoff() {
        return backoff;
    }

    RequestBudget budget() {
        return budget;
    }

    Progress progress() {
        return progress;
    }

    int chunk() {
        return chunk;
    }

    int slice() {
        return slice;
    }
}
