package io.jenkins.plugins.multiarch.attest.keyless;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/** A certificate authority in memory, with a root and an intermediate; what it issues is made by BouncyCastle. */
final class FakeAuthority {
    private static final AtomicLong SERIAL = new AtomicLong(1000);
    private static final String SIGNATURE = "SHA256withECDSA";

    private final KeyPair issuerKey = keys();
    private final X509Certificate root;
    private final X509Certificate issuer;

    /** @param purpose that the intermediate is limited to */
    FakeAuthority(String name, KeyPurposeId purpose, Instant start, Instant end) throws Exception {
        KeyPair rootKey = keys();
        X500Name rootName = new X500Name("CN=" + name + " root");
        X500Name issuerName = new X500Name("CN=" + name);
        this.root = certificate(authority(rootName, rootName, rootKey.getPublic(), start, end), rootKey);
        this.issuer = certificate(
                authority(rootName, issuerName, issuerKey.getPublic(), start, end)
                        .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose)),
                rootKey);
    }

    static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    X509Certificate root() {
        return root;
    }

    X509Certificate issuer() {
        return issuer;
    }

    private static X509v3CertificateBuilder authority(
            X500Name issuer, X500Name subject, PublicKey key, Instant start, Instant end) throws IOException {
        return builder(issuer, subject, key, start, end)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, Instant start, Instant end) {
        return new JcaX509v3CertificateBuilder(
                issuer, BigInteger.valueOf(SERIAL.incrementAndGet()), Date.from(start), Date.from(end), subject, key);
    }

    private static X509Certificate certificate(X509v3CertificateBuilder builder, KeyPair signer) throws Exception {
        X509CertificateHolder holder = builder.build(new JcaContentSignerBuilder(SIGNATURE).build(signer.getPrivate()));
        return new JcaX509CertificateConverter().getCertificate(holder);
    }

    /** A certificate as Fulcio issues it, promised by a certificate log. */
    X509Certificate signing(
            PublicKey key, GeneralName subject, List<Extension> tokenIssuer, Instant start, Instant end, FakeLog log)
            throws Exception {
        X509v3CertificateBuilder builder = builder(
                        new X500Name(issuer.getSubjectX500Principal().getName()), new X500Name(""), key, start, end)
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning))
                .addExtension(Extension.subjectAlternativeName, true, new GeneralNames(subject));
        for (Extension extension : tokenIssuer) {
            builder.addExtension(extension);
        }
        byte[] precertificate = certificate(builder, issuerKey).getTBSCertificate();
        byte[] promise = promise(precertificate, start, log);
        return certificate(
                builder.addExtension(
                        oid("1.3.6.1.4.1.11129.2.4.2"), false, (ASN1Encodable) new DEROctetString(promise)),
                issuerKey);
    }

    private byte[] promise(byte[] precertificate, Instant time, FakeLog log) throws GeneralSecurityException {
        byte[] signed = ByteBuffer.allocate(17 + 32 + precertificate.length)
                .put(new byte[2])
                .putLong(time.toEpochMilli())
                .putShort((short) 1)
                .put(Hashes.sha256(issuer.getPublicKey().getEncoded()))
                .put((byte) 0)
                .putShort((short) precertificate.length)
                .put(precertificate)
                .putShort((short) 0)
                .array();
        byte[] signature = log.sign(signed);
        int length = 1 + 32 + 8 + 2 + 2 + 2 + signature.length;
        return ByteBuffer.allocate(4 + length)
                .putShort((short) (2 + length))
                .putShort((short) length)
                .put((byte) 0)
                .put(log.id())
                .putLong(time.toEpochMilli())
                .putShort((short) 0)
                .putShort((short) 0x0403)
                .putShort((short) signature.length)
                .put(signature)
                .array();
    }

    /** A certificate of a timestamp authority. */
    X509Certificate timestamping(PublicKey key, Instant start, Instant end) throws Exception {
        return certificate(
                builder(
                                new X500Name(issuer.getSubjectX500Principal().getName()),
                                new X500Name("CN=timestamps"),
                                key,
                                start,
                                end)
                        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                        .addExtension(
                                Extension.extendedKeyUsage,
                                true,
                                new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping)),
                issuerKey);
    }

    /**
     * The answer to a timestamp request (RFC 3161).
     *
     * @param hash that the certificate is named with: SHA-1 as RFC 3161 has it, SHA-256 as RFC 5816
     */
    static byte[] timestamp(
            byte[] request, X509Certificate certificate, KeyPair key, ASN1ObjectIdentifier hash, Instant time)
            throws IOException, TSPException, OperatorCreationException, GeneralSecurityException {
        TimeStampTokenGenerator tokens = new TimeStampTokenGenerator(
                new JcaSimpleSignerInfoGeneratorBuilder().build(SIGNATURE, key.getPrivate(), certificate),
                new JcaDigestCalculatorProviderBuilder().build().get(new AlgorithmIdentifier(hash)),
                oid("1.2.3.4"));
        tokens.addCertificates(new JcaCertStore(List.of(certificate)));
        TimeStampRequest asked = new TimeStampRequest(request);
        return new TimeStampResponseGenerator(tokens, Set.of(TSPAlgorithms.SHA256))
                .generate(asked, BigInteger.valueOf(SERIAL.incrementAndGet()), Date.from(time))
                .getEncoded();
    }

    /** A signature of CMS by whatever certificate (RFC 5652). */
    static byte[] signed(String type, byte[] content, X509Certificate certificate, KeyPair key)
            throws IOException, CMSException, OperatorCreationException, GeneralSecurityException {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(
                new JcaSimpleSignerInfoGeneratorBuilder().build(SIGNATURE, key.getPrivate(), certificate));
        generator.addCertificates(new JcaCertStore(List.of(certificate)));
        return generator
                .generate(new CMSProcessableByteArray(oid(type), content), true)
                .getEncoded("DER");
    }

    private static ASN1ObjectIdentifier oid(String dotted) {
        return new ASN1ObjectIdentifier(dotted);
    }

    static GeneralName uri(String text) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, text);
    }

    static Extension tokenIssuer(String text) throws IOException {
        return new Extension(oid("1.3.6.1.4.1.57264.1.8"), false, new DERUTF8String(text).getEncoded());
    }

    /** As Fulcio wrote it at first. */
    static Extension oldTokenIssuer(String text) {
        return new Extension(oid("1.3.6.1.4.1.57264.1.1"), false, text.getBytes(StandardCharsets.UTF_8));
    }
}
