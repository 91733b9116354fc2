package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.ArrayList;
import java.util.List;

/** Fields parted by commas, as RFC 4180 has them: one with a comma in it stands in quotes, and a quote in those is written twice. */
final class CommaFields {

    private CommaFields() {}

    static List<String> read(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean isQuoted = false;
        boolean wasQuoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (isQuoted) {
                if (c != '"') {
                    field.append(c);
                } else if (line.startsWith("\"\"", i)) {
                    field.append(c);
                    i++;
                } else {
                    isQuoted = false;
                    wasQuoted = true;
                }
            } else if (c == ',') {
                fields.add(field.toString().strip());
                field.setLength(0);
                wasQuoted = false;
            } else if (c == '"' && field.toString().isBlank() && !wasQuoted) {
                field.setLength(0);
                isQuoted = true;
            } else {
                field.append(c);
            }
        }
        if (isQuoted) {
            throw new ReleaseException(
                    "'" + Shown.of(line) + "' has a quote that does not end.",
                    "Put quotes around the whole field, as in \"pattern=v(\\d{1,3})\".");
        }
        fields.add(field.toString().strip());
        return fields;
    }
}
