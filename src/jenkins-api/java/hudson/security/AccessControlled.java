package hudson.security;

public interface AccessControlled {
    ACL getACL();

    default void checkPermission(Permission permission) {
        throw new AssertionError();
    }

    default void checkAnyPermission(Permission... permissions) {
        throw new AssertionError();
    }

    default boolean hasPermission(Permission permission) {
        throw new AssertionError();
    }

    default boolean hasAnyPermission(Permission... permissions) {
        throw new AssertionError();
    }
}
