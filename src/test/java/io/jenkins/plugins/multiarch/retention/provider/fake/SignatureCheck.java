package io.jenkins.plugins.multiarch.retention.provider.fake;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.registry.fake.Api;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Works out the signature of a request as AWS does, from what came over the wire. */
record SignatureCheck(String accessKeyId, String secret) {
    private static final Pattern HEADER =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/]+)/((\\d{8})/([^/]+)/([^/]+)/"
                    + "aws4_request), SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})");

    boolean holds(Api.Asked asked) {
        Matcher header = HEADER.matcher(asked.header("Authorization").orElse(""));
        if (!header.matches() || !header.group(1).equals(accessKeyId)) {
            return false;
        }
        List<String> signed = List.of(header.group(6).split(";"));
        if (!signed.containsAll(List.of("host", "x-amz-date", "x-amz-target"))) {
            return false;
        }
        StringBuilder canonical =
                new StringBuilder(asked.method() + "\n" + asked.path() + "\n" + asked.rawQuery() + "\n");
        signed.forEach(name -> canonical
                .append(name)
                .append(':')
                .append(asked.header(name).orElse(""))
                .append('\n'));
        canonical.append('\n').append(header.group(6)).append('\n').append(hash(asked.body()));
        String toSign = "AWS4-HMAC-SHA256\n" + asked.header("x-amz-date").orElse("") + "\n" + header.group(2) + "\n"
                + hash(canonical.toString().getBytes(StandardCharsets.UTF_8));
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(header.group(3), header.group(4), header.group(5), "aws4_request", toSign)) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(key).equals(header.group(7));
    }

    private static String hash(byte[] content) {
        return Digest.sha256(content).hex();
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
