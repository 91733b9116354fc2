package hudson.model;

public abstract class Cause {
    public Cause() {}

    public abstract String getShortDescription();

    public static class UserIdCause extends Cause {
        public UserIdCause() {}

        public native String getUserId();

        public native String getUserName();

        @Override
        public native String getShortDescription();
    }

    public static class UpstreamCause extends Cause {
        public UpstreamCause(Run<?, ?> upstream) {}

        public native String getUpstreamProject();

        public native int getUpstreamBuild();

        public native String getUpstreamUrl();

        @Override
        public native String getShortDescription();
    }
}
