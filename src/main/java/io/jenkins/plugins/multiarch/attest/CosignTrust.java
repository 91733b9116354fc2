package io.jenkins.plugins.multiarch.attest;

import java.util.List;
import java.util.Map;

/** What cosign has to be told so that it trusts one signer and nobody else; nothing of it is secret. */
public interface CosignTrust {
    /** Where a script finds the folder with {@link #files}. */
    String FOLDER = "$folder";

    /** Files that it reads, by their names in {@link #FOLDER}. */
    Map<String, String> files();

    /** Variables of its environment, each with the name of one of the files. */
    Map<String, String> variables();

    /** Arguments for evidence in bundles, as a shell reads them. */
    List<String> bundleArguments();

    /** Arguments for what lies in cosign's own tags, as a shell reads them. */
    List<String> tagArguments();

    /** One of the files, as a shell reads it. */
    static String path(String file) {
        return "\"" + FOLDER + "/" + file + "\"";
    }

    /** A text that holds whatever a shell takes for its own, as a shell reads it. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
