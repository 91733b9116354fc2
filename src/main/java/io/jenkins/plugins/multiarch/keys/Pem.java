package io.jenkins.plugins.multiarch.keys;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM text (RFC 7468). It may be a secret, so it is never shown.
 *
 * @param type what stands behind {@code BEGIN}
 * @param headers whether lines such as {@code Proc-Type: 4,ENCRYPTED} stand above the content (RFC 1421), which is left out
 *     then
 */
public record Pem(String type, byte[] content, boolean headers) {
    static final String PUBLIC_KEY = "PUBLIC KEY";
    static final String CERTIFICATE = "CERTIFICATE";

    private static final String DASHES = "-----";
    /** Found one by one, so that no text makes the search long or deep. */
    private static final Pattern BOUNDARY = Pattern.compile("-----(BEGIN|END) ([A-Z0-9 ]{1,64})-----");

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /** The blocks of a text, whatever stands between them; none where it is something else. */
    public static List<Pem> readAll(byte[] text) {
        String all = new String(text, StandardCharsets.ISO_8859_1);
        List<Pem> blocks = new ArrayList<>();
        Matcher boundary = BOUNDARY.matcher(all);
        String type = "";
        int content = 0;
        while (boundary.find()) {
            if (boundary.group(1).equals("BEGIN")) {
                type = boundary.group(2);
                content = boundary.end();
            } else if (boundary.group(2).equals(type)) {
                read(type, all.substring(content, boundary.start())).ifPresent(blocks::add);
                type = "";
            }
        }
        return blocks;
    }

    private static Optional<Pem> read(String type, String body) {
        if (body.contains(DASHES)) {
            return Optional.empty();
        }
        if (body.indexOf(':') >= 0) {
            return Optional.of(new Pem(type, new byte[0], true));
        }
        try {
            return Optional.of(new Pem(type, Base64.getMimeDecoder().decode(body), false));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // cut, or something else
        }
    }

    /**
     * The DER of a text that is one certificate and nothing else, as Fulcio and Rekor send it.
     *
     * @throws Unaccepted if it is something else
     */
    public static byte[] certificate(String text) {
        String only = text.strip();
        List<Pem> blocks = readAll(only.getBytes(StandardCharsets.UTF_8));
        boolean whole = only.startsWith(begin(CERTIFICATE)) && only.endsWith(end(CERTIFICATE));
        if (!whole || blocks.size() != 1 || blocks.get(0).headers()) {
            throw new Unaccepted("where a certificate belongs is none");
        }
        return blocks.get(0).content();
    }

    /** A certificate as a text. */
    public static String ofCertificate(byte[] der) {
        return text(CERTIFICATE, der);
    }

    /** A SubjectPublicKeyInfo as a text. */
    static String ofPublicKey(byte[] der) {
        return text(PUBLIC_KEY, der);
    }

    private static String text(String type, byte[] der) {
        return begin(type) + "\n" + LINES.encodeToString(der) + "\n" + end(type) + "\n";
    }

    private static String begin(String type) {
        return DASHES + "BEGIN " + type + DASHES;
    }

    private static String end(String type) {
        return DASHES + "END " + type + DASHES;
    }

    @Override
    public String toString() {
        return type;
    }
}
