package io.jenkins.plugins.multiarch.retention.provider;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.registry.ApiRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests without a query in the way of AWS ("AWS Signature Version 4 for API requests", {@code AWS4-HMAC-SHA256}).
 *
 * @param region such as {@code eu-central-1}
 * @param service as AWS calls it for signing, such as {@code ecr}
 */
record AwsSignature(AwsCredentials credentials, String region, String service) {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The request with the headers that prove who sent it and when, all that it has so far being signed. */
    ApiRequest sign(ApiRequest request, Instant now) {
        String time = TIME.format(now);
        ApiRequest timed = request.hiding(credentials.secretAccessKey()).with("X-Amz-Date", time);
        ApiRequest complete = credentials
                .sessionToken()
                .map(token -> timed.withSecret("X-Amz-Security-Token", token))
                .orElse(timed);
        SortedMap<String, String> headers = new TreeMap<>();
        complete.headers()
                .forEach((name, value) ->
                        headers.put(name.toLowerCase(Locale.ROOT), value.strip().replaceAll(" +", " ")));
        headers.put("host", complete.uri().getAuthority());
        String day = time.substring(0, "yyyyMMdd".length());
        String scope = String.join("/", day, region, service, "aws4_request");
        String toSign = String.join("\n", ALGORITHM, time, scope, hash(canonical(complete, headers)));
        return complete.withSecret(
                "Authorization",
                ALGORITHM + " Credential=" + credentials.accessKeyId() + "/" + scope + ", SignedHeaders="
                        + String.join(";", headers.keySet()) + ", Signature="
                        + HexFormat.of().formatHex(hmac(key(day), toSign)));
    }

    private static String canonical(ApiRequest request, SortedMap<String, String> headers) {
        String path = request.uri().getRawPath();
        return String.join(
                "\n",
                request.method(),
                path.isEmpty() ? "/" : path,
                "",
                headers.entrySet().stream()
                        .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                        .collect(Collectors.joining()),
                String.join(";", headers.keySet()),
                Digest.sha256(request.body()).hex());
    }

    private byte[] key(String day) {
        byte[] dated = hmac(("AWS4" + credentials.secretAccessKey()).getBytes(StandardCharsets.UTF_8), day);
        return hmac(hmac(hmac(dated, region), service), "aws4_request");
    }

    private static String hash(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
