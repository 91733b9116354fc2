package io.jenkins.plugins.multiarch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.keys.PrivateKeys;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import java.io.ByteArrayInputStream;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyStoreKeyTest {
    private static final char[] PASSWORD = "pass".toCharArray();

    private KeyStore store;
    private Certificate certificate;

    @BeforeEach
    void makeAKeyStore() throws Exception {
        store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(SampleKeys.file("p256.crt")));
    }

    private KeyPair add(String alias, char[] password) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        store.setKeyEntry(alias, pair.getPrivate(), password, new Certificate[] {certificate});
        return pair;
    }

    @Test
    void isTheOnlyOne() throws Exception {
        KeyPair pair = add("release", PASSWORD);
        store.setCertificateEntry("authority", certificate);

        assertThat(KeyStoreKey.read(store, PASSWORD).publicKey())
                .isEqualTo(PrivateKeys.of(pair.getPrivate()).publicKey());
    }

    @Test
    void isNoneOfTwo() throws Exception {
        add("release", PASSWORD);
        add("nightly", PASSWORD);

        refuses("The 'Certificate' has 2 private keys, where one signs. Give one with a single key, as openssl pkcs12"
                + " -export writes it.");
    }

    @Test
    void isNotACertificateAlone() throws Exception {
        store.setCertificateEntry("release", certificate);

        refuses("The 'Certificate' has 0 private keys, where one signs. Give one with a single key, as openssl pkcs12"
                + " -export writes it.");
    }

    @Test
    void opensWithThePasswordOfTheFile() throws Exception {
        add("release", "another".toCharArray());

        refuses("The key of the 'Certificate' does not open with its password. Give file and key the same password, as"
                + " openssl pkcs12 -export does.");
    }

    private void refuses(String message) {
        assertThatThrownBy(() -> KeyStoreKey.read(store, PASSWORD))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(message);
    }
}
