package io.portcullis.domain.login;

import java.util.List;
import java.util.Map;

/** An HTTP answer of the legacy backend as it came: repeated headers in their order, the body byte for byte. Holds credentials, so it prints itself hidden. */
@SuppressWarnings("ArrayRecordComponent") // copied on its way in and out
public record LegacyAnswer(int status, List<Map.Entry<String, String>> headers, byte[] body) {
    public LegacyAnswer {
        headers = List.copyOf(headers);
        body = body.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    @Override
    public String toString() {
        return "LegacyAnswer[hidden]";
    }
}
