package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.attest.Bundle;
import io.jenkins.plugins.multiarch.attest.BundleContent;
import io.jenkins.plugins.multiarch.attest.CosignTrust;
import io.jenkins.plugins.multiarch.attest.Envelope;
import io.jenkins.plugins.multiarch.attest.EnvelopeSignature;
import io.jenkins.plugins.multiarch.attest.LogEntry;
import io.jenkins.plugins.multiarch.attest.MessageSignature;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.attest.VerificationMaterial.Certificates;
import io.jenkins.plugins.multiarch.attest.Verifier;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.keys.SigningKey;
import io.jenkins.plugins.multiarch.keys.Unaccepted;
import io.jenkins.plugins.multiarch.keys.X509;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Signs in the name of an OpenID Connect identity, with a key that is made here, certified by Fulcio for minutes and never
 * kept; logs in Rekor and has the time signed, as the services say.
 *
 * <p>One certificate serves for all that is signed while it is valid. Each bundle is checked against the trusted root
 * before it is given out, so that none leaves that verifiers would refuse.
 */
public final class KeylessSigner implements Signer {
    /** A certificate with less to live is not used for another signature. */
    private static final Duration RESERVE = Duration.ofMinutes(1);

    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final IdentityToken token;
    private final TrustedRoot root;
    private final Evidence evidence;
    private final InstantSource clock;
    private final Consumer<String> log;
    private final Fulcio fulcio;
    private final List<Rekor> logs;
    private final List<TimestampAuthority> timestampAuthorities;
    private Certified certified;

    private record Certified(SigningKey key, FulcioCertificate certificate) {}

    /**
     * A signer for one token.
     *
     * @param log gets a line for each entry of a transparency log, which is there for everyone and for ever
     */
    public KeylessSigner(
            IdentityToken token,
            SigningServices services,
            TrustedRoot root,
            HttpClient.Builder http,
            Consumer<String> log) {
        this(
                token,
                services,
                root,
                new ServiceClient(client(http), PAUSE, token::hiddenIn),
                InstantSource.system(),
                log);
    }

    KeylessSigner(
            IdentityToken token,
            SigningServices services,
            TrustedRoot root,
            ServiceClient client,
            InstantSource clock,
            Consumer<String> log) {
        this.token = token;
        this.root = root;
        this.evidence = new Evidence(root);
        this.clock = clock;
        this.log = log;
        this.fulcio = new Fulcio(client, services.certificateAuthority());
        this.logs =
                services.logs().stream().map(each -> new Rekor(client, each)).toList();
        this.timestampAuthorities = services.timestampAuthorities().stream()
                .map(each -> new TimestampAuthority(client, each))
                .toList();
    }

    private static HttpClient client(HttpClient.Builder http) {
        return http.version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build();
    }

    @Override
    public Bundle attest(String payloadType, byte[] payload) throws InterruptedException {
        Certified signer = certified();
        byte[] signature = signer.key().sign(Envelope.pae(payloadType, payload));
        Envelope envelope = new Envelope(payloadType, payload, List.of(new EnvelopeSignature("", signature)));
        return bundle(signer, envelope, SignedContent.of(envelope, hash(signer)));
    }

    @Override
    public Bundle sign(Blob message) throws IOException, InterruptedException {
        Certified signer = certified();
        MessageDigest digest = Hashes.digest(hash(signer));
        byte[] signature;
        try (InputStream content = new DigestInputStream(message.open(), digest)) {
            signature = signer.key().sign(content);
        }
        SignedContent content = SignedContent.ofMessage(signature, hash(signer), digest.digest());
        return bundle(
                signer, new MessageSignature(content.protobufHash(), content.digest(), content.signature()), content);
    }

    private static String hash(Certified signer) {
        return signer.key().publicKey().algorithm().hash();
    }

    private Bundle bundle(Certified signer, BundleContent content, SignedContent signed) throws InterruptedException {
        byte[] leaf = X509.encoded(signer.certificate().certificate());
        List<byte[]> timestamps = new ArrayList<>();
        for (TimestampAuthority authority : timestampAuthorities) {
            timestamps.add(asked(authority.address(), () -> authority.timestamp(signed.signature())));
        }
        Optional<Envelope> envelope = content instanceof Envelope one ? Optional.of(one) : Optional.empty();
        List<LogEntry> entries = new ArrayList<>();
        for (Rekor rekor : logs) {
            LogEntry entry = asked(rekor.address(), () -> rekor.add(envelope, signed, leaf));
            log.accept("Logged a signature by " + signer.certificate() + " at " + rekor.address() + " as entry "
                    + entry.logIndex());
            entries.add(entry);
        }
        Bundle bundle = new Bundle(content, new Certificates(List.of(leaf)), entries, timestamps);
        try {
            evidence.time(bundle, signer.certificate(), signed);
        } catch (Unaccepted e) {
            throw new ReleaseException(
                    "The signature that was just made would be refused: " + e.getMessage() + ".",
                    "Give the trusted root of the instance that signs, and check its services.",
                    e);
        }
        return bundle;
    }

    private synchronized Certified certified() throws InterruptedException {
        if (certified == null || !isFresh(certified.certificate())) {
            SigningKey key = SigningKey.generate();
            certified = new Certified(key, asked(fulcio.address(), () -> fulcio.certificate(key, token)));
        }
        return certified;
    }

    private boolean isFresh(FulcioCertificate certificate) {
        Instant end = certificate.certificate().getNotAfter().toInstant();
        return clock.instant().plus(RESERVE).isBefore(end);
    }

    private static <T> T asked(URI service, Request<T> request) throws InterruptedException {
        try {
            return request.answer();
        } catch (Unaccepted e) {
            throw new ReleaseException(
                    "The signing service at " + service + " gave an answer that cannot be used: " + e.getMessage()
                            + ".",
                    "Check the address of the service, and ask whoever runs it.",
                    e);
        }
    }

    @FunctionalInterface
    private interface Request<T> {
        T answer() throws InterruptedException;
    }

    @Override
    public Optional<Verifier> verifier() {
        return token.identity().map(identity -> new KeylessVerifier(root, identity));
    }

    @Override
    public Optional<CosignTrust> trust() {
        return token.identity().map(identity -> new KeylessTrust(identity, root));
    }

    @Override
    public String name() {
        return token.toString();
    }
}
