package io.jenkins.plugins.multiarch.registry.fake;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.function.Function;

/** Lists in pages: {@code n} entries after {@code last}, and the address of the next page in {@code Link}. */
record Pages(Settings settings) {

    Response page(Request request, NavigableSet<String> names, Function<List<String>, Response> written) {
        int size = Math.min(
                settings.pageSize(), request.query().get("n").map(Pages::number).orElse(Integer.MAX_VALUE));
        NavigableSet<String> rest = request.query()
                .get("last")
                .map(last -> names.tailSet(last, false))
                .orElse(names);
        List<String> page = new ArrayList<>();
        Iterator<String> all = rest.iterator();
        while (page.size() < size && all.hasNext()) {
            page.add(all.next());
        }
        Response response = written.apply(page);
        boolean more = !page.isEmpty() && all.hasNext();
        return more ? response.with("Link", link(request, size, page.get(page.size() - 1))) : response;
    }

    private static int number(String text) {
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw new Refused(400, "PAGINATION_NUMBER_INVALID", "invalid number of results requested");
        }
    }

    private String link(Request request, int size, String last) {
        StringBuilder address = new StringBuilder(settings.has(Trait.ABSOLUTE_ADDRESSES) ? request.origin() : "")
                .append(request.path())
                .append('?');
        request.query()
                .get("artifactType")
                .ifPresent(type ->
                        address.append("artifactType=").append(encoded(type)).append('&'));
        return "<" + address + "n=" + size + "&last=" + encoded(last) + ">; rel=\"next\"";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
