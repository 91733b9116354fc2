package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.image.BoundedPattern;
import io.jenkins.plugins.multiarch.version.PythonVersion;
import io.jenkins.plugins.multiarch.version.ReleaseVersion;
import io.jenkins.plugins.multiarch.version.Version;
import io.jenkins.plugins.multiarch.version.VersionScheme;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what each rule comes to, type by type as docker/metadata-action does. */
final class TagValues {
    /** Expressions that differ from one release to the next; a pattern without makes tags that several releases share. */
    private static final Set<String> OF_ONE_RELEASE = Set.of("version", "raw", "patch");

    private static final Pattern SLASHED = Pattern.compile("/(.+)/([a-z]*)");

    private final TagContext context;
    private final Expressions expressions;
    private final BuildFacts facts;

    TagValues(TagContext context) {
        this.context = context;
        this.expressions = context.expressions();
        this.facts = context.facts();
    }

    TagValue of(TagRule rule) {
        return switch (rule.type()) {
            case SCHEDULE ->
                facts.cause() == Cause.TIMER
                        ? TagValue.of(expressions.fill(rule.get("pattern")), false)
                        : TagValue.none("no timer began this build");
            case SEMVER -> version(rule, VersionScheme.SEMVER);
            case PEP440 -> version(rule, VersionScheme.PEP440);
            case MATCH -> match(rule);
            case CHANNEL ->
                expressions.channel().isEmpty()
                        ? TagValue.none("there is no channel")
                        : TagValue.of(expressions.channel(), false);
            case EDGE -> edge(rule);
            case REF -> ref(rule);
            case RAW -> TagValue.of(expressions.fill(rule.get("value")), false);
            case SHA ->
                facts.commit().isEmpty() ? TagValue.none("the commit is not known") : TagValue.of(commit(rule), false);
        };
    }

    private String commit(TagRule rule) {
        boolean isLong = rule.get("format").equals("long");
        return isLong ? facts.commit() : Expressions.shortened(facts.commit(), Integer.parseInt(rule.get("length")));
    }

    private TagValue edge(TagRule rule) {
        String branch = rule.get("branch").isEmpty() ? facts.defaultBranch() : rule.get("branch");
        return facts.ref().isBranch() && facts.ref().name().equals(branch)
                ? TagValue.of("edge", false)
                : TagValue.none("this is not branch " + branch);
    }

    private TagValue ref(TagRule rule) {
        Ref.Kind wanted = switch (rule.get("event")) {
            case "branch" -> Ref.Kind.BRANCH;
            case "tag" -> Ref.Kind.TAG;
            default -> Ref.Kind.PULL_REQUEST;
        };
        return facts.ref().kind() == wanted
                ? TagValue.of(facts.ref().name(), wanted == Ref.Kind.TAG)
                : TagValue.none("this is not a " + wanted);
    }

    private TagValue match(TagRule rule) {
        Optional<String> text = given(rule);
        if (text.isEmpty()) {
            return TagValue.none("this is not a tag");
        }
        Optional<MatchResult> match = pattern(rule.get("pattern")).find(text.get());
        int group = Integer.parseInt(rule.get("group"));
        if (match.isEmpty() || group > match.get().groupCount() || match.get().group(group) == null) {
            return TagValue.none(text.get() + " does not match " + rule.get("pattern"));
        }
        return TagValue.of(match.get().group(group), true);
    }

    private static BoundedPattern pattern(String written) {
        Matcher slashed = SLASHED.matcher(written);
        if (!slashed.matches()) {
            return BoundedPattern.compile(written, 0);
        }
        String flags = slashed.group(2);
        return BoundedPattern.compile(
                slashed.group(1),
                (flags.contains("i") ? Pattern.CASE_INSENSITIVE : 0)
                        | (flags.contains("m") ? Pattern.MULTILINE : 0)
                        | (flags.contains("s") ? Pattern.DOTALL : 0));
    }

    /** What the rule names, or else the tag that is built. */
    private Optional<String> given(TagRule rule) {
        if (!rule.get("value").isEmpty()) {
            return Optional.of(expressions.fill(rule.get("value")));
        }
        return facts.ref().isTag() ? Optional.of(facts.ref().name()) : Optional.empty();
    }

    private TagValue version(TagRule rule, VersionScheme scheme) {
        if (!context.noVersions().isEmpty()) {
            return TagValue.none(context.noVersions());
        }
        Optional<String> given = given(rule);
        Optional<ReleaseVersion> version =
                given.isPresent() ? read(rule, given.get()) : context.version().filter(isOf(scheme));
        if (version.isEmpty()) {
            return TagValue.none(
                    given.map(text -> text + " is not a " + scheme.shown()).orElse("this is not a tag"));
        }
        ReleaseVersion found = version.get();
        TagValue value = TagValue.of(text(rule, found), found);
        if (!context.onlyIfHighest() || !found.isPlain()) {
            return value;
        }
        if (context.known().isEmpty()) {
            return Template.hasAny(rule.get("pattern"), OF_ONE_RELEASE) ? value : value.leftOut(LatestRule.UNKNOWN);
        }
        return higherOwner(rule, found, value.text(), context.known().get())
                .map(value::leftTo)
                .orElse(value);
    }

    private static Predicate<ReleaseVersion> isOf(VersionScheme scheme) {
        return version ->
                scheme == VersionScheme.SEMVER ? version instanceof Version : version instanceof PythonVersion;
    }

    /** Pre-releases come in numbers and break things, so nothing shorter than the whole version stands for one. */
    private String text(TagRule rule, ReleaseVersion version) {
        String pattern = rule.get("pattern");
        boolean isWhole = version.isPlain() || Template.isOnly(pattern, "raw");
        return expressions.fill(isWhole ? pattern : "{{version}}", version);
    }

    private Optional<ReleaseVersion> higherOwner(
            TagRule rule, ReleaseVersion version, String text, List<ReleaseVersion> known) {
        return known.stream()
                .filter(other -> other.isPlain() && other.isHigherThan(version))
                .filter(other -> text(rule, other).equals(text))
                .findFirst();
    }

    /** The version in a tag, which a rule with {@code match} finds in its first group. */
    static Optional<ReleaseVersion> read(TagRule rule, String tag) {
        VersionScheme scheme = rule.type() == TagType.PEP440 ? VersionScheme.PEP440 : VersionScheme.SEMVER;
        if (rule.get("match").isEmpty()) {
            return scheme.read(tag.replace('/', '-'));
        }
        return BoundedPattern.compile(rule.get("match"), 0)
                .find(tag)
                .filter(match -> match.groupCount() > 0 && match.group(1) != null)
                .flatMap(match -> scheme.read(match.group(1).replace('/', '-')));
    }
}
