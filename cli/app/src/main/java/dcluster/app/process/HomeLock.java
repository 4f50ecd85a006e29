package dcluster.app.process;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two commands from changing the same thing at the same time. The operating system gives a lock back when its
 * process ends, however it ends.
 *
 * <p>One file serves all clusters, each with a byte of its own: a file in the cluster's folder could not be removed
 * with it, for another command might have just opened it. A second file is for choosing ports, since a process loses
 * all its locks of a file as soon as it closes one of them.
 */
public final class HomeLock {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Does something while no other command changes that cluster.
     *
     * @throws Failure if another command is at it for longer than some seconds
     */
    public static <T> T forCluster(Home home, String cluster, Supplier<T> work) {
        return acquire(
                        home,
                        ".clusters.lock",
                        cluster.hashCode() & 0x7fff_ffffL,
                        "another dcluster command is changing the cluster '" + cluster + "'; try again when it is done")
                .hold(work);
    }

    /**
     * Does something while no other command gives ports to a new cluster.
     *
     * @throws Failure if another command is at it for longer than some seconds
     */
    public static <T> T forPorts(Home home, Supplier<T> work) {
        var busy = "another dcluster command is choosing ports; try again when it is done";
        return acquire(home, ".ports.lock", 0, busy).hold(work);
    }

    private static HomeLock acquire(Home home, String file, long position, String busy) {
        try {
            Files.createDirectories(home.folder());
            var channel =
                    FileChannel.open(home.folder().resolve(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!Patience.of(PATIENCE).until(() -> tryLock(channel, position))) {
                channel.close();
                throw new Failure(Exit.RESOURCE, busy);
            }
            return new HomeLock(channel);
        } catch (IOException e) {
            throw new Failure(
                    Exit.RESOURCE,
                    "cannot write in " + home.folder() + ": " + e + "; " + Home.VARIABLE + " names another folder",
                    e);
        }
    }

    private static boolean tryLock(FileChannel channel, long position) {
        try {
            @Nullable FileLock lock = channel.tryLock(position, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            throw new Failure(Exit.RESOURCE, "cannot lock: " + e, e);
        }
    }

    private <T> T hold(Supplier<T> work) {
        try (channel) {
            return work.get();
        } catch (IOException e) {
            throw new Failure(Exit.RESOURCE, "cannot release a lock: " + e, e);
        }
    }
}
