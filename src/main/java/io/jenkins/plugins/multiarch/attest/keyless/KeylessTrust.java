package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.attest.CosignTrust;
import io.jenkins.plugins.multiarch.keys.KeyAlgorithm;
import io.jenkins.plugins.multiarch.keys.Pem;
import io.jenkins.plugins.multiarch.keys.X509;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * That an identity of a Sigstore instance decides, by the trusted root of that instance. cosign takes the root for bundles;
 * for its own tags it wants the same as files of their own, of each kind of log the one that is in use.
 */
record KeylessTrust(CertificateIdentity identity, TrustedRoot root) implements CosignTrust {
    private static final String ROOT = "trusted_root.json";
    private static final String AUTHORITIES = "authorities.pem";
    private static final String TIMESTAMPS = "timestamps.pem";
    private static final String LOG = "log.pub";
    private static final String CERTIFICATE_LOG = "certificates.pub";

    @Override
    public Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        files.put(ROOT, root.json());
        files.put(AUTHORITIES, pem(root.certificateAuthorities()));
        inUse(root.logs()).forEach(log -> files.put(LOG, log.key().toPem()));
        inUse(root.certificateLogs())
                .forEach(log -> files.put(CERTIFICATE_LOG, log.key().toPem()));
        if (!root.timestampAuthorities().isEmpty()) {
            files.put(TIMESTAMPS, pem(root.timestampAuthorities()));
        }
        return files;
    }

    @Override
    public Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>(Map.of("SIGSTORE_ROOT_FILE", AUTHORITIES));
        inUse(root.logs()).forEach(log -> variables.put("SIGSTORE_REKOR_PUBLIC_KEY", LOG));
        inUse(root.certificateLogs()).forEach(log -> variables.put("SIGSTORE_CT_LOG_PUBLIC_KEY_FILE", CERTIFICATE_LOG));
        return variables;
    }

    @Override
    public List<String> bundleArguments() {
        List<String> arguments = new ArrayList<>(List.of("--new-bundle-format --trusted-root", CosignTrust.path(ROOT)));
        if (!root.timestampAuthorities().isEmpty()) {
            arguments.add("--use-signed-timestamps");
        }
        arguments.addAll(signer());
        return arguments;
    }

    @Override
    public List<String> tagArguments() {
        List<String> arguments = new ArrayList<>(signer());
        if (!root.timestampAuthorities().isEmpty()) {
            arguments.addAll(List.of("--timestamp-certificate-chain", CosignTrust.path(TIMESTAMPS)));
        }
        return arguments;
    }

    private List<String> signer() {
        List<String> arguments = new ArrayList<>(List.of(
                "--certificate-identity",
                CosignTrust.quoted(identity.subject().toString()),
                "--certificate-oidc-issuer",
                CosignTrust.quoted(identity.issuer().toString())));
        if (root.logs().isEmpty()) {
            arguments.add("--insecure-ignore-tlog");
        }
        if (root.certificateLogs().isEmpty()) {
            arguments.add("--insecure-ignore-sct");
        }
        return arguments;
    }

    private static String pem(List<CertificateAuthority> authorities) {
        return authorities.stream()
                .flatMap(authority -> authority.chain().stream())
                .map(certificate -> Pem.ofCertificate(X509.encoded(certificate)))
                .collect(Collectors.joining());
    }

    /** The last one whose time has no end, of those with a key that cosign knows for its tags; none where there is none. */
    private static List<TransparencyLog> inUse(List<TransparencyLog> logs) {
        List<TransparencyLog> open = logs.stream()
                .filter(log -> log.validFor().end().isEmpty())
                .filter(log -> log.key().algorithm() != KeyAlgorithm.ED25519)
                .toList();
        return open.subList(Math.max(0, open.size() - 1), open.size());
    }
}
