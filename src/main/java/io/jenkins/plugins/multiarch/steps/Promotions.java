package io.jenkins.plugins.multiarch.steps;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.multiarch.promote.PromotionFolder;
import io.jenkins.plugins.multiarch.promote.TagLocks;
import java.io.IOException;
import jenkins.model.Jenkins;

/**
 * What the promotions of all jobs have in common: they take turns at tags, and have their journals and plans in one folder
 * under Jenkins' home. It lives as long as Jenkins and not as its Java, in which a restart may leave threads behind.
 */
@Extension
public final class Promotions {
    private static final String FOLDER = "multiarch-release/promotions";

    private final TagLocks locks = new TagLocks();

    static Promotions get() {
        return ExtensionList.lookupSingleton(Promotions.class);
    }

    TagLocks locks() {
        return locks;
    }

    PromotionFolder folder() throws IOException {
        return PromotionFolder.at(Jenkins.get().getRootDir().toPath().resolve(FOLDER));
    }
}
