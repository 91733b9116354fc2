package io.jenkins.plugins.multiarch.layout;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The text of tar headers without loss: names on Linux are bytes, usually but not always UTF-8. A byte that is not becomes
 * the lone surrogate {@code U+DC00 + byte} (as in Python's PEP 383), and that byte again when it is written.
 */
final class TarText {
    private static final int ESCAPE = 0xDC00;

    private TarText() {}

    static String decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    static String decode(byte[] bytes, int from, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return decodeEscaping(bytes, from, from + length);
        }
    }

    private static String decodeEscaping(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder();
        int at = from;
        while (at < to) {
            int end = at + sequenceLength(bytes[at]);
            if (end <= to && isValid(bytes, at, end)) {
                text.append(new String(bytes, at, end - at, StandardCharsets.UTF_8));
                at = end;
            } else {
                text.append((char) (ESCAPE + (bytes[at] & 0xFF)));
                at++;
            }
        }
        return text.toString();
    }

    private static int sequenceLength(byte first) {
        int ones = Integer.numberOfLeadingZeros(~(first << 24));
        return Math.max(1, ones);
    }

    private static boolean isValid(byte[] bytes, int from, int to) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    static byte[] encode(String text) {
        if (text.chars().noneMatch(TarText::isEscape)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        text.codePoints().forEach(point -> {
            if (isEscape(point)) {
                bytes.write(point - ESCAPE);
            } else {
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }

    /** A low surrogate that belongs to a pair is half of a character, but pairs are seldom enough for the slow way. */
    private static boolean isEscape(int unit) {
        return unit >= ESCAPE + 0x80 && unit <= ESCAPE + 0xFF;
    }
}
