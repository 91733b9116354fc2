package io.jenkins.plugins.multiarch.keys;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One element of DER (ITU-T X.690): a tag, a length, and bytes that may be elements in turn.
 *
 * <p>Reads the definite lengths and one-byte tags that certificates and timestamps are made of and refuses all else with
 * {@link Unaccepted}. Elements share the bytes they were read from; nothing is copied before it is asked for.
 */
public final class Der {
    public static final int BOOLEAN = 0x01;
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int NULL = 0x05;
    public static final int OID = 0x06;
    public static final int UTF8_STRING = 0x0c;
    public static final int GENERALIZED_TIME = 0x18;
    public static final int SEQUENCE = 0x30;
    public static final int SET = 0x31;

    /** More than the longest list in a certificate or timestamp, by far. */
    private static final int MAX_CHILDREN = 10_000;

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuuMMddHHmmss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .appendLiteral('Z')
            .toFormatter(Locale.ROOT);

    private final byte[] source;
    private final int start;
    private final int content;
    private final int end;

    private Der(byte[] source, int start, int content, int end) {
        this.source = source;
        this.start = start;
        this.content = content;
        this.end = end;
    }

    /** Reads the one element that these bytes are. */
    public static Der parse(byte[] bytes) {
        Der element = at(bytes, 0, bytes.length);
        if (element.end != bytes.length) {
            throw broken("it goes on behind its end");
        }
        return element;
    }

    private static Der at(byte[] source, int start, int limit) {
        if (limit - start < 2) {
            throw broken("it is cut off");
        }
        if ((source[start] & 0x1f) == 0x1f) {
            throw broken("it has a tag of several bytes");
        }
        int first = source[start + 1] & 0xff;
        int content = start + 2;
        long length = first;
        if (first >= 0x80) {
            int bytes = first & 0x7f;
            if (bytes == 0 || bytes > 4 || limit - content < bytes) {
                throw broken("a length in it cannot be read");
            }
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | source[content++] & 0xff;
            }
        }
        if (length > limit - content) {
            throw broken("it is cut off");
        }
        return new Der(source, start, content, content + (int) length);
    }

    public int tag() {
        return source[start] & 0xff;
    }

    public boolean is(int tag) {
        return tag() == tag;
    }

    /** This element, if it has this tag. */
    public Der expect(int tag) {
        if (!is(tag)) {
            throw broken(String.format(Locale.ROOT, "it has tag %02x where %02x belongs", tag(), tag));
        }
        return this;
    }

    /** The elements within this one. */
    public List<Der> children() {
        List<Der> children = new ArrayList<>();
        for (int at = content; at < end; at = children.get(children.size() - 1).end) {
            if (children.size() == MAX_CHILDREN) {
                throw broken("it holds more than " + MAX_CHILDREN + " elements");
            }
            children.add(at(source, at, end));
        }
        return children;
    }

    /** The element at this place within this one. */
    public Der child(int index) {
        List<Der> children = children();
        if (index >= children.size()) {
            throw broken("a part is missing");
        }
        return children.get(index);
    }

    /** The bytes behind tag and length. */
    public byte[] content() {
        return Arrays.copyOfRange(source, content, end);
    }

    /** All bytes of this element, tag and length too. */
    public byte[] encoded() {
        return Arrays.copyOfRange(source, start, end);
    }

    public BigInteger integer() {
        expect(INTEGER);
        if (content == end) {
            throw broken("a number in it has no digits");
        }
        return new BigInteger(source, content, end - content);
    }

    public String text() {
        return new String(source, content, end - content, StandardCharsets.UTF_8);
    }

    /** An object identifier as dotted numbers. */
    public String oid() {
        expect(OID);
        StringBuilder dotted = new StringBuilder();
        long value = 0;
        for (int i = content; i < end; i++) {
            if (value > Long.MAX_VALUE >> 8) {
                throw broken("an object identifier in it is too long");
            }
            value = value << 7 | source[i] & 0x7f;
            if (source[i] >= 0) {
                if (dotted.length() == 0) {
                    long root = Math.min(value / 40, 2);
                    dotted.append(root).append('.').append(value - root * 40);
                } else {
                    dotted.append('.').append(value);
                }
                value = 0;
            }
        }
        return dotted.toString();
    }

    /** A GeneralizedTime in UTC, with or without a fraction of a second. */
    public Instant time() {
        expect(GENERALIZED_TIME);
        try {
            return LocalDateTime.parse(text(), TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new Unaccepted("its DER cannot be read: a time in it is none", e);
        }
    }

    private static Unaccepted broken(String reason) {
        return new Unaccepted("its DER cannot be read: " + reason);
    }
}
