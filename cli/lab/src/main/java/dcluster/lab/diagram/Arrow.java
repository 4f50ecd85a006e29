package dcluster.lab.diagram;

import dcluster.simulation.Trace.Fate;
import dcluster.simulation.Trace.Message;

/**
 * A message on its way, once: one that is repeated makes two.
 *
 * @param ended when it arrived or was lost; {@link #UNDER_WAY} if neither happened
 * @param fate how it ended; {@link Fate#SENT} if it did not
 */
record Arrow(Message message, long sent, long ended, Fate fate, boolean isRepeated, boolean isDelayed) {
    static final long UNDER_WAY = -1;

    static Arrow sent(Message message, long at) {
        return new Arrow(message, at, UNDER_WAY, Fate.SENT, false, false);
    }

    Arrow ended(long at, Fate how) {
        return new Arrow(message, sent, at, how, isRepeated, isDelayed);
    }

    Arrow repeated() {
        return new Arrow(message, sent, ended, fate, true, isDelayed);
    }

    Arrow delayed() {
        return new Arrow(message, sent, ended, fate, isRepeated, true);
    }

    boolean isUnderWay() {
        return ended == UNDER_WAY;
    }
}
