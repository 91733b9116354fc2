package io.jenkins.plugins.multiarch.steps;

import groovy.lang.Closure;
import groovy.lang.Script;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/** The steps that the packaged script calls, as methods that note how they are called; branches run one after the other. */
public abstract class FakePipeline extends Script {
    /** What was called, in order. */
    public final List<String> calls = new ArrayList<>();
    /** What multiArchPublish was given. */
    public Map<String, Object> published;
    /** Plans whose build fails. */
    public final List<String> failing = new ArrayList<>();
    /** Plans during which somebody aborts the build. */
    public final List<String> aborted = new ArrayList<>();
    /** Plans that need no agent: they are left out, or were built before. */
    public final List<String> done = new ArrayList<>();
    /** What multiArchPrepare answers. */
    public Map<String, Object> prepared = Map.of("script", "make image", "label", "by buildah", "bindings", List.of());

    private String place = "controller";

    private void note(String call) {
        calls.add(place.equals("controller") ? call : place + ": " + call);
    }

    /** As the step does, all branches run to their end unless failFast or an abort says otherwise; then the first throws. */
    public void parallel(Map<String, Object> branches) {
        boolean failFast = Boolean.TRUE.equals(branches.get("failFast"));
        RuntimeException first = null;
        for (Map.Entry<String, Object> branch : branches.entrySet()) {
            if (branch.getValue() instanceof Closure<?> body && (first == null || !failFast)) {
                note("branch " + branch.getKey());
                try {
                    body.call();
                } catch (CancellationException e) {
                    throw e;
                } catch (RuntimeException e) {
                    first = first == null ? e : first;
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    public Object stage(String name, Closure<?> body) {
        note("stage " + name);
        return body.call();
    }

    public Object retry(Map<String, Object> arguments, Closure<?> body) {
        note("retry " + arguments.get("count") + " " + arguments.get("conditions"));
        return body.call();
    }

    public String agent() {
        return "agent";
    }

    public String nonresumable() {
        return "nonresumable";
    }

    public Object node(String label, Closure<?> body) {
        note("node " + label);
        place = label;
        try {
            return body.call();
        } finally {
            place = "controller";
        }
    }

    public Map<String, String> checkout(Object scm) {
        note("checkout " + scm);
        return Map.of("GIT_COMMIT", "moved");
    }

    public void stash(Map<String, String> arguments) {
        note("stash " + arguments.get("name"));
    }

    public void unstash(String name) {
        note("unstash " + name);
    }

    public String pwd(Map<String, Object> arguments) {
        return place + "@tmp";
    }

    public Object dir(String folder, Closure<?> body) {
        note("dir " + folder);
        return body.call();
    }

    public void deleteDir() {
        note("deleteDir");
    }

    public Object withCredentials(List<?> bindings, Closure<?> body) {
        note("withCredentials " + bindings);
        return body.call();
    }

    public int sh(Map<String, Object> arguments) {
        note("sh " + arguments.get("script") + " [" + arguments.get("label") + "] " + arguments.get("returnStatus"));
        return 3;
    }

    public Map<String, Object> multiArchAgent(Map<String, String> arguments) {
        String cell = arguments.get("cell");
        note("multiArchAgent " + cell);
        return done.contains(cell) ? Map.of("done", "done " + cell) : Map.of("label", "on-" + cell, "cell", cell + "'");
    }

    public Map<String, Object> multiArchPrepare(Map<String, String> arguments) {
        note("multiArchPrepare " + arguments.get("cell"));
        return prepared;
    }

    public String multiArchCollect(Map<String, Object> arguments) {
        note("multiArchCollect " + arguments.get("cell") + " " + arguments.get("status"));
        String cell = arguments.get("cell").toString().replace("'", "");
        if (aborted.contains(cell)) {
            throw new CancellationException();
        }
        if (failing.contains(cell)) {
            throw new ReleaseException(cell + " failed.", "Mend it.");
        }
        return "built " + cell;
    }

    public String multiArchPublish(Map<String, Object> arguments) {
        note("multiArchPublish");
        published = Map.copyOf(arguments);
        return "the image";
    }
}
