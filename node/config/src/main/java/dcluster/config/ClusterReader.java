package dcluster.config;

import dcluster.config.Yaml.Mapping;
import dcluster.config.Yaml.Nothing;
import dcluster.config.Yaml.Sequence;
import dcluster.config.Yaml.Text;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.Membership;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes a {@link ClusterConfig} of what one cluster file says. Used once. */
final class ClusterReader {
    /** The most nodes that a file can ask for. */
    private static final int MAX_NODES = 100;

    private static final String A_FILE = "a cluster file";
    private static final List<String> KEYS = List.of(
            "cluster",
            "id",
            "algorithm",
            "options",
            "host",
            "port",
            "nodes",
            "coordinator",
            "storage",
            "network",
            "chaos",
            "mutants");

    private final Mapping file;
    private final Algorithms algorithms;
    private final PortPicker picker;
    private final Problems problems;

    ClusterReader(Mapping file, Algorithms algorithms, PortPicker picker, Problems problems) {
        this.file = file;
        this.algorithms = algorithms;
        this.picker = picker;
        this.problems = problems;
    }

    /** @throws ConfigException if there are problems, those included which were found before */
    ClusterConfig read() {
        RecordForm.refuseUnknownKeys(file, KEYS, A_FILE, problems);
        var name = problems.attempt(this::name);
        var id = problems.attempt(this::id);
        var algorithm = problems.attempt(this::algorithm);
        var storage = problems.attempt(() -> section("storage", Storage.class));
        var network = problems.attempt(() -> section("network", Network.class));
        var chaos = problems.attempt(() -> section("chaos", Chaos.class));
        var mutants = problems.attempt(this::mutants);
        var coordinator = problems.attempt(() -> coordinator(algorithm)).flatMap(entry -> entry);
        boolean expose = network.map(Network::expose).orElse(true);
        var members = problems.attempt(() -> members(coordinator, expose));
        problems.throwIfAny();
        requireFit(algorithm.orElseThrow(), members.orElseThrow());
        return new ClusterConfig(
                name.orElseThrow(),
                id.orElseThrow(),
                algorithm.orElseThrow(),
                members.orElseThrow(),
                storage.orElseThrow(),
                network.orElseThrow(),
                chaos.orElseThrow(),
                mutants.orElseThrow(),
                coordinator
                        .flatMap(entry -> entry.value().balance())
                        .map(Located::value)
                        .orElse(Balance.LEADER));
    }

    private void requireFit(AlgorithmChoice algorithm, Membership members) {
        try {
            algorithm.check(members);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(misfit(), String.valueOf(e.getMessage()));
        }
    }

    /** Where to mend what does not fit together: rather at a flag than in the file that it was put over. */
    private Place misfit() {
        var places = Stream.of("nodes", "algorithm")
                .map(file::get)
                .flatMap(Optional::stream)
                .map(Yaml::place)
                .toList();
        return places.stream()
                .filter(Place::flag)
                .findFirst()
                .or(() -> places.stream().findFirst())
                .orElse(file.place());
    }

    private String name() {
        var given = file.get("cluster")
                .orElseThrow(() -> new ConfigException(
                        file.place(), A_FILE + " needs the key 'cluster' where its own name cannot be the cluster's"));
        var name = ScalarForm.STRING.read(given, "cluster");
        if (!ClusterConfig.isName(name)) {
            throw new ConfigException(
                    given.place(), "cluster is " + ClusterConfig.NAME_RULE + ", not " + given.shown());
        }
        return name;
    }

    private String id() {
        var given = file.get("id");
        if (given.isEmpty()) {
            return "";
        }
        var id = ScalarForm.STRING.read(given.get(), "id");
        if (!ClusterConfig.isId(id)) {
            throw new ConfigException(
                    given.get().place(),
                    "id is " + ClusterConfig.ID_RULE + ", not " + given.get().shown());
        }
        return id;
    }

    private <T extends Record> T section(String key, Class<T> type) {
        return Forms.of(type).read(file.get(key).orElseGet(() -> Mapping.empty(file.place())), key);
    }

    private Mutants mutants() {
        return located("mutants", new EnumForm<>(Mutants.class))
                .map(Located::value)
                .orElse(Mutants.REFUSED);
    }

    // Algorithm and options

    private AlgorithmChoice algorithm() {
        var options = options();
        var parts = new Problems();
        var variant = parts.attempt(this::variant);
        options.entries().forEach((name, entry) -> {
            boolean chosen = variant.filter(v -> v.name().equals(name)).isPresent();
            if (!chosen) {
                parts.attempt(() -> choice(provider(name, entry.place()), entry.value()));
            }
        });
        var choice = variant.flatMap(v -> parts.attempt(() -> choice(v, options)));
        parts.throwIfAny();
        return choice.orElseThrow();
    }

    private Mapping options() {
        var yaml = file.get("options").orElseGet(() -> new Nothing(file.place()));
        if (yaml instanceof Nothing) {
            return Mapping.empty(yaml.place());
        }
        if (yaml instanceof Mapping mapping) {
            return mapping;
        }
        throw new ConfigException(
                yaml.place(), "options is a mapping of algorithms to their options, not " + yaml.shown());
    }

