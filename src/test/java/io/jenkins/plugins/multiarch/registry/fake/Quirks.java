package io.jenkins.plugins.multiarch.registry.fake;

import static io.jenkins.plugins.multiarch.registry.fake.Trait.ABSOLUTE_ADDRESSES;
import static io.jenkins.plugins.multiarch.registry.fake.Trait.CHILDREN_PROTECTED;
import static io.jenkins.plugins.multiarch.registry.fake.Trait.DELETE_DISABLED;
import static io.jenkins.plugins.multiarch.registry.fake.Trait.DELETE_UNREFERENCED_ONLY;
import static io.jenkins.plugins.multiarch.registry.fake.Trait.EXACT_ACCEPT;
import static io.jenkins.plugins.multiarch.registry.fake.Trait.LAST_TAG_TAKES_MANIFEST;
import static io.jenkins.plugins.multiarch.registry.fake.Trait.NO_REFERRERS_API;
import static io.jenkins.plugins.multiarch.registry.fake.Trait.NO_SINGLE_POST;
import static io.jenkins.plugins.multiarch.registry.fake.Trait.RATE_LIMIT_HEADERS;
import static io.jenkins.plugins.multiarch.registry.fake.Trait.SHA256_ONLY;
import static io.jenkins.plugins.multiarch.registry.fake.Trait.TAG_DELETE_INVALID;
import static io.jenkins.plugins.multiarch.registry.fake.Trait.TAG_DELETE_UNSUPPORTED;
import static io.jenkins.plugins.multiarch.registry.fake.Trait.TOKEN_ONLY;
import static io.jenkins.plugins.multiarch.registry.fake.Trait.UNCHECKED_CONTENT_RANGE;
import static io.jenkins.plugins.multiarch.registry.fake.Trait.UNPAGED_TAGS;

import java.util.List;
import java.util.Set;

/** The registries that can be imitated, each the sum of its traits. Authentication is chosen apart from it. */
public enum Quirks {
    /** The distribution-spec 1.1 with all that it leaves open switched on. */
    SPEC,
    /** docker-registry 2.8.2, as it was seen to answer. */
    DOCKER_REGISTRY(
            NO_REFERRERS_API,
            TAG_DELETE_INVALID,
            UNPAGED_TAGS,
            EXACT_ACCEPT,
            NO_SINGLE_POST,
            UNCHECKED_CONTENT_RANGE,
            SHA256_ONLY,
            ABSOLUTE_ADDRESSES),
    /** ghcr.io: no referrers API, and deletes only through GitHub's own API. */
    GHCR(NO_REFERRERS_API, DELETE_DISABLED, TOKEN_ONLY),
    /** Amazon ECR: children are deleted after their index only, and an image goes with its last tag. */
    ECR(CHILDREN_PROTECTED, LAST_TAG_TAKES_MANIFEST, ABSOLUTE_ADDRESSES),
    /** Docker Hub: deletes what nothing refers to, and counts pulls. */
    DOCKER_HUB(NO_REFERRERS_API, TAG_DELETE_UNSUPPORTED, DELETE_UNREFERENCED_ONLY, RATE_LIMIT_HEADERS);

    private final Set<Trait> traits;

    Quirks(Trait... traits) {
        this.traits = Set.copyOf(List.of(traits));
    }

    Set<Trait> traits() {
        return traits;
    }
}
