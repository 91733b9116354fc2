/**
 * Evidence about images and files: in-toto statements, signed as DSSE envelopes, kept as Sigstore bundles beside what they
 * are about, and read back against a key, an identity or a policy. Which keys count is always told by the caller, never by
 * the evidence. All cryptography is the JDK's; nothing here touches a disk or knows Jenkins.
 */
package io.jenkins.plugins.multiarch.attest;
