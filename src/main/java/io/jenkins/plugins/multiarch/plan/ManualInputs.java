package io.jenkins.plugins.multiarch.plan;

import java.util.Optional;

/**
 * What a person, or the job that started this one, asked for. Builds that began by themselves do not listen to it, for a job's
 * parameters have values there too.
 *
 * @param channel the channel to publish to; empty for what the rules say
 * @param version the version to publish; empty for what tag and files say
 * @param rebuild whether to look for newer base images and use no cache
 * @param cache whether to use caches at all; absent for what the rules say
 */
public record ManualInputs(String channel, String version, boolean rebuild, Optional<Boolean> cache) {
    /** Nothing was asked for. */
    public static final ManualInputs NONE = new ManualInputs("", "", false, Optional.empty());

    public ManualInputs {
        channel = channel.strip();
        version = version.strip();
    }
}
