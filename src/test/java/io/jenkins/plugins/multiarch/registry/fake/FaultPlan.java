package io.jenkins.plugins.multiarch.registry.fake;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** Which requests fail, and how. */
final class FaultPlan {
    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    void add(Rule rule) {
        rules.add(rule);
    }

    void clear() {
        rules.clear();
    }

    Response answer(Request request, Handler registry) throws IOException, InterruptedException {
        Optional<Fault> fault = rules.stream()
                .filter(rule -> rule.strikes(request))
                .map(Rule::fault)
                .findFirst();
        return fault.isPresent() ? fault.get().apply(request, registry) : registry.answer(request);
    }

    /** A fault and when it strikes: from the first matching request that counts, so many times. */
    static final class Rule {
        private final String method;
        private final Pattern path;
        private final int first;
        private final int last;
        private final Fault fault;
        private int seen;

        Rule(String method, String pathPattern, int first, int times, Fault fault) {
            this.method = method;
            this.path = Pattern.compile(("\\Q" + pathPattern + "\\E").replace("*", "\\E.*\\Q"));
            this.first = first;
            this.last = times > Integer.MAX_VALUE - first ? Integer.MAX_VALUE : first + times - 1;
            this.fault = fault;
        }

        synchronized boolean strikes(Request request) {
            if (!(method.equals("*") || method.equals(request.method()))
                    || !path.matcher(request.path()).matches()) {
                return false;
            }
            seen++;
            return seen >= first && seen <= last;
        }

        Fault fault() {
            return fault;
        }
    }
}
