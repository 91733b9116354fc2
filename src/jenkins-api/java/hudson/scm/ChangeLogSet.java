package hudson.scm;

import java.util.Collection;

public abstract class ChangeLogSet<T extends ChangeLogSet.Entry> implements Iterable<T> {
    ChangeLogSet() {}

    public native String getKind();

    public abstract static class Entry {
        public Entry() {}

        public native String getCommitId();

        public abstract Collection<String> getAffectedPaths();
    }
}