    private Variant variant() {
        var given = file.get("algorithm")
                .orElseThrow(() -> new ConfigException(
                        file.place(), A_FILE + " needs the key 'algorithm': " + Words.oneOf(algorithms.names())));
        return Variant.parse(given.place(), ScalarForm.STRING.read(given, "algorithm"));
    }

    private AlgorithmChoice choice(Variant variant, Mapping options) {
        var provider = provider(variant.name(), variant.place());
        var given = options.get(variant.name()).orElseGet(() -> Mapping.empty(variant.place()));
        return choice(provider, variant.over(given));
    }

    private static AlgorithmChoice choice(AlgorithmProvider<?, ?, ?, ?> provider, Yaml options) {
        return new AlgorithmChoice(provider, Forms.of(provider.configType()).read(options, provider.name()));
    }

    private AlgorithmProvider<?, ?, ?, ?> provider(String name, Place place) {
        return algorithms
                .byName(name)
                .orElseThrow(() -> new ConfigException(
                        place, "unknown algorithm " + Words.quote(name) + Words.instead(name, algorithms.names())));
    }

    // Nodes and coordinator

    private Membership members(Optional<Located<CoordinatorEntry>> coordinator, boolean expose) {
        var parts = new Problems();
        var host = parts.attempt(
                () -> located("host", ScalarForm.STRING).orElseGet(() -> new Located<>(file.place(), "127.0.0.1")));
        var port = parts.attempt(() -> located("port", ScalarForm.PORT));
        var nodes = parts.attempt(this::nodes);
        parts.throwIfAny();
        var entry = coordinator.map(
                given -> new Located<>(given.place(), given.value().member()));
        return new Members(host.orElseThrow(), port.orElseThrow(), expose, new PortBook(picker))
                .resolve(nodes.orElseThrow(), entry);
    }

    private <T> Optional<Located<T>> located(String key, Form<T> form) {
        return file.get(key).map(yaml -> new Located<>(yaml.place(), form.read(yaml, key)));
    }

    private List<Located<MemberEntry>> nodes() {
        var yaml = file.get("nodes").orElseGet(() -> new Text(file.place(), "3"));
        if (yaml instanceof Sequence) {
            var nodes = MemberEntry.LIST.read(yaml, "nodes");
            requireCount(yaml, nodes.size());
            return nodes;
        }
        return Collections.nCopies(count(yaml), new Located<>(yaml.place(), MemberEntry.EMPTY));
    }

    private static int count(Yaml yaml) {
        if (!(yaml instanceof Text text)
                || text.isTextByItsQuotes()
                || !text.raw().matches("-?[0-9]{1,9}")) {
            throw new ConfigException(
                    yaml.place(),
                    "nodes is a count, as 3, or a list of nodes, as [{zone: a}, {zone: b}], not " + shown(yaml));
        }
        int count = Integer.parseInt(text.raw());
        requireCount(yaml, count);
        return count;
    }

    private static void requireCount(Yaml yaml, int count) {
        if (count < 1 || count > MAX_NODES) {
            throw new ConfigException(yaml.place(), "a cluster has from 1 to " + MAX_NODES + " nodes, not " + count);
        }
    }

    private Optional<Located<CoordinatorEntry>> coordinator(Optional<AlgorithmChoice> algorithm) {
        var itsOwn = algorithm.filter(AlgorithmChoice::hasCoordinator).map(AlgorithmChoice::name);
        var yaml = file.get("coordinator").orElseGet(() -> new Text(file.place(), String.valueOf(itsOwn.isPresent())));
        if (isPlain("false", yaml)) {
            itsOwn.ifPresent(name -> refuseNone(name, yaml));
            return Optional.empty();
        }
        var entry = described(yaml);
        itsOwn.ifPresent(name -> entry.value().balance().ifPresent(balance -> refuseBalance(name, balance)));
        return Optional.of(entry);
    }

    private static void refuseNone(String name, Yaml yaml) {
        throw new ConfigException(
                yaml.place(),
                "a cluster of " + name + " needs its coordinator, which runs the algorithm, too; say"
                        + " 'coordinator: true', or leave the key out");
    }

    private static void refuseBalance(String name, Located<Balance> balance) {
        throw balance.refused("balance is for a coordinator that routes, and that of " + name
                + " runs the algorithm; leave the key out");
    }

    private static Located<CoordinatorEntry> described(Yaml yaml) {
        boolean plain = isPlain("true", yaml);
        if (!plain && !(yaml instanceof Mapping)) {
            throw new ConfigException(
                    yaml.place(), "coordinator is true, false or a mapping, as {port: 7000}, not " + shown(yaml));
        }
        var described = plain ? Mapping.empty(yaml.place()) : yaml;
        return new Located<>(yaml.place(), CoordinatorEntry.FORM.read(described, "coordinator"));
    }

    private static boolean isPlain(String word, Yaml yaml) {
        return yaml instanceof Text text
                && !text.isTextByItsQuotes()
                && text.raw().equals(word);
    }

    private static String shown(Yaml yaml) {
        return yaml instanceof Text text ? text.shownAsValue() : yaml.shown();
    }
}
