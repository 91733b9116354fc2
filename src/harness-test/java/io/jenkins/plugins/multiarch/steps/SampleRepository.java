package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import jenkins.plugins.git.traits.TagDiscoveryTrait;

/** A Git repository in a folder, with a branch {@code main}. */
final class SampleRepository {
    private final Path folder;

    private SampleRepository(Path folder) {
        this.folder = folder;
    }

    static SampleRepository in(Path folder) throws Exception {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        SampleRepository repository = new SampleRepository(Files.createDirectories(folder));
        repository.git("init", "--quiet", "--initial-branch", "main");
        return repository;
    }

    String url() {
        return folder.toUri().toString();
    }

    /** Changes a file of the branch that was worked on last. @return the commit */
    String commit(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        git("add", "--all");
        git("-c", "user.name=Test", "-c", "user.email=test@localhost", "commit", "--quiet", "--message", name);
        return git("rev-parse", "HEAD");
    }

    String git(String... arguments) throws Exception {
        Process git = new ProcessBuilder(Stream.concat(Stream.of("git"), Arrays.stream(arguments))
                        .toList())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(git.waitFor()).as(said).isZero();
        return said;
    }

    /** With its branches and tags. */
    GitSCMSource source() {
        GitSCMSource source = new GitSCMSource(url());
        source.setTraits(List.of(new BranchDiscoveryTrait(), new TagDiscoveryTrait()));
        return source;
    }

    /** @param others more remotes that the branch may come from */
    GitSCM scm(String branch, String... others) {
        List<UserRemoteConfig> remotes = new ArrayList<>();
        remotes.add(new UserRemoteConfig(url(), "origin", null, null));
        for (String other : others) {
            remotes.add(new UserRemoteConfig(other, "remote" + remotes.size(), null, null));
        }
        return new GitSCM(remotes, List.of(new BranchSpec(branch)), null, null, List.of());
    }

    /** What a Pipeline says to check a branch out. */
    String checkout(String branch) {
        return "checkout scmGit(branches: [[name: '%s']], userRemoteConfigs: [[url: '%s']])%n".formatted(branch, url());
    }

    /** Its place among what went into a build. */
    Map<String, Object> at(String commit) {
        return Map.of("uri", "git+" + url(), "digest", Map.of("gitCommit", commit));
    }

    /** What provenance says of it as the source of a build. */
    String source(String ref) {
        return "'source': {'repository': '" + url() + "', 'ref': '" + ref + "'}";
    }

    /** Where it is known which branch or tag led there. */
    Map<String, Object> at(String ref, String commit) {
        return Map.of("uri", "git+" + url() + "@" + ref, "digest", Map.of("gitCommit", commit));
    }

    /** Where no commit is known. */
    Map<String, Object> atRef(String ref) {
        return Map.of("uri", "git+" + url() + "@" + ref);
    }
}
