/**
 * Cluster files: what a cluster is, in YAML, read so strictly that a mistake is told before anything starts.
 *
 * <h2>What stands in one</h2>
 *
 * <p>One line is a cluster: {@code algorithm: raft} is three Raft nodes on this machine. {@code
 * cluster-configs/raft-3.yaml} shows every key with its default.
 *
 * <pre>
 * cluster: demo                  # tells clusters apart; by default the file's name without its ending
 * id: 5f0c2ab1                   # and those of one name; drawn when "dcluster start" makes a cluster
 * algorithm: raft                # or a variant: raft:pre-vote=false,batch.entries=100
 * options:                       # by algorithm, so that a run can swap the algorithm and keep the file
 *   raft: {election-timeout: 150ms..300ms}
 * host: 127.0.0.1                # beyond loopback only with network: {expose: true}
 * port: 7001                     # the first client port; 0 has free ones picked
 * nodes: 3                       # the default; or a list of {id, host, port, peer-port, admin-port, zone}, each optional
 * coordinator: true              # or a mapping of the same keys and balance: leader | round-robin | least-outstanding;
 *                                # false by default, but for algorithms that have a role of their own for it
 * storage: {sync: always}        # {@link dcluster.config.Storage}; its capacity makes the {@link dcluster.config.Heap}
 * network: {request-timeout: 5s} # {@link dcluster.config.Network}
 * chaos: {enabled: true}         # {@link dcluster.config.Chaos}
 * mutants: allowed               # {@link dcluster.config.Mutants}
 * </pre>
 *
 * <p>Clients are served at {@code port}, {@code port} + 1 and so on, in the order of the nodes, the coordinator last;
 * peers 10000 ports higher, operators 20000, as with Redis. Where a client port is 0, the other two are picked as well
 * and follow no rule. A coordinator of which the algorithm {@linkplain dcluster.spi.AlgorithmProvider#hasCoordinator has a
 * role of its own} is always there and has no {@code balance}, for it does not route. {@link dcluster.config.Overrides
 * The command line} wins over the file: first each {@code --set}, in their order, then {@code -a}, {@code -n} and {@code
 * -N}; the options of a variant go over those of the file, key by key.
 *
 * <h2>How values are written</h2>
 *
 * <p>{@link dcluster.config.ClusterFile} reads YAML's structure, but not its opinion on scalars: a word keeps its text
 * until something that expects a certain type asks for it. So {@code no} is a fine name and never false, {@code 010} is
 * ten. Quotes make a text: names, durations, sizes and other words are texts anyway, but {@code "3"} and {@code "true"}
 * are refused where a number or a truth belongs, and {@code "null"} is a word, {@code null} nothing. Left out of YAML are
 * anchors, aliases, tags and second documents, which cluster files do not need and attackers do.
 *
 * <p>The options of an algorithm are a record, and the record is the schema; storage, network and nodes are bound by
 * the same means:
 *
 * <ul>
 *   <li>component {@code electionTimeout} is the key {@code election-timeout}, constant {@code READ_INDEX} the word
 *       {@code read-index}, and a hyphen stands before digits too: {@code phase-1};
 *   <li>{@code boolean}, {@code int}, {@code long}, {@code double} and {@code String} are words; so are a {@code
 *       Duration} ({@code 500us, 150ms, 2s, 1m}), a {@link dcluster.spi.DurationRange} ({@code 150ms..300ms}) and a
 *       {@link dcluster.spi.ByteSize} ({@code 512, 64KiB, 64MiB});
 *   <li>a {@code List} is a list, an {@code Optional} may be left out or {@code null};
 *   <li>a record is a mapping, or, if it has one component, that component's word; one of a sealed interface's records
 *       is its name or a mapping of its name: {@code never}, {@code {every: 10ms}};
 *   <li>a component with {@link dcluster.spi.Default} need not be given. The default of a record counts key by key: who
 *       gives {@code batch: {entries: 7}} keeps the default of {@code bytes}.
 * </ul>
 *
 * <p>What a compact constructor refuses with an {@code IllegalArgumentException} is shown at the value of the first key
 * that its message names, so a message should name the key that is at fault.
 *
 * <h2>Errors</h2>
 *
 * <p>A {@link dcluster.config.ConfigException} tells everything that is wrong, up to ten lines, each with {@code
 * file:line:column}, or with the flag where the command line is at fault:
 *
 * <pre>
 * raft-3.yaml:12:3: unknown key 'snyc' for storage; did you mean 'sync'? Known: capacity, segment, sync
 * --set network.request-timeout=soon: request-timeout is a duration such as 500us, 150ms, 2s or 1m, not 'soon'
 * </pre>
 *
 * <p>To that end {@code YamlReader} makes a tree of the parser's events in which each piece knows its place, and
 * refuses there what is too deep, too much or given twice; {@code Overrides} puts values into the tree whose place is
 * their flag; {@code Form}s, derived from types by {@code Forms}, read and write one type each; {@code ClusterReader}
 * and {@code Members} do what takes more than one value.
 *
 * <h2>Resolved</h2>
 *
 * <p>{@link dcluster.config.ClusterFile#write} makes a file of a {@link dcluster.config.ClusterConfig} that says
 * everything. {@code dcluster start} keeps it in the cluster's folder and starts each process from it, so that all
 * processes, also those that are restarted later, agree on ports, defaults and variant.
 */
@NullMarked
package dcluster.config;

import org.jspecify.annotations.NullMarked;
