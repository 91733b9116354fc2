package io.jenkins.plugins.multiarch.attest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM text (RFC 7468). It may be a secret, so it is never shown.
 *
 * @param type what stands behind {@code BEGIN}
 * @param headers whether lines such as {@code Proc-Type: 4,ENCRYPTED} stand above the content (RFC 1421)
 */
record Pem(String type, byte[] content, boolean headers) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----([^-]*(?:-(?!----)[^-]*)*)-----END \\1-----");

    /** The blocks of a text, whatever stands between them; none where it is something else. */
    static List<Pem> readAll(byte[] text) {
        List<Pem> all = new ArrayList<>();
        Matcher block = BLOCK.matcher(new String(text, StandardCharsets.ISO_8859_1));
        while (block.find()) {
            String body = block.group(2);
            boolean headers = body.indexOf(':') >= 0;
            all.add(new Pem(
                    block.group(1),
                    headers ? new byte[0] : Base64.getMimeDecoder().decode(body),
                    headers));
        }
        return all;
    }

    @Override
    public String toString() {
        return type;
    }
}
