package dcluster.config;

import dcluster.spi.Member;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes members of the entries of a cluster file. Node {@code i} (from 0) is by default {@code n<i+1>} on the cluster's host,
 * at the cluster's first port + i, the coordinator {@code coordinator} at the port after those; peers are served 10000 ports
 * higher, operators 20000. Where a port is 0, those that would follow from it are picked as well, each for itself.
 */
final class Members {
    private static final int PEER_OFFSET = 10_000;
    private static final int ADMIN_OFFSET = 20_000;
    private static final int MAX_PORT = 65_535;
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]{1,253}");
    private static final Pattern LOOPBACK = Pattern.compile("(?i)localhost|::1|127(\\.[0-9]{1,3}){3}");
    private static final Pattern ANY = Pattern.compile("0{1,3}(\\.0{1,3}){3}|[0:]+");

    private final Located<String> host;
    private final Located<Integer> firstPort;
    private final boolean expose;
    private final PortBook ports;
    private final Map<NodeId, Place> ids = new HashMap<>();
    private final Problems problems = new Problems();

    Members(Located<String> host, Located<Integer> firstPort, boolean expose, PortBook ports) {
        this.host = host;
        this.firstPort = firstPort;
        this.expose = expose;
        this.ports = ports;
    }

    /** A member whose ports may still be 0, which is: to be picked. */
    private record Draft(
            NodeId id,
            String host,
            Located<Integer> client,
            Located<Integer> peer,
            Located<Integer> admin,
            String zone) {}

    /** @throws ConfigException if they do not fit together; tells everything that is wrong */
    Membership resolve(List<Located<MemberEntry>> nodes, Optional<Located<MemberEntry>> coordinator) {
        var drafts = new ArrayList<Draft>();
        for (int i = 0; i < nodes.size(); i++) {
            draft(nodes.get(i), "n" + (i + 1), i).ifPresent(drafts::add);
        }
        var last = coordinator.flatMap(entry -> draft(entry, "coordinator", nodes.size()));
        var all = Stream.concat(drafts.stream(), last.stream()).toList();
        all.forEach(this::claim);
        problems.throwIfAny();
        // Picked last, so that none is picked which the file gives to another.
        var members = all.stream().map(this::member).toList();
        return new Membership(members.subList(0, drafts.size()), last.map(draft -> members.get(drafts.size())));
    }

    private Optional<Draft> draft(Located<MemberEntry> located, String defaultId, int index) {
        var entry = located.value();
        var id = problems.attempt(() -> id(entry.id().orElse(new Located<>(located.place(), defaultId))));
        var address = problems.attempt(() -> address(entry.host().orElse(host)));
        var zone = problems.attempt(() -> entry.zone().map(Members::zone).orElse(""));
        var client =
                problems.attempt(() -> checked(entry.port().orElseGet(() -> counted(located.place(), index)), "port"));
        if (id.isEmpty() || address.isEmpty() || zone.isEmpty() || client.isEmpty()) {
            return Optional.empty();
        }
        var peer = problems.attempt(() -> other(entry.peerPort(), client.get(), PEER_OFFSET, "peer-port"));
        var admin = problems.attempt(() -> other(entry.adminPort(), client.get(), ADMIN_OFFSET, "admin-port"));
        return peer.isEmpty() || admin.isEmpty()
                ? Optional.empty()
                : Optional.of(new Draft(id.get(), address.get(), client.get(), peer.get(), admin.get(), zone.get()));
    }

    private NodeId id(Located<String> given) {
        if (!ClusterConfig.isName(given.value())) {
            throw new ConfigException(
                    given.place(), "id is " + ClusterConfig.NAME_RULE + ", not " + Words.quote(given.value()));
        }
        var id = new NodeId(given.value());
        var earlier = ids.putIfAbsent(id, given.place());
        if (earlier != null) {
            throw new ConfigException(given.place(), "the id " + id + " is taken by the member at " + earlier);
        }
        return id;
    }

    private static String zone(Located<String> given) {
        if (!ClusterConfig.isName(given.value())) {
            throw new ConfigException(
                    given.place(), "zone is " + ClusterConfig.NAME_RULE + ", not " + Words.quote(given.value()));
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

    private Located<Integer> counted(Place place, int index) {
        int first = checked(firstPort, "port").value();
        return new Located<>(place, first == 0 ? 0 : first + index);
    }

    private static Located<Integer> other(
            Optional<Located<Integer>> given, Located<Integer> client, int offset, String key) {
        if (given.isPresent()) {
            return checked(given.get(), key);
        }
        int port = client.value() == 0 ? 0 : client.value() + offset;
        if (port > MAX_PORT) {
            throw new ConfigException(
                    client.place(),
                    key + " is by default port + " + offset + ", but " + port + " is beyond " + MAX_PORT
                            + "; choose a port up to " + (MAX_PORT - ADMIN_OFFSET) + " or give '" + key + "'");
        }
        return new Located<>(client.place(), port);
    }

    private static Located<Integer> checked(Located<Integer> port, String key) {
        if (port.value() < 0 || port.value() > MAX_PORT) {
            throw new ConfigException(
                    port.place(),
                    key + " is from 1 to " + MAX_PORT + ", or 0 for any that is free, not " + port.value());
        }
        return port;
    }

    private void claim(Draft draft) {
        claim(draft, draft.client(), "client");
        claim(draft, draft.peer(), "peer");
        claim(draft, draft.admin(), "admin");
    }

    private void claim(Draft draft, Located<Integer> port, String use) {
        if (port.value() != 0) {
            problems.attempt(() -> ports.claim(draft.host(), port.value(), owner(draft, use), port.place()));
        }
    }

    private Member member(Draft draft) {
        return new Member(
                draft.id(),
                draft.host(),
                picked(draft, draft.client(), "client"),
                picked(draft, draft.peer(), "peer"),
                picked(draft, draft.admin(), "admin"),
                draft.zone());
    }

    private int picked(Draft draft, Located<Integer> port, String use) {
        return port.value() != 0 ? port.value() : ports.pick(draft.host(), owner(draft, use), port.place());
    }

    private static String owner(Draft draft, String use) {
        return use + " port of " + draft.id();
    }
}
