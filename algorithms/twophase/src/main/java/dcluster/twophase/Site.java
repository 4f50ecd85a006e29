package dcluster.twophase;

import dcluster.spi.Context;

/** What everything that is done at one participant works on: what it holds, who may use it, how much may still come. */
record Site(Shard shard, Admission admission, Space space) {
    static Site of(TwoPhaseCommitConfig config, Context<?, ?, ?> context) {
        var shard = new Shard(config.outcomes());
        return new Site(shard, new Admission(new Locks(config.locking())), new Space(context, shard.store()));
    }
}
