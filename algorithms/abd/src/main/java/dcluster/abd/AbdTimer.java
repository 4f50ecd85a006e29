package dcluster.abd;

/** What a coordinator waits for. */
enum AbdTimer {
    /** Whoever has not answered is asked again. */
    RESEND
}
