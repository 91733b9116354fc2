/**
 * Signatures without a key that anybody keeps: a certificate of minutes from Fulcio for an identity, an entry in the
 * transparency log Rekor, a timestamp of RFC 3161, and the verification of all of them against a Sigstore trusted root.
 *
 * <p>Only the JDK's cryptography is used. What other clients check was read in the Sigstore client specification,
 * protobuf-specs and sigstore-go.
 */
package io.jenkins.plugins.multiarch.attest.keyless;
