package io.jenkins.plugins.multiarch.image;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A manifest that came as it was stored, and is none that we can read. What it mentions may still be needed by others. */
public final class UnreadableManifest extends ReleaseException {
    private static final long serialVersionUID = 1L;

    private static final Pattern MENTION = Pattern.compile("sha256:[0-9a-f]{64}");

    private final String digest;
    private final int size;
    private final ArrayList<String> mentions;

    UnreadableManifest(ReleaseException reason, byte[] bytes, Digest digest) {
        super(reason.fact(), reason.cure(), reason.getCause());
        this.digest = digest.toString();
        this.size = bytes.length;
        this.mentions = mentions(bytes);
    }

    private static ArrayList<String> mentions(byte[] bytes) {
        Set<String> all = new LinkedHashSet<>();
        Matcher matcher = MENTION.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            all.add(matcher.group());
        }
        return new ArrayList<>(all);
    }

    public Digest digest() {
        return Digest.parse(digest);
    }

    /** Bytes. */
    public int size() {
        return size;
    }

    /** Every digest that is written anywhere in it, in its order. */
    public List<Digest> mentions() {
        return mentions.stream().map(Digest::parse).toList();
    }
}
