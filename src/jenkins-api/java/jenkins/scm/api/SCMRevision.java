package jenkins.scm.api;

public abstract class SCMRevision {
    SCMRevision() {}

    @Override
    public native String toString();
}
