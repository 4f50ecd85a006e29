package dcluster.config;

import dcluster.spi.Member;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes members of the entries of a cluster file. Node {@code i} (from 0) is by default {@code n<i+1>} on the cluster's
 * host, at the cluster's first port + i; the coordinator is {@code coordinator}, at the port after those.
 */
final class Members {
    private static final int FIRST_PORT = 7001;
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]{1,253}");
    private static final Pattern LOOPBACK = Pattern.compile("(?i)localhost|::1|127(\\.[0-9]{1,3}){3}");
    private static final Pattern ANY = Pattern.compile("0{1,3}(\\.0{1,3}){3}|[0:]+");

    private final Located<String> host;
    private final Optional<Located<Integer>> firstPort;
    private final boolean expose;
    private final PortBook book;
    private final Map<NodeId, Place> ids = new HashMap<>();
    private final Problems problems = new Problems();

    Members(Located<String> host, Optional<Located<Integer>> firstPort, boolean expose, PortBook book) {
        this.host = host;
        this.firstPort = firstPort;
        this.expose = expose;
        this.book = book;
    }

    /** A member that may have ports which are still to be picked. */
    private record Draft(NodeId id, String host, String zone, MemberPorts ports) {
        Member member(PortBook book) {
            var all = ports.picked(id, host, book);
            return new Member(
                    id,
                    host,
                    all.client().value(),
                    all.peer().value(),
                    all.admin().value(),
                    zone);
        }
    }

    /** @throws ConfigException if they do not fit together; tells everything that is wrong */
    Membership resolve(List<Located<MemberEntry>> nodes, Optional<Located<MemberEntry>> coordinator) {
        var drafts = new ArrayList<Draft>();
        for (int i = 0; i < nodes.size(); i++) {
            draft(nodes.get(i), "n" + (i + 1), i).ifPresent(drafts::add);
        }
        var last = coordinator.flatMap(entry -> draft(entry, "coordinator", nodes.size()));
        drafts.sort(Comparator.comparing(Draft::id));
        var all = Stream.concat(drafts.stream(), last.stream()).toList();
        all.forEach(draft -> problems.attempt(() -> draft.ports().claim(draft.id(), draft.host(), book)));
        problems.throwIfAny();
        // Picked last, so that none is picked which the file gives to another.
        var members = all.stream().map(draft -> draft.member(book)).toList();
        return new Membership(members.subList(0, drafts.size()), last.map(draft -> members.get(drafts.size())));
    }

    private Optional<Draft> draft(Located<MemberEntry> located, String defaultId, int index) {
        var entry = located.value();
        var id = problems.attempt(() -> id(entry.id().orElse(new Located<>(located.place(), defaultId))));
        var address = problems.attempt(() -> address(entry.host().orElse(host)));
        var zone = problems.attempt(
                () -> entry.zone().map(given -> name("zone", given)).orElse(""));
        var ports = problems.attempt(() -> MemberPorts.of(entry, counted(located.place(), index)));
        return id.isEmpty() || address.isEmpty() || zone.isEmpty() || ports.isEmpty()
                ? Optional.empty()
                : Optional.of(new Draft(id.get(), address.get(), zone.get(), ports.get()));
    }

    private NodeId id(Located<String> given) {
        var id = new NodeId(name("id", given));
        var earlier = ids.putIfAbsent(id, given.place());
        if (earlier != null) {
            throw new ConfigException(given.place(), "the id " + id + " is taken by the member at " + earlier);
        }
        return id;
    }

    private static String name(String key, Located<String> given) {
        if (!ClusterConfig.isName(given.value())) {
            throw new ConfigException(
                    given.place(), key + " is " + ClusterConfig.NAME_RULE + ", not " + Words.quote(given.value()));
        }
        return given.value();
    }

    private String address(Located<String> given) {
        var value = given.value();
        if (!HOST.matcher(value).matches()) {
            throw new ConfigException(given.place(), "host is a name or an address, not " + Words.quote(value));
        }
        if (ANY.matcher(value).matches()) {
            throw new ConfigException(
                    given.place(), value + " is no address that others can reach; name the one that they use");
        }
        if (!expose && !LOOPBACK.matcher(value).matches()) {
            throw new ConfigException(
                    given.place(),
                    "host " + value + " is beyond loopback, where others could reach the cluster; if that is meant,"
                            + " say so with 'network: {expose: true}'");
        }
        return value;
    }

    /** The port that a member has by its place among the others. */
    private Located<Integer> counted(Place place, int index) {
        if (firstPort.isEmpty()) {
            return new Located<>(place, FIRST_PORT + index);
        }
        int first = MemberPorts.checked(firstPort.get(), "port").value();
        return new Located<>(firstPort.get().place(), first == 0 ? 0 : first + index);
    }
}
