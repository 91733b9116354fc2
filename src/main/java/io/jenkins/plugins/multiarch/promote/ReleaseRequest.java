package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Repository;
import java.util.List;
import java.util.Map;

/** What is to be promoted, or gone back to. */
public interface ReleaseRequest {

    /** Those of the images, the first one's first. */
    List<Repository> repositories();

    /** All tags that may move, by their names. */
    List<TagName> names();

    /** The repositories of mirrors that may lag, with the mirror. */
    Map<Repository, Mirror> mayLag();

    /** The same without mirrors that cannot follow, each with why. */
    ReleaseRequest behind(Map<Mirror, String> why);
}
