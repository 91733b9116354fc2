package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.keys.TrustedKey;
import java.util.List;
import java.util.Map;

/** That a key decides, alone: cosign then asks for no log and fetches no trusted root. */
public record KeyTrust(TrustedKey key) implements CosignTrust {
    private static final String KEY = "release.pub";
    private static final String ROOT = "root.json";
    private static final String EMPTY_ROOT =
            "{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\"}";

    @Override
    public Map<String, String> files() {
        return Map.of(KEY, key.toPem(), ROOT, EMPTY_ROOT);
    }

    @Override
    public Map<String, String> variables() {
        return Map.of();
    }

    @Override
    public List<String> bundleArguments() {
        return List.of(
                "--new-bundle-format --trusted-root",
                CosignTrust.path(ROOT),
                "--key",
                CosignTrust.path(KEY),
                "--insecure-ignore-tlog");
    }

    @Override
    public List<String> tagArguments() {
        return List.of("--key", CosignTrust.path(KEY), "--insecure-ignore-tlog");
    }
}
