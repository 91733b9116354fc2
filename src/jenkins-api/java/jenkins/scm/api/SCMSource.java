package jenkins.scm.api;

import hudson.model.Item;
import hudson.scm.SCM;

public abstract class SCMSource {
    SCMSource() {}

    public final synchronized native String getId();

    public abstract SCM build(SCMHead head, SCMRevision revision);

    public abstract static class SourceByItem {
        SourceByItem() {}

        public static native SCMSource findSource(Item item);
    }
}
