package dcluster.app.bench;

import java.time.Duration;
import java.util.Set;

/**
 * How transactions are to be measured.
 *
 * @param works what is measured
 * @param connections how many clients work on keys of their own, each with one connection and one request at a time
 * @param contenders how many of them work on keys that they share
 * @param warmUp how long each measurement goes on before it counts
 * @param measured for how long it counts
 * @param rounds how often each measurement is made
 * @param command the words of a shell that measure the same again
 */
public record Transactions(
        Set<Work> works,
        int connections,
        int contenders,
        Duration warmUp,
        Duration measured,
        int rounds,
        String command) {
    int clients(Work work) {
        return work.isOwn() ? connections : contenders;
    }
}
