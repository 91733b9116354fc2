package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.staging.StageRecord;
import io.jenkins.plugins.multiarch.staging.StagedPlatform;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings one archive into the folder it is run in, checking all of it on the way.
 *
 * @param documents what describes the staged image, by file name
 * @param platform the one whose archive it is
 * @param where names the staged image in refusals
 * @param content the archive from the controller, unless there is an address
 * @param address of a store outside Jenkins; it may hold a signature, so it is never shown
 */
record FetchTask(
        HashMap<String, byte[]> documents,
        String platform,
        String where,
        @CheckForNull InputStream content,
        @CheckForNull URL address)
        implements RegistryTask<Long> {
    private static final long serialVersionUID = 1L;

    private static final int CONNECT_MILLIS = 30_000;

    /** The longest silence of a store, in milliseconds. */
    private static final int READ_MILLIS = 120_000;

    @Override
    public List<String> registries() {
        return List.of();
    }

    /** @return the archive's size in bytes */
    @Override
    public Long run(Registry registry, Optional<Path> folder, Consumer<String> log) throws IOException {
        StagedPlatform archive = StageRecord.read(documents::get, where).platforms().stream()
                .filter(one -> one.platform().toString().equals(platform))
                .findFirst()
                .orElseThrow();
        try (InputStream in = archive.checked(open(archive), where)) {
            return Files.copy(in, folder.orElseThrow().resolve(archive.archive()));
        }
    }

    private InputStream open(StagedPlatform archive) throws IOException {
        if (address == null) {
            return content;
        }
        URLConnection connection = address.openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        if (connection instanceof HttpURLConnection http && http.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new ReleaseException(
                    "The store of artifacts at " + address.getHost() + " answered " + http.getResponseCode() + " for "
                            + archive.archive() + " of the staged image " + where + ".",
                    "Run the step again; if it stays so, look whether the store still has the file.");
        }
        return connection.getInputStream();
    }
}
