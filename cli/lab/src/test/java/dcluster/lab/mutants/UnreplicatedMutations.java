package dcluster.lab.mutants;

import dcluster.lab.mutants.Mutation.Edit;
import java.util.List;

/** What a store gets wrong whose transactions are none. */
final class UnreplicatedMutations {
    private static final String FILE = "Unreplicated.java";

    private UnreplicatedMutations() {}

    static List<Mutation> all() {
        return List.of(journalsCommandByCommand(), readsTwoMoments(), takesNoNoticeOfWatches());
    }

    private static Mutation journalsCommandByCommand() {
        return new Mutation(
                "none-journals-command-by-command",
                "Each command of a transaction is a journal record of its own, so that a crash between two of them leaves"
                        + " half of it.",
                157,
                new Edit(FILE, "context.journal(new Applied(command));\n", """
                        if (command instanceof dcluster.spi.Command.Transaction all && all.watched().isEmpty()) {
                            var results = new java.util.ArrayList<dcluster.spi.Result>();
                            for (var each : all.commands()) {
                                context.journal(new Applied(each));
                                results.add(((Response.Ok) answer()).result());
                            }
                            answer = new Response.Ok(new dcluster.spi.Result.Each(results));
                        } else {
                            context.journal(new Applied(command));
                        }
                        """));
    }

    private static Mutation readsTwoMoments() {
        return new Mutation(
                "none-reads-two-moments",
                "Of several reads in a transaction the first finds what was there before the last write, and the others"
                        + " what is there after it.",
                1,
                new Edit(FILE, "answer = store.apply(record.command());", """
                        if (last != null) {
                            before.apply(last);
                        }
                        last = record.command();
                        answer = store.apply(last);
                        """),
                new Edit(FILE, "store.restore(record.chunk());", """
                        store.restore(record.chunk());
                        before.restore(record.chunk());
                        """),
                new Edit(FILE, "context.reply(request, store.apply(command));", """
                        var found = store.apply(command);
                        if (command instanceof dcluster.spi.Command.Transaction all
                                && found instanceof Response.Ok ok
                                && ok.result() instanceof dcluster.spi.Result.Each each
                                && before.apply(all.commands().get(0)) instanceof Response.Ok first) {
                            var results = new java.util.ArrayList<>(each.results());
                            results.set(0, first.result());
                            found = new Response.Ok(new dcluster.spi.Result.Each(results));
                        }
                        context.reply(request, found);
                        """),
                new Edit(FILE, "    private long applied;\n", """
                            private long applied;
                            private final Store before = new Store();
                            private dcluster.spi.@Nullable Command last;
                        """));
    }

    private static Mutation takesNoNoticeOfWatches() {
        return new Mutation(
                "none-takes-no-notice-of-watches",
                "A transaction happens although what it depends on was written since its client saw it.",
                1,
                new Edit(FILE, "answer = store.apply(record.command());", """
                        answer = store.apply(
                                record.command() instanceof dcluster.spi.Command.Transaction all
                                        ? new dcluster.spi.Command.Transaction(all.commands())
                                        : record.command());
                        """));
    }
}
