package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.List;
import java.util.TreeSet;

/** The tags of a repository (OCI distribution-spec 1.1, "Listing Tags"), however many pages they come in. */
final class TagList {
    private static final int PAGE = 1000;

    private final Pages pages;
    private final Endpoints endpoints;

    TagList(Pages pages, Endpoints endpoints) {
        this.pages = pages;
        this.endpoints = endpoints;
    }

    List<Tag> of(Repository repository) throws InterruptedException {
        TreeSet<Tag> all = new TreeSet<>();
        Call first = Call.get(endpoints.of(repository, "tags/list?n=" + PAGE), Access.to(Action.PULL, repository));
        pages.read(
                first,
                endpoints.base(repository.registry()),
                page -> page.path("tags").forEach(tag -> all.add(new Tag(tag.asText()))));
        return List.copyOf(all);
    }
}
