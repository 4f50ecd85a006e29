package dcluster.simulation;

/** What all parts of one run share. */
record Scene(Agenda agenda, Draws draws, Trace trace, Tally tally) {}
