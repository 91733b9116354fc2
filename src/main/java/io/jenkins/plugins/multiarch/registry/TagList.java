package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The tags of a repository (OCI distribution-spec 1.1, "Listing Tags"), however many pages they come in. */
final class TagList {
    private static final int PAGE = 1000;

    /** The longest list that is read, in bytes. */
    private static final int MAX_SIZE = 32 << 20;

    private final Pages pages;
    private final Endpoints endpoints;

    TagList(Pages pages, Endpoints endpoints) {
        this.pages = pages;
        this.endpoints = endpoints;
    }

    List<Tag> of(Repository repository) throws InterruptedException {
        TreeSet<Tag> all = new TreeSet<>();
        String from = "";
        int before;
        int listed;
        do {
            before = all.size();
            listed = read(repository, from, all);
            from = all.isEmpty() ? "" : "&last=" + all.last();
            // A full page may be all that a registry without links gives at once; one that repeats itself has no more.
        } while (listed > 0 && listed % PAGE == 0 && all.size() > before);
        return List.copyOf(all);
    }

    private int read(Repository repository, String from, Set<Tag> all) throws InterruptedException {
        Call first =
                Call.get(endpoints.of(repository, "tags/list?n=" + PAGE + from), Access.to(Action.PULL, repository));
        List<String> names = new ArrayList<>();
        pages.read(
                first,
                endpoints.base(repository.registry()),
                MAX_SIZE,
                (page, what) -> Json.read(page, what).path("tags").forEach(tag -> names.add(tag.asText())));
        names.stream().filter(Tag::isValid).map(Tag::new).forEach(all::add);
        return names.size();
    }
}
