package io.jenkins.plugins.multiarch.gate;

/** What differences usually come from, and what to do about it. */
public enum Cause {
    PLATFORMS(
            "not the same platforms were built",
            "Record and publish the same set of platforms; build the missing one or drop it in both places."),
    BASE_MOVED(
            "the base image moved between the two builds, or, without a base, the first step ran again",
            "Pin the base image by digest and build from the cache of the tested build."),
    OTHER_STEP(
            "the Dockerfile, a build argument or the files copied are others than those tested",
            "Build from the same revision with the same arguments."),
    RAN_AGAIN(
            "a step ran again instead of coming from the cache, and gave other files or other times",
            "Build from the cache of the tested build, and set SOURCE_DATE_EPOCH so that times do not differ."),
    TIMES(
            "the image was built again or converted, and only times and the builder's own notes differ",
            "Set SOURCE_DATE_EPOCH in both builds, or gate by mode rootfs."),
    SETTINGS(
            "the files are the same and only settings differ, as with other labels, variables or build arguments",
            "Give both builds the same arguments and labels."),
    STORED_OTHERWISE(
            "the image is the same and only stored otherwise, as after 'docker push' or a copy that compresses anew",
            "Publish the tested bytes by digest instead of pushing them again, or gate by mode config."),
    INDEX_ONLY(
            "the images are the same and only their index differs, as with attestations of a second build",
            "Publish the tested index by digest, or gate by mode config.");

    private final String text;
    private final String cure;

    Cause(String text, String cure) {
        this.text = text;
        this.cure = cure;
    }

    String cure() {
        return cure;
    }

    @Override
    public String toString() {
        return text;
    }
}
