package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.gate.Fingerprint;
import io.jenkins.plugins.multiarch.gate.GateRecord;
import io.jenkins.plugins.multiarch.gate.GateSubject;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** An image that was recorded, or verified to be the recorded one, as a Pipeline sees it. */
public final class GateVerdict implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String reference;
    private final String digest;
    private final String mode;
    private final LinkedHashMap<String, String> fingerprints = new LinkedHashMap<>();
    private final String record;

    GateVerdict(GateSubject subject, GateRecord found) {
        this.reference = reference(subject, found);
        this.digest = found.digest().map(Digest::toString).orElse("");
        this.mode = found.mode().toString();
        for (Fingerprint platform : found.platforms()) {
            fingerprints.put(
                    platform.platform().toString(), platform.in(found.mode()).toString());
        }
        this.record = Json.pretty(found.toJson());
    }

    private static String reference(GateSubject subject, GateRecord found) {
        return subject instanceof GateSubject.InRegistry registry
                ? found.digest()
                        .map(registry.image()::at)
                        .orElse(registry.image())
                        .toString()
                : found.image();
    }

    /** Repository and digest of an image in a registry, which later steps take as {@code image}; else where it lies. */
    @Whitelisted
    public String getReference() {
        return reference;
    }

    /** The digest of its manifest or index, or empty where docker did not keep it. */
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    @Whitelisted
    public String getMode() {
        return mode;
    }

    /** What the mode compares, by platform. */
    @Whitelisted
    public Map<String, String> getFingerprints() {
        return new LinkedHashMap<>(fingerprints);
    }

    /** The record as JSON text, which another job's {@code verify} takes. */
    @Whitelisted
    public String getRecord() {
        return record;
    }

    @Whitelisted
    @Override
    public String toString() {
        return reference;
    }
}
