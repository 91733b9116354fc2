package io.jenkins.plugins.multiarch.registry;

/** What a call does to a repository, in the words of the token specification of distribution. */
enum Action {
    PULL("pull"),
    PUSH("pull,push"),
    DELETE("pull,push,delete");

    private final String scope;

    Action(String scope) {
        this.scope = scope;
    }

    /** The actions to ask a token for; who writes also reads, so that one token serves a whole push. */
    String scope() {
        return scope;
    }
}
