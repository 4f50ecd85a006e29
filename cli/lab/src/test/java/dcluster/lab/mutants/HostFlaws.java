package dcluster.lab.mutants;

import dcluster.lab.mutants.Mutation.Edit;

/** Mistakes of the host below an algorithm, which is right; {@code types} are the type arguments of its provider. */
final class HostFlaws {
    private HostFlaws() {}

    /** The host takes a record for durable when it is written and not yet synced. */
    static Edit acknowledgingBeforeDurable(String provider, String types) {
        return onFlawedHost(provider, types, """
                        @Override
                        public dcluster.host.Recorder recorder(dcluster.host.Recorder sound) {
                            return new HastyRecorder(sound);
                        }

                        private record HastyRecorder(dcluster.host.Recorder sound)
                                implements dcluster.host.Recorder {
                            @Override
                            public dcluster.journal.Batch acquire() {
                                return sound.acquire();
                            }

                            @Override
                            public void submit(dcluster.journal.Batch batch, Runnable whenDurable) {
                                sound.submit(batch, () -> {});
                                whenDurable.run();
                            }

                            @Override
                            public long bytes() {
                                return sound.bytes();
                            }

                            @Override
                            public void beginRewrite(Runnable whenAbandoned) {
                                sound.beginRewrite(whenAbandoned);
                            }

                            @Override
                            public void submitState(dcluster.journal.Batch piece, Runnable whenWritten) {
                                sound.submitState(piece, whenWritten);
                            }

                            @Override
                            public void finishRewrite(Runnable whenDone) {
                                sound.finishRewrite(whenDone);
                            }
                        }
                    """);
    }

    /** A restarted node is told the incarnation of its first life. */
    static Edit reusingAnIncarnation(String provider, String types) {
        return onFlawedHost(provider, types, """
                        @Override
                        public long incarnation(long durable) {
                            return 1;
                        }
                    """);
    }

    /** A copy of a forward reaches the next process of its receiver, which takes it for a new one. */
    static Edit forwardsOutlivingProcesses(String provider, String types) {
        return onFlawedHost(provider, types, """
                        @Override
                        public boolean forwardsOutliveProcesses() {
                            return true;
                        }
                    """);
    }

    /** A right algorithm on a wrong host. */
    private static Edit onFlawedHost(String provider, String types, String members) {
        return new Edit(
                provider,
                "AlgorithmProvider<" + types + "> {",
                "AlgorithmProvider<" + types + ">, dcluster.simulation.FlawedHost {\n" + members);
    }
}
