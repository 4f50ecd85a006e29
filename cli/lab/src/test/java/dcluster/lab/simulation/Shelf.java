package dcluster.lab.simulation;

import dcluster.spi.Algorithm;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.spi.Nothing;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.spi.Status;
import dcluster.spi.Traits;
import dcluster.spi.Traits.Consistency;
import dcluster.spi.Traits.Property;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One node that keeps siblings. A blind write looks when it arrives and takes effect a little later, in place of what it
 * saw; a merge is in place of what its context names. It is right, or flawed in one way.
 */
final class Shelf implements Algorithm<Nothing, Shelf.Kept, Long> {
    /** In which way it is flawed. */
    enum Flaw {
        NONE,
        /** A merge is in place of all that is there, whatever its client has seen. */
        DROPS_SIBLINGS,
        /** The same, and no more is claimed than that this is well in the end. */
        DROPS_SIBLINGS_AND_CLAIMS_LITTLE,
        /** Each fifth version that is written hides from reads behind what it has replaced. */
        ANSWERS_OLD_VALUES,
        /** A merge takes effect and shows something more. */
        INVENTS_ELEMENTS,
        /** A blind write does nothing if the clock on the wall says that something there was written later. */
        TRUSTS_ITS_CLOCK
    }

    /** A version that was written, and the numbers of those that it replaced. */
    record Kept(Bytes key, Optional<Bytes> value, List<Long> replaced, long wall) {}

    record Options(Flaw flaw) {}

    private record Version(long number, Optional<Bytes> value, Optional<Bytes> before, long wall) {}

    private record Pending(Request request, Bytes key, Optional<Bytes> value, List<Long> seen) {}

    private final Flaw flaw;
    private final Context<Nothing, Kept, Long> context;
    private final TreeMap<Bytes, List<Version>> shelf = new TreeMap<>();
    private final Map<Long, Pending> pending = new HashMap<>();
    private long written;
    private long asked;

    private Shelf(Flaw flaw, Context<Nothing, Kept, Long> context) {
        this.flaw = flaw;
        this.context = context;
    }

    @Override
    public void replay(Kept kept) {
        var all = versions(kept.key);
        var left = all.stream()
                .filter(version -> !kept.replaced.contains(version.number))
                .toList();
        var before = all.isEmpty() ? Optional.<Bytes>empty() : all.get(0).value;
        var version = new Version(++written, kept.value, before, kept.wall);
        shelf.put(kept.key, Stream.concat(left.stream(), Stream.of(version)).toList());
    }

    private List<Version> versions(Bytes key) {
        return shelf.getOrDefault(key, List.of());
    }

    private List<Long> numbers(Bytes key) {
        return versions(key).stream().map(Version::number).toList();
    }

    @Override
    public void start() {
        // It waits for requests.
    }

    @Override
    public void onRequest(Request request) {
        if (request.command() instanceof Command.Get get) {
            context.reply(request, new Response.Ok(found(get.key())));
        } else if (request.command() instanceof Command.ReadSiblings read) {
            context.reply(request, new Response.Ok(siblings(read.key())));
        } else if (request.command() instanceof Command.Put put) {
            write(request, put.key(), Optional.of(put.value()));
        } else if (request.command() instanceof Command.Delete delete) {
            write(request, delete.key(), Optional.empty());
        } else if (request.command() instanceof Command.Merge merge) {
            merge(request, merge);
        } else {
            context.reply(request, new Response.Failed(Response.Reason.UNSUPPORTED, "that is not served"));
        }
    }

    private Result found(Bytes key) {
        var siblings = siblings(key);
        return switch (siblings.values().size()) {
            case 0 -> new Result.Absent();
            case 1 -> new Result.Found(siblings.values().get(0));
            default -> siblings;
        };
    }

    private Result.Siblings siblings(Bytes key) {
        var seen = numbers(key).stream().map(String::valueOf).collect(Collectors.joining(" "));
        var values = versions(key).stream()
                .flatMap(version -> shown(version).stream())
                .sorted()
                .toList();
        return new Result.Siblings(values, Bytes.utf8(seen));
    }

