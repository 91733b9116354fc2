package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;
import net.sf.json.JSONObject;

/** Lists in the forms of the steps: text areas with one entry a line. */
final class FormFields {

    private FormFields() {}

    /** A list as the text of its text area. */
    static String asLines(@CheckForNull List<String> entries) {
        return entries == null ? "" : String.join("\n", entries);
    }

    /** Makes lists of the text areas of a form that was sent. */
    static void takeLists(JSONObject form, List<String> arguments) {
        arguments.forEach(argument -> form.put(argument, StepArguments.lines(form.optString(argument))));
    }
}
