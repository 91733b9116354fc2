package io.jenkins.plugins.multiarch.image;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The address of content by what it holds, written {@code sha256:…} (OCI image-spec 1.1, "Digests").
 *
 * <p>{@code sha256} and {@code sha512} are known; hexadecimal digits are lower case, as the specification demands.
 */
public record Digest(String algorithm, String hex) implements Reference, Comparable<Digest> {
    private static final Map<String, String> JCA_NAMES = Map.of("sha256", "SHA-256", "sha512", "SHA-512");
    private static final Map<String, Integer> HEX_LENGTHS = Map.of("sha256", 64, "sha512", 128);
    private static final Pattern HEX = Pattern.compile("[0-9a-f]*");
    private static final String EXAMPLE = "Write the algorithm and its lower-case hexadecimal digits, as in"
            + " sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a.";

    public Digest {
        Integer length = HEX_LENGTHS.get(algorithm);
        if (length == null) {
            throw refused(algorithm + ":" + hex, "only sha256 and sha512 are known");
        }
        if (hex.length() != length) {
            throw refused(algorithm + ":" + hex, algorithm + " has " + length + " digits, this has " + hex.length());
        }
        if (!HEX.matcher(hex).matches()) {
            throw refused(algorithm + ":" + hex, "it has characters other than 0-9 and a-f");
        }
    }

    /** Reads {@code algorithm:hex}. */
    public static Digest parse(String text) {
        String digest = text.strip();
        int colon = digest.indexOf(':');
        if (colon < 0) {
            throw refused(digest, "it has no ':'");
        }
        return new Digest(digest.substring(0, colon), digest.substring(colon + 1));
    }

    /** The sha256 digest of these bytes. */
    public static Digest sha256(byte[] content) {
        return finish("sha256", hasher("sha256").digest(content));
    }

    /** The digest a {@link #hasher()} of the given algorithm has come to. */
    public static Digest finish(String algorithm, byte[] hash) {
        return new Digest(algorithm, HexFormat.of().formatHex(hash));
    }

    /** A new hasher of an algorithm, {@code sha256} or {@code sha512}. */
    public static MessageDigest hasher(String algorithm) {
        try {
            return MessageDigest.getInstance(JCA_NAMES.get(algorithm));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    /** A new hasher of this digest's algorithm. */
    public MessageDigest hasher() {
        return hasher(algorithm);
    }

    /** Whether these bytes have this digest. */
    public boolean matches(byte[] content) {
        return finish(algorithm, hasher().digest(content)).equals(this);
    }

    /** The first twelve digits after the algorithm, enough to tell digests apart in a log line. */
    public String abbreviated() {
        return algorithm + ":" + hex.substring(0, 12);
    }

    @Override
    public int compareTo(Digest other) {
        int byAlgorithm = algorithm.compareTo(other.algorithm);
        return byAlgorithm != 0 ? byAlgorithm : hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }

    private static ReleaseException refused(String text, String reason) {
        return new ReleaseException("'" + Shown.of(text) + "' is not a digest: " + reason + ".", EXAMPLE);
    }
}
