package jenkins.scm.api;

import hudson.model.Item;

public class SCMHead {
    SCMHead() {}

    public native String getName();

    public abstract static class HeadByItem {
        HeadByItem() {}

        public static native SCMHead findHead(Item item);
    }
}
