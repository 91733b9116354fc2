package io.jenkins.plugins.multiarch.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;

/** Bytes as JSON documents hold them: in either alphabet of RFC 4648, padded or not. */
public final class Base64Text {

    private Base64Text() {}

    public static String of(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * @param what names the document in the refusal
     * @return the bytes; none where the field is not there
     */
    public static byte[] read(JsonNode text, String what) {
        return decode(text.asText(""), what);
    }

    public static byte[] decode(String text, String what) {
        boolean urlSafe = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
        try {
            return (urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text);
        } catch (IllegalArgumentException e) {
            throw new ReleaseException(
                    what + " holds something else where Base64 belongs.", "Sign again with the tool that made it.");
        }
    }
}
