package dcluster.twophase;

/** Timers of either role. */
sealed interface TwoPhaseTimer {
    /** Participants that have not answered are asked again. */
    record Resend() implements TwoPhaseTimer {}

    /** Those that have not acknowledged a decision are told it again. */
    record Remind() implements TwoPhaseTimer {}

    /** A transaction that lost against another one begins again. */
    record Retry(long transaction) implements TwoPhaseTimer {}

    /** A participant looks who has waited for too long: for locks, for its coordinator, for a decision. */
    record Patrol() implements TwoPhaseTimer {}
}
