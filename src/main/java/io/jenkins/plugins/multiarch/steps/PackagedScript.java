package io.jenkins.plugins.multiarch.steps;

import groovy.lang.Script;
import hudson.Extension;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URL;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsThread;
import org.jenkinsci.plugins.workflow.cps.GroovySourceFileAllowlist;

/**
 * The Pipeline script that comes with the plugin. Jenkins compiles it as trusted code of the build, as it does with the
 * scripts of Declarative Pipeline: it is neither in the sandbox nor shown in Replay.
 */
final class PackagedScript {
    private static final String NAME = PackagedScript.class.getPackageName() + ".MultiArchScript";

    private PackagedScript() {}

    /**
     * A new instance with its work, bound to the running build. The work is in a field of the script, which is saved with
     * it; variables of a script other than the Jenkinsfile's are not. Only to be called on the thread of that Pipeline.
     *
     * @throws IOException if it cannot be compiled or made, which no argument of a step can bring about
     */
    static Script with(Map<String, Object> work) throws IOException {
        try {
            Class<?> type = CpsThread.current()
                    .getExecution()
                    .getTrustedShell()
                    .getClassLoader()
                    .loadClass(NAME);
            Script script = (Script) type.getConstructor().newInstance();
            give(script, work);
            return script;
        } catch (ReflectiveOperationException e) {
            throw new IOException("The packaged script of buildMultiArch cannot be loaded.", e);
        }
    }

    static void give(Script script, Map<String, Object> work) throws ReflectiveOperationException {
        Field field = script.getClass().getDeclaredField("multiArchWork");
        field.setAccessible(true);
        field.set(script, work);
    }

    /** Lets Jenkins load this one script, and no other of the plugin. */
    @Extension
    public static final class Allowlist extends GroovySourceFileAllowlist {
        private final URL script = PackagedScript.class.getResource("MultiArchScript.groovy");

        @Override
        public boolean isAllowed(String url) {
            return script != null && script.toString().equals(url);
        }
    }
}
