package io.jenkins.plugins.multiarch.plan;

import java.util.Optional;

/** Texts of a file by their keys, which are names parted by dots. */
interface KeyedTexts {

    /** The text of a key as it is written; a number keeps its zeros. */
    Optional<String> get(String key);
}
