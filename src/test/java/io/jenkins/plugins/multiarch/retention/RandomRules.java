package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rules made of dice, written as JSON for ours, and judged here once more by other means. */
final class RandomRules {
    static final List<String> NAMES = List.of("dev-", "1.0.", "main-", "other-");
    private static final int DAYS = 40;

    /** What a rule says of the tags that begin so; -1 where it does not. */
    private record Rule(String prefix, int keep, String order, int younger, int patches) {
        String json() {
            return "{\"tags\": \"" + prefix + "*\", \"order\": \"" + order + "\"" + number("keep", keep)
                    + (younger < 0 ? "" : ", \"younger\": \"" + younger + "d\"")
                    + (patches < 0 ? "" : ", \"minors\": 1" + number("patches", patches)) + "}";
        }

        private static String number(String name, int value) {
            return value < 0 ? "" : ", \"" + name + "\": " + value;
        }
    }

    private final List<Rule> rules = new ArrayList<>();
    private final boolean protecting;
    private final int untaggedAfter;

    RandomRules(Random random) {
        for (int i = random.nextInt(4); i > 0; i--) {
            String prefix = NAMES.get(random.nextInt(NAMES.size()));
            int few = random.nextInt(4);
            int days = random.nextInt(DAYS);
            rules.add(
                    switch (random.nextInt(5)) {
                        case 0 -> new Rule(prefix, few, "age", -1, -1);
                        case 1 -> new Rule(prefix, -1, "age", days, -1);
                        case 2 -> new Rule(prefix, few, "age", days, -1);
                        case 3 -> new Rule(prefix, few, "name", -1, -1);
                        default ->
                            random.nextBoolean()
                                    ? new Rule(prefix, few, "version", -1, -1)
                                    : new Rule(prefix, -1, "age", -1, few);
                    });
        }
        protecting = random.nextInt(3) == 0;
        untaggedAfter = random.nextInt(4) == 0 ? -1 : random.nextInt(20);
    }

