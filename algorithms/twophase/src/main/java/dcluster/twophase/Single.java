package dcluster.twophase;

import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.twophase.TwoPhaseRecord.Applied;

/** A command or a transaction that concerns one shard alone: it is carried out as soon as it has its locks. */
final class Single implements Admission.Work {
    private final Context<TwoPhaseMessage, TwoPhaseRecord, TwoPhaseTimer> context;
    private final Site site;
    private final Claim claim;
    private final Request request;

    Single(Context<TwoPhaseMessage, TwoPhaseRecord, TwoPhaseTimer> context, Site site, Age age, Request request) {
        this.context = context;
        this.site = site;
        this.claim = Claim.of(age, true, request.command());
        this.request = request;
    }

    @Override
    public Claim claim() {
        return claim;
    }

    /** Its locks end with the turn in which it is journalled: whatever sees its effect waits for the disk as it does. */
    @Override
    public void begin() {
        context.reply(request, carryOut(context, site, request.command()));
        site.admission().release(claim.age());
    }

    /** Carries out what has its locks, or needs none since nobody has any on its keys, and nobody else acts meanwhile. */
    static Response carryOut(
            Context<TwoPhaseMessage, TwoPhaseRecord, TwoPhaseTimer> context, Site site, Command command) {
        if (command.isRead()) {
            return site.shard().store().apply(command);
        }
        if (!site.space().fits(command)) {
            return site.space().full();
        }
        context.journal(new Applied(command));
        return site.shard().answer();
    }

    @Override
    public void die(String why) {
        context.reply(
                request,
                new Response.Failed(
                        Reason.UNAVAILABLE,
                        "the key is locked by a transaction, and " + why + "; 'dcluster txn in-doubt' shows what holds"
                                + " locks for long"));
    }
}
