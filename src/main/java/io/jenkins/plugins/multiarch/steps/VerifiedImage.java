package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.attest.VerificationVerdict;
import io.jenkins.plugins.multiarch.image.Json;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What a policy says of an image, as a Pipeline sees it. */
public final class VerifiedImage implements Serializable {
    private static final long serialVersionUID = 1L;

    private final boolean passed;
    private final String reference;
    private final String digest;
    private final ArrayList<LinkedHashMap<String, Object>> evidence = new ArrayList<>();
    private final String json;

    VerifiedImage(VerificationVerdict verdict) {
        this.passed = verdict.isPassed();
        this.reference = verdict.image().toString();
        this.digest = verdict.image().requireDigest().toString();
        this.json = Json.pretty(verdict.toJson());
        verdict.rows().forEach(row -> evidence.add(map(row)));
    }

    private static LinkedHashMap<String, Object> map(VerificationVerdict.Row row) {
        LinkedHashMap<String, Object> map = new LinkedHashMap<>();
        map.put("platform", row.platform());
        map.put("digest", row.digest().toString());
        map.put("evidence", row.evidence());
        map.put("state", row.state().toString());
        map.put("detail", row.detail());
        return map;
    }

    /** Whether all that is required is there. */
    @Whitelisted
    public boolean isPassed() {
        return passed;
    }

    /** The image by its digest: what was verified, wherever its tag leads later. */
    @Whitelisted
    public String getReference() {
        return reference;
    }

    @Whitelisted
    public String getDigest() {
        return digest;
    }

    /**
     * One map for each platform and kind of evidence: {@code platform}, {@code digest}, {@code evidence}, {@code state}
     * ({@code present}, {@code missing} or {@code failed}) and {@code detail}.
     */
    @Whitelisted
    public List<Map<String, Object>> getEvidence() {
        return List.copyOf(evidence);
    }

    /** All of it, for other programs. */
    @Whitelisted
    public String getJson() {
        return json;
    }

    @Whitelisted
    @Override
    public String toString() {
        return reference;
    }
}
