package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A file system to copy from. Paths are relative to its root, which is the empty path. */
interface SourceTree {
    /** The longest chain of symbolic links, as in Linux. */
    int MAX_LINKS = 40;

    /** What is at a path itself; links are not followed. */
    Optional<FileNode> find(String path) throws IOException, InterruptedException;

    /** The names of what is in a folder, sorted. */
    List<String> children(String folder) throws IOException, InterruptedException;

    /**
     * The path that all symbolic links on the way lead to, the last included. None leads out: the root is its own parent,
     * and what links to {@code /} means this root. Parts that are not there stay as they are.
     */
    default String resolve(String path) throws IOException, InterruptedException {
        Deque<String> ahead = new ArrayDeque<>(List.of(path.split("/")));
        List<String> done = new ArrayList<>();
        int links = 0;
        while (!ahead.isEmpty()) {
            String part = ahead.pop();
            if (part.equals("..")) {
                if (!done.isEmpty()) {
                    done.remove(done.size() - 1);
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                done.add(part);
                Optional<FileNode> link = find(String.join("/", done)).filter(FileNode::isLink);
                if (link.isPresent()) {
                    refuseEndless(++links, path);
                    follow(link.get().entry().target(), done, ahead);
                }
            }
        }
        return String.join("/", done);
    }

    private static void follow(String target, List<String> done, Deque<String> ahead) {
        done.remove(done.size() - 1);
        if (target.startsWith("/")) {
            done.clear();
        }
        List<String> parts = new ArrayList<>(List.of(target.split("/")));
        Collections.reverse(parts);
        parts.forEach(ahead::push);
    }

    private static void refuseEndless(int links, String path) {
        if (links > MAX_LINKS) {
            throw new ReleaseException(
                    "'/" + path + "' leads through more than " + MAX_LINKS + " symbolic links.",
                    "Look for links that lead to each other.");
        }
    }
}
