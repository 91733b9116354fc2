package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The version of a pom.xml: its own or else its parent's, with what its own properties say put in. */
final class MavenVersion {
    private static final int MAX_DEPTH = 50;
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^{}]+)}");

    private MavenVersion() {}

    /** @param place names the file in a refusal */
    static Optional<String> find(byte[] content, String place) {
        Map<String, String> texts = texts(content, place);
        return Optional.ofNullable(texts.getOrDefault("project/version", texts.get("project/parent/version")))
                .map(version -> filled(version, texts, place));
    }

    private static String filled(String version, Map<String, String> texts, String place) {
        return PROPERTY.matcher(version).replaceAll(property -> {
            String value = texts.get("project/properties/" + property.group(1));
            if (value == null || PROPERTY.matcher(value).find()) {
                throw new ReleaseException(
                        "The version in " + place + " needs the property '" + property.group(1)
                                + "', which the file does not say.",
                        "Write its value under properties, or name another file in versionFiles.");
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /** The texts of the few elements that matter, by their path; nothing outside of the file is read. */
    private static Map<String, String> texts(byte[] content, String place) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        Map<String, String> texts = new HashMap<>();
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(content));
            Deque<String> path = new ArrayDeque<>();
            path.addLast("");
            StringBuilder text = new StringBuilder();
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    refuseDeeper(path.size(), place);
                    path.addLast((path.getLast().isEmpty() ? "" : path.getLast() + "/") + reader.getLocalName());
                    text.setLength(0);
                } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                    text.append(reader.getText());
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    texts.putIfAbsent(path.removeLast(), text.toString().strip());
                    text.setLength(0);
                }
            }
        } catch (XMLStreamException e) {
            throw new ReleaseException(
                    place + " cannot be read as XML.", "Correct the file; it may be broken, or declare entities.", e);
        }
        return texts;
    }

    private static void refuseDeeper(int depth, String place) throws XMLStreamException {
        if (depth > MAX_DEPTH) {
            throw new XMLStreamException(place + " is nested too deeply");
        }
    }
}
