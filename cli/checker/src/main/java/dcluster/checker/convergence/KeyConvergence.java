package dcluster.checker.convergence;

import dcluster.checker.finding.Judgement;
import java.time.Duration;

/**
 * What became of one key after the heal.
 *
 * @param finalReads how many final reads there were
 * @param oldReads how many reads returned another value than the final one, while it was quiet
 * @param took for how long it had been quiet when the last of them began; zero if there were none
 */
public record KeyConvergence(String key, Judgement judgement, int finalReads, int oldReads, Duration took) {}
