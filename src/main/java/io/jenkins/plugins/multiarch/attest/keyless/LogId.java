package io.jenkins.plugins.multiarch.attest.keyless;

import java.util.HexFormat;

/** The identifier of a transparency log's key, in hexadecimal digits of lower case. */
public record LogId(String hex) {

    static LogId of(byte[] bytes) {
        return new LogId(HexFormat.of().formatHex(bytes));
    }

    /** Whether these four bytes before a checkpoint's signature name this key. */
    boolean beginsWith(byte[] hint) {
        return hex.startsWith(HexFormat.of().formatHex(hint));
    }

    @Override
    public String toString() {
        return hex;
    }
}
