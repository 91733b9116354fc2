package io.jenkins.plugins.multiarch.registry.fake;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request is about (distribution-spec 1.1, "Endpoints").
 *
 * @param repository or empty
 * @param reference the last part of the path: tag, digest, or number of an upload; or empty
 */
record Route(Resource resource, String repository, String reference) {

    enum Resource {
        PING("/v2/?"),
        CATALOG("/v2/_catalog"),
        TAGS("/v2/(?<name>.+)/tags/list"),
        MANIFEST("/v2/(?<name>.+)/manifests/(?<reference>[^/]+)"),
        REFERRERS("/v2/(?<name>.+)/referrers/(?<reference>[^/]+)"),
        UPLOADS("/v2/(?<name>.+)/blobs/uploads/?"),
        UPLOAD("/v2/(?<name>.+)/blobs/uploads/(?<reference>[^/]+)"),
        BLOB("/v2/(?<name>.+)/blobs/(?<reference>[^/]+)");

        private final Pattern path;

        Resource(String path) {
            this.path = Pattern.compile(path);
        }
    }

    static Optional<Route> of(String path) {
        for (Resource resource : Resource.values()) {
            Matcher matcher = resource.path.matcher(path);
            if (matcher.matches()) {
                return Optional.of(new Route(resource, group(matcher, "name"), group(matcher, "reference")));
            }
        }
        return Optional.empty();
    }

    private static String group(Matcher matcher, String name) {
        boolean has = matcher.pattern().pattern().contains("<" + name + ">");
        return has ? matcher.group(name) : "";
    }

    Digest digest() {
        return digest(reference);
    }

    static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (ReleaseException e) {
            throw new Refused(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
        }
    }
}
