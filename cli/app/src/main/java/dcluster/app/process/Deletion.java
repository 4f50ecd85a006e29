package dcluster.app.process;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Deletes a folder and all that is in it. Links are deleted, not followed; what vanishes meanwhile is no error. */
public final class Deletion extends SimpleFileVisitor<Path> {
    private Deletion() {}

    /**
     * Deletes the folder.
     *
     * @throws Failure if something in it cannot be deleted
     */
    public static void of(Path folder) {
        try {
            Files.walkFileTree(folder, new Deletion());
        } catch (IOException e) {
            throw new Failure(Exit.RESOURCE, "cannot remove " + folder + ": " + e, e);
        }
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.deleteIfExists(file);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (Files.exists(file)) {
            throw failure;
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
        Files.deleteIfExists(directory);
        return FileVisitResult.CONTINUE;
    }
}
