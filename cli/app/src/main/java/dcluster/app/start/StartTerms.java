package dcluster.app.start;

import dcluster.app.terminal.CleanUps;
import dcluster.app.terminal.Progress;
import java.time.Duration;

/**
 * How something is started.
 *
 * @param progress told how far it is
 * @param cleanUps where what is launched is kept until it serves, to be ended if the command is interrupted
 * @param patience how long all of it may take
 * @param retain whether everything is left as it is when it fails
 */
public record StartTerms(Progress progress, CleanUps cleanUps, Duration patience, boolean retain) {}
