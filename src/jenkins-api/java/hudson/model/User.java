package hudson.model;

import hudson.security.ACL;
import hudson.security.AccessControlled;

public class User implements AccessControlled, ModelObject {
    User() {}

    public native String getId();

    @Override
    public native String getDisplayName();

    public native String getFullName();

    @Override
    public native ACL getACL();

    public static native User current();
}
