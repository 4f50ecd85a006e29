package dcluster.runtime.gateway;

/** The bytes of a client are no request. The message is what Redis says, where Redis would refuse them too. */
final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1L;

    ProtocolException(String message) {
        super(message, null, false, false);
    }
}
