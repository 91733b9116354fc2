package io.jenkins.plugins.multiarch.attest.keyless;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * An authority of a trusted root whose certificates are trusted, to sign code or to sign timestamps.
 *
 * @param chain in issuing order, the trust anchor last; one that signs timestamps may begin with its own certificate
 */
public record CertificateAuthority(String uri, List<X509Certificate> chain, ValidFor validFor) {

    public CertificateAuthority {
        chain = List.copyOf(chain);
    }

    X509Certificate anchor() {
        return chain.get(chain.size() - 1);
    }
}
