package io.jenkins.plugins.multiarch.promote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One thing that a promotion wrote down. */
public sealed interface JournalEntry {
    /** The form of what {@link #toJson} writes. */
    int VERSION = 1;

    /**
     * Somebody is about to write here.
     *
     * @param owner a name by which they are found again
     */
    record Begun(String owner) implements JournalEntry {
        @Override
        public ObjectNode toJson() {
            return entry("begun").put("owner", owner);
        }

        @Override
        public boolean isDecision() {
            return false;
        }
    }

    /**
     * All tags that are about to move, with where they led.
     *
     * @param receipt what is to be left beside the images when they have moved; nothing where nobody wants a receipt
     */
    record Planned(List<TagChange> changes, Optional<Receipt> receipt) implements JournalEntry {
        public Planned {
            changes = List.copyOf(changes);
        }

        /** Without a receipt. */
        public Planned(List<TagChange> changes) {
            this(changes, Optional.empty());
        }

        @Override
        public ObjectNode toJson() {
            ObjectNode json = entry("planned");
            ArrayNode array = json.putArray("changes");
            changes.forEach(change -> array.add(change.toJson()));
            receipt.ifPresent(draft -> json.set("receipt", draft.toJson()));
            return json;
        }
    }

    /** One of them was moved. For people: what to do after a crash is read from the registry. */
    record Moved(TagChange change) implements JournalEntry {
        @Override
        public ObjectNode toJson() {
            return entry("moved").set("change", change.toJson());
        }

        @Override
        public boolean isDecision() {
            return false;
        }
    }

    /**
     * Somebody else has moved a tag since that was planned, and theirs is about to be overwritten, being older.
     *
     * @param change with theirs as what it goes back to
     */
    record Overwriting(TagChange change) implements JournalEntry {
        @Override
        public ObjectNode toJson() {
            return entry("overwriting").set("change", change.toJson());
        }
    }

    /**
     * From here on every tag goes back to where it led.
     *
     * @param unanswered tags with a request of which nobody knows what became
     */
    record Restoring(String reason, List<TagName> unanswered) implements JournalEntry {
        public Restoring {
            unanswered = List.copyOf(unanswered);
        }

        /** With every request answered. */
        public Restoring(String reason) {
            this(reason, List.of());
        }

        @Override
        public ObjectNode toJson() {
            ObjectNode json = entry("restoring").put("reason", reason);
            if (!unanswered.isEmpty()) {
                ArrayNode array = json.putArray("unanswered");
                unanswered.forEach(name -> array.add(name.toJson()));
            }
            return json;
        }
    }

    /** Every tag was read back where it is to lead: nothing is taken back any more, and what is left is the receipt. */
    record AllMoved() implements JournalEntry {
        @Override
        public ObjectNode toJson() {
            return entry("all-moved");
        }
    }

    /** Nothing is left to do. */
    record Ended(Outcome outcome) implements JournalEntry {
        @Override
        public ObjectNode toJson() {
            return entry("ended").put("outcome", outcome.toString());
        }
    }

    /** How a promotion ended. */
    enum Outcome {
        DONE,
        RESTORED;

        @Override
        public String toString() {
            return this == DONE ? "done" : "restored";
        }
    }

    /** Whether what happens after a crash depends on it. */
    default boolean isDecision() {
        return true;
    }

    /** <code>{"version": 1, "entry": "begun"|"planned"|"overwriting"|"moved"|"all-moved"|"restoring"|"ended", …}</code>. */
    ObjectNode toJson();

    /** Reads what {@link #toJson} wrote. */
    static JournalEntry parse(byte[] bytes) {
        ObjectNode json = Json.readFew(bytes, "The entry of a promotion's journal");
        int version = json.path("version").asInt();
        String entry = json.path("entry").asText("");
        return switch (version == VERSION ? entry : "") {
            case "begun" -> new Begun(Shown.plain(json.path("owner").asText("")));
            case "planned" -> new Planned(changes(json.path("changes")), receipt(json.path("receipt")));
            case "moved" -> new Moved(TagChange.read(json.path("change")));
            case "overwriting" -> new Overwriting(TagChange.read(json.path("change")));
            case "restoring" ->
                new Restoring(Shown.plain(json.path("reason").asText("")), names(json.path("unanswered")));
            case "all-moved" -> new AllMoved();
            case "ended" -> new Ended(json.path("outcome").asText("").equals("done") ? Outcome.DONE : Outcome.RESTORED);
            default ->
                throw new ReleaseException(
                        "The journal of a promotion has an entry '" + Shown.of(entry) + "' of version " + version
                                + ", which this version does not know.",
                        "Use the version that wrote it, or look at the tags it names and delete it.");
        };
    }

    private static List<TagChange> changes(JsonNode array) {
        List<TagChange> changes = new ArrayList<>();
        array.forEach(change -> changes.add(TagChange.read(change)));
        return changes;
    }

    private static List<TagName> names(JsonNode array) {
        List<TagName> names = new ArrayList<>();
        array.forEach(name -> names.add(TagName.read(name)));
        return names;
    }

    private static Optional<Receipt> receipt(JsonNode json) {
        return json instanceof ObjectNode receipt ? Optional.of(Receipt.read(receipt)) : Optional.empty();
    }

    private static ObjectNode entry(String name) {
        return Json.object().put("version", VERSION).put("entry", name);
    }
}
