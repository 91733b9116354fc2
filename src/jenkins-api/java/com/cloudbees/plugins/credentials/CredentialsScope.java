package com.cloudbees.plugins.credentials;

public enum CredentialsScope {
    SYSTEM {
        @Override
        public String getDisplayName() {
            throw new AssertionError();
        }
    },
    GLOBAL {
        @Override
        public String getDisplayName() {
            throw new AssertionError();
        }
    },
    USER {
        @Override
        public String getDisplayName() {
            throw new AssertionError();
        }
    };

    public abstract String getDisplayName();
}
