package io.jenkins.plugins.multiarch.attest;

import java.util.Arrays;

/**
 * One signature of an {@link Envelope}.
 *
 * @param keyid a hint at the key, chosen by the signer and worth no trust; empty where there is none
 */
public record EnvelopeSignature(String keyid, byte[] signature) {

    public EnvelopeSignature {
        signature = signature.clone();
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EnvelopeSignature that
                && keyid.equals(that.keyid)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return 31 * keyid.hashCode() + Arrays.hashCode(signature);
    }
}