    RetentionRules read() {
        String json = "{\"rules\": " + rules.stream().map(Rule::json).toList()
                + (protecting ? ", \"protect\": [\"dev-1*\"]" : "") + ", \"untaggedAfter\": \""
                + (untaggedAfter < 0 ? "never" : untaggedAfter + "d") + "\", \"mayEmpty\": true}";
        return RulesReader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Nothing for ever. */
    Optional<Duration> untaggedAfter() {
        return untaggedAfter < 0 ? Optional.empty() : Optional.of(Duration.ofDays(untaggedAfter));
    }

    /** Whether it may matter how old a tag is. */
    boolean goByAge(Tag tag) {
        return rules.stream().anyMatch(rule -> means(rule, tag) && rule.order().equals("age") && rule.patches() < 0);
    }

    private boolean isProtected(Tag tag) {
        return protecting && tag.name().startsWith("dev-1");
    }

    private static boolean means(Rule rule, Tag tag) {
        return tag.name().startsWith(rule.prefix());
    }

    /** @param time of an image, where anybody knows */
    Map<Tag, TagVerdict> judge(Map<Tag, Digest> tags, Function<Digest, Optional<Instant>> time) {
        Map<Tag, List<TagVerdict>> said = new TreeMap<>();
        tags.keySet().forEach(tag -> said.put(tag, new ArrayList<>()));
        for (Rule rule : rules) {
            Map<Tag, Digest> meant = new TreeMap<>(tags);
            meant.keySet().removeIf(tag -> !means(rule, tag));
            if (rule.keep() >= 0) {
                say(said, rule, newest(meant, rule.keep(), rule.order(), time));
            }
            if (rule.younger() >= 0) {
                say(said, rule, younger(meant, rule.younger(), time));
            }
            if (rule.younger() >= 0 && rule.keep() < 0) {
                say(said, rule, newest(meant, 1, "age", time));
            }
            if (rule.patches() >= 0) {
                say(said, rule, lastPatches(meant, rule.patches()));
            }
        }
        Map<Tag, TagVerdict> verdicts = new TreeMap<>();
        said.forEach((tag, all) -> verdicts.put(tag, verdict(tag, all)));
        return verdicts;
    }

    private static void say(Map<Tag, List<TagVerdict>> said, Rule rule, Map<Tag, TagVerdict> verdicts) {
        verdicts.forEach((tag, verdict) ->
                said.get(tag).add(new TagVerdict(verdict.kept(), rule.prefix() + "*: " + verdict.reason())));
    }

    private TagVerdict verdict(Tag tag, List<TagVerdict> all) {
        if (isProtected(tag)) {
            return new TagVerdict(true, "it is protected");
        }
        if (all.isEmpty()) {
            return new TagVerdict(true, "no rule means it");
        }
        String against = all.stream().map(TagVerdict::reason).collect(Collectors.joining("; "));
        return all.stream().filter(TagVerdict::kept).findFirst().orElse(new TagVerdict(false, against));
    }

    private static Map<Tag, TagVerdict> newest(
            Map<Tag, Digest> meant, int count, String order, Function<Digest, Optional<Instant>> time) {
        Map<Tag, TagVerdict> verdicts = new HashMap<>();
        Set<Digest> above = new HashSet<>();
        List<Tag> newestFirst = meant.keySet().stream()
                .sorted(Comparator.<Tag, Long>comparing(tag -> order.equals("age")
                                ? time.apply(meant.get(tag))
                                        .map(Instant::getEpochSecond)
                                        .orElse(0L)
                                : number(tag))
                        .thenComparing(Tag::name)
                        .reversed())
                .toList();
        Map<Digest, Integer> places = new HashMap<>();
        for (Tag tag : newestFirst) {
            boolean unknown = order.equals("age") && time.apply(meant.get(tag)).isEmpty();
            if (count == 0) {
                verdicts.put(tag, new TagVerdict(false, "none of them is kept"));
            } else if (unknown) {
                verdicts.put(tag, new TagVerdict(true, "its place by age is not known"));
            } else {
                if (above.add(meant.get(tag))) {
                    places.put(meant.get(tag), above.size());
                }
                int place = places.get(meant.get(tag));
                verdicts.put(
                        tag,
                        new TagVerdict(
                                place <= count,
                                "number " + place + " by " + order + ", the newest " + count + " are kept"));
            }
        }
        if (order.equals("version")) {
            meant.keySet().stream()
                    .filter(tag -> count > 0 && !tag.name().startsWith("1.0."))
                    .forEach(tag -> verdicts.put(tag, new TagVerdict(true, "its place by version is not known")));
        }
        return verdicts;
    }

    private static long number(Tag tag) {
        return Long.parseLong(tag.name().replaceAll("^.*[^0-9]", ""));
    }

    private static Map<Tag, TagVerdict> younger(
            Map<Tag, Digest> meant, int days, Function<Digest, Optional<Instant>> time) {
        Map<Tag, TagVerdict> verdicts = new HashMap<>();
        meant.forEach((tag, digest) -> {
            Optional<Instant> at = time.apply(digest);
            boolean young =
                    at.isEmpty() || Duration.between(at.get(), RandomGraph.NOW).compareTo(Duration.ofDays(days)) < 0;
            String reason =
                    at.isEmpty() ? "nobody knows its age" : (young ? "" : "not ") + "younger than " + days + "d";
            verdicts.put(tag, new TagVerdict(young, reason));
        });
        return verdicts;
    }

    private static Map<Tag, TagVerdict> lastPatches(Map<Tag, Digest> meant, int patches) {
        Set<Long> numbers = new TreeSet<>(Comparator.<Long>naturalOrder().reversed());
        meant.keySet().forEach(tag -> numbers.add(number(tag)));
        Set<Long> last = numbers.stream().limit(patches).collect(Collectors.toSet());
        Map<Tag, TagVerdict> verdicts = new HashMap<>();
        for (Tag tag : meant.keySet()) {
            boolean version = tag.name().startsWith("1.0.");
            boolean kept = last.contains(number(tag));
            String reason = (kept ? "" : "not one of them, ") + "the last " + patches + " patches of the last 1 minors"
                    + " are kept";
            verdicts.put(
                    tag,
                    version
                            ? new TagVerdict(kept, reason)
                            : new TagVerdict(true, "it is no version, where the rule goes by versions"));
        }
        return verdicts;
    }
}
