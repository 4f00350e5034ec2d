package io.portcullis.http;

/**
 * What the gateway itself knows about a request, whatever the request says.
 *
 * @param requestId ours, in {@code X-Request-Id} of the answer and to the backend
 * @param address of the client, as text
 * @param scheme {@code http} or {@code https}, as the client sees it
 * @param host {@code Host} as the client sent it, with its port, already found to be one that is served
 * @param passage what becomes of it
 */
public record RequestOrigin(String requestId, String address, String scheme, String host, Passage passage) {
    /** For a request that is here now. */
    public RequestOrigin(String requestId, String address, String scheme, String host) {
        this(requestId, address, scheme, host, new Passage());
    }
}
