package io.jenkins.plugins.multiarch.controller;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * What shows that a private key got somewhere: any line of its PEM, and the number that is the secret, as octets from either
 * end and in hexadecimal. Texts are looked for in one octet a character, as files and strings have them, and in two, as
 * arrays of characters have them in a heap dump.
 */
final class KeyTraces {
    private static final List<Charset> CHARSETS =
            List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

    private final List<byte[]> all = new ArrayList<>();

    /** @param pem a key on P-256, in PKCS#8 */
    KeyTraces(String pem) {
        List<String> texts = new ArrayList<>(
                pem.lines().filter(line -> !line.startsWith("-")).toList());
        byte[] number = number(Base64.getDecoder().decode(String.join("", texts)));
        texts.add(HexFormat.of().formatHex(number));
        texts.add(HexFormat.of().formatHex(number).toUpperCase(Locale.ROOT));
        texts.forEach(text -> CHARSETS.forEach(charset -> all.add(text.getBytes(charset))));
        all.add(number);
        all.add(reversed(number));
    }

    /** The octets of the only OCTET STRING of 32 bytes (RFC 5915). */
    private static byte[] number(byte[] der) {
        int at = 0;
        while (der[at] != 0x04 || der[at + 1] != 32) {
            at++;
        }
        return Arrays.copyOfRange(der, at + 2, at + 2 + 32);
    }

    private static byte[] reversed(byte[] octets) {
        byte[] turned = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            turned[i] = octets[octets.length - 1 - i];
        }
        return turned;
    }

    /** What is looked for, to try it. */
    List<byte[]> all() {
        return all;
    }

    boolean in(byte[] content) {
        return in(content, content.length);
    }

    private boolean in(byte[] content, int length) {
        for (int at = 0; at < length; at++) {
            for (byte[] trace : all) {
                if (content[at] == trace[0]
                        && at + trace.length <= length
                        && Arrays.equals(content, at, at + trace.length, trace, 0, trace.length)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a file has one, also if it is compressed, as old logs and layers are. */
    boolean in(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.mark(2);
            boolean compressed = in.read() == 0x1F && in.read() == 0x8B;
            in.reset();
            return in(in) || compressed && inUnpacked(file);
        }
    }

    private boolean inUnpacked(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return in(in);
        }
    }

    /** Piece by piece, each with the end of the one before, for heap dumps are large. */
    private boolean in(InputStream in) throws IOException {
        int longest = all.stream().mapToInt(trace -> trace.length).max().orElseThrow();
        byte[] piece = new byte[longest + (1 << 20)];
        int kept = 0;
        for (int read = in.readNBytes(piece, 0, piece.length); read > 0; ) {
            if (in(piece, kept + read)) {
                return true;
            }
            int end = kept + read;
            kept = Math.min(longest, end);
            System.arraycopy(piece, end - kept, piece, 0, kept);
            read = in.readNBytes(piece, kept, piece.length - kept);
        }
        return false;
    }

    /** The files below a folder that have one; a file that goes away while they are looked at has none. */
    List<Path> below(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(this::isIn).toList();
        }
    }

    private boolean isIn(Path file) {
        try {
            return in(file);
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
