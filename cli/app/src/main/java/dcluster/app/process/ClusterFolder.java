package dcluster.app.process;

import dcluster.app.process.ProcessRecord.Expected;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of one cluster:
 *
 * <pre>
 * cluster.yaml         the resolved cluster file: no port is left to choice
 * processes/n1.json    what is known about the process that runs n1, see {@link ProcessRecord}
 * processes/n1.ended   which launch of it has ended in order, if any did
 * nodes/n1/            n1's data: its journal; it stays when n1 is no member any more
 * incarnations/n1      how often n1 was started and where its journal ended, kept by itself: it may never begin anew
 * logs/n1.log          what n1 printed, over all its runs; n1.log.1 has what it printed before, once the log was full
 * </pre>
 *
 * A file is replaced as a whole, so a reader sees the old or the new one and needs no lock.
 */
public record ClusterFolder(Path path) {
    private static final String JSON = ".json";

    /** The cluster's name, which is the folder's. */
    public String name() {
        return path.getFileName().toString();
    }

    /** Whether such a cluster was started and not removed. */
    public boolean exists() {
        return Files.exists(config());
    }

    public Path config() {
        return path.resolve("cluster.yaml");
    }

    public Path log(String node) {
        return path.resolve("logs").resolve(node + ".log");
    }

    public Path data(String node) {
        return path.resolve("nodes").resolve(node);
    }

    /** Where a member remembers, apart from its data, that it was there; missing as long as it was not. */
    public Path incarnation(String node) {
        return path.resolve("incarnations").resolve(node);
    }

    /** Where a member's process leaves the token of its launch when it ends in order. */
    public Path ended(String node) {
        return processes().resolve(node + ".ended");
    }

    /** Makes the folder of a new cluster, with its resolved file. */
    public void create(String yaml) {
        try {
            Files.createDirectories(path.resolve("logs"));
            Files.createDirectories(path.resolve("nodes"));
            Files.createDirectories(processes());
            // Last, for it makes the folder a cluster.
            replace(config(), yaml);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Puts another resolved file in place of that of a cluster which does not run. */
    public void reconfigure(String yaml) {
        try {
            replace(config(), yaml);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** What is known about all processes, in the order of their ids, the coordinator last. */
    public List<ProcessRecord> records() {
        return only(ProcessRecord.class)
                .sorted(Comparator.comparing(ProcessRecord::coordinator)
                        .thenComparing(record -> record.member().id()))
                .toList();
    }

    /** What lies there in place of records and is none, by name. */
    public List<Unreadable> unreadable() {
        return only(Unreadable.class)
                .sorted(Comparator.comparing(Unreadable::file))
                .toList();
    }

    /** Keeps a record in place of the one of the same id. It is there when this returns, for other processes too. */
    public void keep(ProcessRecord record) {
        try {
            replace(processes().resolve(record.id() + JSON), record.toJson() + "\n");
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Forgets a member that is none any more; its data and its incarnation stay. */
    public void forget(String node) {
        try {
            Files.deleteIfExists(processes().resolve(node + JSON));
            Files.deleteIfExists(ended(node));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Removes the folder and all that is in it; what it links to stays. */
    public void remove() {
        try {
            // The resolved file goes first and so ends the cluster: were the rest interrupted, no half of it would
            // be listed.
            Files.deleteIfExists(config());
        } catch (IOException e) {
            throw unusable(e);
        }
        Deletion.of(path);
    }

    private Path processes() {
        return path.resolve("processes");
    }

    private <T extends MemberFile> Stream<T> only(Class<T> kind) {
        return memberFiles().stream().filter(kind::isInstance).map(kind::cast);
    }

    private List<MemberFile> memberFiles() {
        try (var files = Files.list(processes())) {
            return files.filter(file -> file.toString().endsWith(JSON))
                    .map(this::read)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (NoSuchFileException e) {
            // Unless the cluster is being removed.
            return exists() ? List.of(new Unreadable(name(), "", processes(), "it is missing")) : List.of();
        } catch (IOException | UncheckedIOException e) {
            return List.of(new Unreadable(name(), "", processes(), "as a folder it gives " + e));
        }
    }

    private Optional<MemberFile> read(Path file) {
        var name = file.getFileName().toString();
        var id = name.substring(0, name.length() - JSON.length());
        try {
            var record = toldEnd(ProcessRecord.fromJson(Files.readString(file)));
            return Optional.of(
                    record.id().equals(id) ? record : new Unreadable(name(), id, file, "it speaks of " + record.id()));
        } catch (NoSuchFileException e) {
            // The cluster is being removed.
            return Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.of(new Unreadable(name(), id, file, "it is not text"));
        } catch (IllegalArgumentException | IOException e) {
            var why = e instanceof IOException ? e.toString() : e.getMessage();
            return Optional.of(new Unreadable(name(), id, file, String.valueOf(why)));
        }
    }

    /** A process that was asked to end by others than a command, as when the machine goes down, has not crashed. */
    private ProcessRecord toldEnd(ProcessRecord record) throws IOException {
        var ended = ended(record.id());
        boolean isOver = record.expected() == Expected.RUNNING
                && Files.exists(ended)
                && Files.readString(ended).equals(record.token());
        return isOver ? record.expecting(Expected.STOPPED) : record;
    }

    private static void replace(Path file, String content) throws IOException {
        var whole = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(whole, content);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private Failure unusable(IOException e) {
        return new Failure(
                Exit.RESOURCE,
                "cannot write in " + path + ": " + e + "; " + Home.VARIABLE + " names another folder",
                e);
    }
}
