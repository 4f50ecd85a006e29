package dcluster.app.command;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.lab.simulation.Seeds;

/** One of so many equal parts, from 1. */
record Shard(int number, int of) {
    /** That part of the seeds. */
    Seeds of(Seeds all) {
        try {
            return all.share(number, of);
        } catch (IllegalArgumentException e) {
            throw new Failure(Exit.USAGE, "--shard " + number + "/" + of + ": " + e.getMessage(), e);
        }
    }
}
