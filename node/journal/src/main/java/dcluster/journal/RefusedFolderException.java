package dcluster.journal;

import java.io.IOException;

/**
 * A folder that this node must not use: in use, another node's, or not writable. The message names both sides and the
 * folder.
 */
public final class RefusedFolderException extends IOException {
    public RefusedFolderException(String message) {
        super(message);
    }

    public RefusedFolderException(String message, Throwable cause) {
        super(message, cause);
    }
}
