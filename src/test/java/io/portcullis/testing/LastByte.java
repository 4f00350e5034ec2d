package io.portcullis.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Requests whose last bytes are sent together, when all else has arrived: as close to one moment as a client can come. */
public final class LastByte {
    private LastByte() {}

    /** Sends the requests to the ports in turn; answers in the order of the requests. */
    public static List<Answer> of(List<String> requests, int... ports) throws IOException {
        var connections = new ArrayList<RawHttp>();
        try {
            for (int i = 0; i < requests.size(); i++) {
                var request = requests.get(i);
                var connection = RawHttp.to(ports[i % ports.length]);
                connections.add(connection);
                connection.send(request.substring(0, request.length() - 1));
            }
            for (int i = 0; i < requests.size(); i++) {
                var request = requests.get(i);
                connections.get(i).send(request.substring(request.length() - 1));
            }
            var answers = new ArrayList<Answer>();
            for (var connection : connections) {
                answers.add(connection.answer());
            }
            return answers;
        } finally {
            for (var connection : connections) {
                connection.close();
            }
        }
    }
}
