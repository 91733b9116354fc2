package io.jenkins.plugins.multiarch.keys;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/**
 * Reads private keys in PEM: PKCS#8, plain or encrypted; SEC1; PKCS#1; and those that cosign encrypts. Refusals say
 * nothing of what was read.
 */
public final class PrivateKeys {
    /**
     * How often a password is hashed at most, which takes some seconds. The number stands in the key's file, and nothing can
     * end the hashing before its time.
     */
    private static final int MAX_ITERATIONS = 10_000_000;

    private PrivateKeys() {}

    /**
     * Reads the first private key of a text.
     *
     * @param password of an encrypted key; empty where it has none
     * @throws ReleaseException if there is no key, the password is wrong, or the key is of a kind that does not sign here
     */
    public static SigningKey read(byte[] pem, char[] password) {
        Pem block = Pem.readAll(pem).stream()
                .filter(candidate -> candidate.type().endsWith("PRIVATE KEY"))
                .findFirst()
                .orElseThrow(PrivateKeys::unreadable);
        if (block.headers()) {
            throw new ReleaseException(
                    "The private key is encrypted in the old way of OpenSSL, which protects little.",
                    "Convert it with openssl pkcs8 -topk8, or import it with cosign import-key-pair.");
        }
        return SigningKey.of(decode(pkcs8(block, password)));
    }

    /** The key of a key store, such as that of a certificate. */
    public static SigningKey of(Key key) {
        if (key instanceof PrivateKey secret && secret.getEncoded() != null) {
            return SigningKey.of(decode(secret.getEncoded()));
        }
        throw unreadable();
    }

    private static byte[] pkcs8(Pem block, char[] password) {
        return switch (block.type()) {
            case "PRIVATE KEY" -> block.content();
            case "EC PRIVATE KEY" -> KeyForms.ofSec1(block.content()).orElseThrow(PrivateKeys::unreadable);
            case "RSA PRIVATE KEY" -> KeyForms.ofPkcs1(block.content());
            case "ENCRYPTED PRIVATE KEY" -> decrypted(block.content(), password);
            case "ENCRYPTED SIGSTORE PRIVATE KEY", "ENCRYPTED COSIGN PRIVATE KEY" ->
                CosignKey.decrypt(block.content(), utf8(password));
            default -> throw unreadable();
        };
    }

    private static byte[] decrypted(byte[] content, char[] password) {
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(content);
            AlgorithmParameters parameters = info.getAlgParameters();
            if (parameters != null) {
                refuseTooSlow(parameters);
            }
            // PBES2 is a frame; its parameters print as the algorithm inside it
            String algorithm =
                    info.getAlgName().equals("PBES2") && parameters != null ? parameters.toString() : info.getAlgName();
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password)),
                    parameters);
            return info.getKeySpec(cipher).getEncoded();
        } catch (NoSuchAlgorithmException e) {
            throw unreadable();
        } catch (GeneralSecurityException e) {
            throw wrongPassword();
        } catch (IOException e) {
            throw unreadable();
        }
    }

    /** Of PBES2 as of the older schemes, Java tells the number in the same class. */
    private static void refuseTooSlow(AlgorithmParameters parameters) throws InvalidParameterSpecException {
        if (parameters.getParameterSpec(PBEParameterSpec.class).getIterationCount() > MAX_ITERATIONS) {
            throw new ReleaseException(
                    "The private key wants its password hashed more than " + MAX_ITERATIONS + " times.",
                    "Encrypt it with fewer, as openssl pkcs8 -topk8 -iter 600000 does.");
        }
    }

    /** Reads a PrivateKeyInfo (RFC 5208, section 5). */
    private static PrivateKey decode(byte[] pkcs8) {
        try {
            return AlgorithmIdentifier.keyFactory(
                            Der.parse(pkcs8).expect(Der.SEQUENCE).child(1))
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (InvalidKeySpecException | Unaccepted e) {
            throw unreadable();
        }
    }

    private static byte[] utf8(char[] password) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        return Arrays.copyOf(encoded.array(), encoded.limit());
    }

    static ReleaseException wrongPassword() {
        return new ReleaseException(
                "The private key does not open with this password.", "Give the password that it was encrypted with.");
    }

    /** Without a cause: a parser's words could quote the key. */
    static ReleaseException unreadable() {
        return new ReleaseException(
                "There is no private key that we can read.",
                "Give one in PEM: PKCS#8, SEC1, PKCS#1, or made by cosign generate-key-pair.");
    }
}
