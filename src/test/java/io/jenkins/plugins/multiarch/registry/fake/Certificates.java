package io.jenkins.plugins.multiarch.registry.fake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate authority nobody knows, and a certificate of it for {@code localhost} and {@code 127.0.0.1}, made once in
 * a Java machine with the JDK's keytool.
 */
final class Certificates {
    private static final String PASSWORD = "changeit";
    private static final int KEYTOOL_SECONDS = 60;
    private static Certificates shared;

    private final SSLContext server;
    private final String authority;

    private Certificates(SSLContext server, String authority) {
        this.server = server;
        this.authority = authority;
    }

    static synchronized Certificates shared() throws IOException, InterruptedException {
        if (shared == null) {
            shared = make();
        }
        return shared;
    }

    SSLContext server() {
        return server;
    }

    /** The authority's certificate in PEM. */
    String authority() {
        return authority;
    }

    private static Certificates make() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("fake-registry-tls");
        Path file = directory.resolve("keys.p12");
        try {
            keytool(file, "authority", "CN=Fake Registry Test Authority", "bc:critical=ca:true,pathlen:0");
            keytool(file, "server", "CN=localhost", "san=dns:localhost,ip:127.0.0.1", "-signer", "authority");
            return read(file);
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates cannot be read again", e);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(directory);
        }
    }

    private static void keytool(Path file, String alias, String name, String extension, String... more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
        command.addAll(List.of("-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-alias", alias, "-dname", name, "-ext", extension));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool failed: " + output);
        }
    }

    private static Certificates read(Path file) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        byte[] authority = keys.getCertificate("authority").getEncoded();
        keys.deleteEntry("authority");
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(authority)
                + "\n-----END CERTIFICATE-----\n";
        return new Certificates(context, pem);
    }
}