    private Optional<Bytes> shown(Version version) {
        boolean isHidden = flaw == Flaw.ANSWERS_OLD_VALUES && version.number % 5 == 0;
        return isHidden ? version.before : version.value;
    }

    private void write(Request request, Bytes key, Optional<Bytes> value) {
        pending.put(++asked, new Pending(request, key, value, numbers(key)));
        context.startTimer(asked, Duration.ofMillis(20));
    }

    @Override
    public void onTimer(Long number) {
        var due = pending.remove(number);
        if (due != null) {
            if (!isTooOld(due.key)) {
                context.journal(new Kept(due.key, due.value, due.seen, context.wallNanos()));
            }
            context.reply(due.request, new Response.Ok(new Result.Applied(true)));
        }
    }

    private boolean isTooOld(Bytes key) {
        return flaw == Flaw.TRUSTS_ITS_CLOCK
                && versions(key).stream().anyMatch(version -> version.wall > context.wallNanos());
    }

    private void merge(Request request, Command.Merge merge) {
        boolean drops = flaw == Flaw.DROPS_SIBLINGS || flaw == Flaw.DROPS_SIBLINGS_AND_CLAIMS_LITTLE;
        var seen = drops ? numbers(merge.key()) : numbersIn(merge.context());
        var value = flaw == Flaw.INVENTS_ELEMENTS
                ? merge.value().map(text -> Bytes.utf8(text.toUtf8() + ",more"))
                : merge.value();
        context.journal(new Kept(merge.key(), value, seen, context.wallNanos()));
        context.reply(request, new Response.Ok(new Result.Applied(true)));
    }

    private static List<Long> numbersIn(Bytes seen) {
        return Stream.of(seen.toUtf8().split(" ", -1))
                .filter(number -> !number.isEmpty())
                .map(Long::valueOf)
                .toList();
    }

    @Override
    public void onMessage(NodeId from, Nothing message) {
        throw new IllegalStateException("it sends no messages");
    }

    @Override
    public Status status() {
        return new Status("single", Optional.empty(), written, shelf.hashCode(), Map.of());
    }

    /** Provides it. */
    static final class Provider implements AlgorithmProvider<Nothing, Kept, Long, Options> {
        private static final Set<Class<? extends Command>> SERVED = Set.of(
                Command.Get.class,
                Command.Put.class,
                Command.Delete.class,
                Command.ReadSiblings.class,
                Command.Merge.class);

        @Override
        public String name() {
            return "shelf";
        }

        @Override
        public String summary() {
            return "Keeps siblings.";
        }

        @Override
        public Class<Options> configType() {
            return Options.class;
        }

        @Override
        public Class<Nothing> messageType() {
            return Nothing.class;
        }

        @Override
        public Class<Kept> recordType() {
            return Kept.class;
        }

        @Override
        public Algorithm<Nothing, Kept, Long> create(Options options, Context<Nothing, Kept, Long> context) {
            return new Shelf(options.flaw, context);
        }

        @Override
        public Traits traits(Options options) {
            boolean claimsLittle = options.flaw == Flaw.DROPS_SIBLINGS_AND_CLAIMS_LITTLE;
            return new Traits(
                    claimsLittle ? Consistency.EVENTUAL : Consistency.REGULAR,
                    "crashes",
                    unserved(),
                    options.flaw == Flaw.TRUSTS_ITS_CLOCK
                            ? Set.of(Property.CONVERGES, Property.OUTLIVES_A_MINORITY, Property.TRUSTS_CLOCKS)
                            : Set.of(Property.CONVERGES, Property.OUTLIVES_A_MINORITY),
                    List.of());
        }

        @SuppressWarnings("unchecked")
        private static Map<Class<? extends Command>, String> unserved() {
            return Stream.of(Command.class.getPermittedSubclasses())
                    .flatMap(type -> type.isInterface() ? Stream.of(type.getPermittedSubclasses()) : Stream.of(type))
                    .filter(type -> !SERVED.contains(type))
                    .map(type -> (Class<? extends Command>) type)
                    .collect(Collectors.toMap(Function.identity(), type -> "a shelf does not know that"));
        }
    }
}
