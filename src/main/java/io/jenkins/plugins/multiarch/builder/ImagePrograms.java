package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.layout.Compression;
import io.jenkins.plugins.multiarch.layout.TarEntry;
import io.jenkins.plugins.multiarch.layout.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which processors an image's programs are for. All builders write the platform that was asked for into the configuration,
 * even where the base image is of another one, so only the programs tell the truth (ELF-64, "ELF Header").
 *
 * <p>As a rule the first program that is found settles it. Only where there are several and none is for the platform is the
 * image refused, so that one with programs of many platforms is not.
 */
final class ImagePrograms {
    /** The label of images that carry other platforms' programs on purpose. */
    static final String FOREIGN = "io.jenkins.multiarch.foreign";

    /** After so many foreign programs nobody expects an own one. */
    private static final int ENOUGH = 50;

    private static final int HEADER = 20;
    private static final int EXECUTABLE = 2;
    private static final int SHARED = 3;
    private static final int BIG_ENDIAN = 2;

    /** The numbers of {@code e_machine}; what a processor runs besides is its own too. */
    private static final Map<String, Set<Integer>> MACHINES = Map.of(
            "amd64", Set.of(62, 3),
            "386", Set.of(3),
            "arm64", Set.of(183, 40),
            "arm", Set.of(40),
            "ppc64le", Set.of(21),
            "s390x", Set.of(22),
            "riscv64", Set.of(243),
            "mips64le", Set.of(8),
            "loong64", Set.of(258));

    private final BuiltStore store;
    private final Platform platform;
    private final Set<Integer> own;
    private int foreign;
    private String example = "";

    private ImagePrograms(BuiltStore store, Platform platform) {
        this.store = store;
        this.platform = platform;
        this.own = MACHINES.getOrDefault(platform.arch(), Set.of());
    }

    /** Refuses an image that has programs, and none for its platform. */
    static void check(BuiltStore store, ImageManifest image, Platform platform) throws IOException {
        ImagePrograms programs = new ImagePrograms(store, platform);
        if (!platform.os().equals("linux") || programs.own.isEmpty()) {
            return;
        }
        for (Descriptor layer : image.layers()) {
            if (programs.hasOwn(layer) || programs.foreign >= ENOUGH) {
                break;
            }
        }
        programs.refuseForeign();
    }

    private void refuseForeign() {
        if (foreign > 0) {
            throw new ReleaseException(
                    "An image for " + platform + " was asked for, and its programs are for another processor, such as "
                            + example + ".",
                    "Check that its base image is there for " + platform + "; an image that carries other programs on"
                            + " purpose says so by the label " + FOREIGN + "=true.");
        }
    }

    /** Layers that we cannot read are left to those who can. */
    private boolean hasOwn(Descriptor layer) throws IOException {
        String what = "The layer " + layer.digest();
        try (InputStream content = Compression.expand(store.blobContent(layer), what);
                TarReader tar = new TarReader(content, what)) {
            for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                if (isOwn(entry.get(), tar)) {
                    foreign = 0;
                    return true;
                }
                if (foreign >= ENOUGH) {
                    return false;
                }
            }
        } catch (ReleaseException e) {
            return false;
        }
        return false;
    }

    private boolean isOwn(TarEntry entry, TarReader tar) throws IOException {
        if (!entry.isFile() || (entry.mode() & 0111) == 0 || entry.size() < HEADER) {
            return false;
        }
        byte[] header = tar.content().readNBytes(HEADER);
        if (header[0] != 0x7F || header[1] != 'E' || header[2] != 'L' || header[3] != 'F') {
            return false;
        }
        int type = number(header, 16);
        if (type != EXECUTABLE && type != SHARED) {
            return false;
        }
        if (own.contains(number(header, 18))) {
            return true;
        }
        foreign++;
        example = example.isEmpty() ? "/" + entry.name() : example;
        return false;
    }

    private static int number(byte[] header, int at) {
        int first = header[at] & 0xFF;
        int second = header[at + 1] & 0xFF;
        return header[5] == BIG_ENDIAN ? first << 8 | second : second << 8 | first;
    }
}
