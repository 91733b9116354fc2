package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Platform;
import java.util.LinkedHashMap;
import java.util.Map;

/** The arguments that BuildKit gives to every Dockerfile: TARGETPLATFORM, TARGETOS, … and BUILDPLATFORM, … */
final class PlatformArguments {

    private PlatformArguments() {}

    static Map<String, String> of(Platform target, Platform build, String stage) {
        Map<String, String> arguments = new LinkedHashMap<>();
        put("TARGET", target, arguments);
        put("BUILD", build, arguments);
        arguments.put("TARGETSTAGE", stage.isEmpty() ? "default" : stage);
        return arguments;
    }

    private static void put(String prefix, Platform platform, Map<String, String> arguments) {
        arguments.put(prefix + "PLATFORM", platform.toString());
        arguments.put(prefix + "OS", platform.os());
        arguments.put(prefix + "OSVERSION", platform.osVersion());
        arguments.put(prefix + "ARCH", platform.arch());
        arguments.put(prefix + "VARIANT", platform.variant());
    }
}
