package dcluster.twophase;

import dcluster.spi.Command;
import java.util.List;

/**
 * What a transaction asks of one participant.
 *
 * @param places where the results of its commands stand among those of the whole transaction; a command behind the last
 *     place is there for what it locks
 */
record Part(Command.Transaction transaction, List<Integer> places) {
    Part {
        places = List.copyOf(places);
    }
}
