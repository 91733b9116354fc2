package io.jenkins.plugins.multiarch.registry;

/** What registries differ in, and what that means for a release. */
public enum RegistryFeature {
    REFERRERS_API(
            "referrers API",
            "evidence is listed by the registry",
            "a tag named after the digest lists the evidence, and each change of it takes three requests"),
    SUBJECTS(
            "subjects noted",
            "who pushes evidence hears that it was listed",
            "each push of evidence looks whether it was listed"),
    NEW_TAGS_ON_CONDITION(
            "new tags on a condition",
            "nobody can make a tag between our look at it and our making it",
            "for as long as one request takes, somebody else may make a tag unseen"),
    MOVES_ON_CONDITION(
            "moves on a condition",
            "nobody can move a tag between our look at it and our moving it",
            "for as long as one request takes, somebody else may move a tag unseen"),
    MOVING_TAGS("tags that move", "channels and latest can be set", "only tags that are new can be set"),
    TAGS_TOGETHER("several tags in one request", "tags of one image move together", "tags move one after the other"),
    TAG_REMOVAL(
            "removal of tags",
            "a tag that was new is removed when a promotion is taken back",
            "a tag that was new may stay when a promotion is taken back, and is named then"),
    MANIFEST_REMOVAL("removal of manifests", "what nobody needs can be pruned", "nothing can be pruned"),
    MOUNTS("mounts", "a copy within the registry sends no layers", "a copy within the registry sends all layers"),
    RANGES(
            "parts of blobs",
            "a download that breaks goes on where it broke",
            "a download that breaks begins from the start"),
    LARGE_MANIFESTS("manifests of 4 MiB", "large indexes fit", "an index of very many platforms may not fit");

    private final String text;
    private final String there;
    private final String missing;

    RegistryFeature(String text, String there, String missing) {
        this.text = text;
        this.there = there;
        this.missing = missing;
    }

    /** What follows from having it or not. */
    String meaning(boolean has) {
        return has ? there : missing;
    }

    /** In words: {@code removal of tags}. */
    @Override
    public String toString() {
        return text;
    }
}
