package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No spelling of a protected path reaches a backend that would read it. */
class RoundTheGatePathsIT extends RoundTheGateStory {
    /** Each row of the table of what Vert.x itself would let by, and the targets that other gateways have let by. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin",
                "/admin/",
                "/admin/x",
                "/public/../admin/x",
                "//admin/x",
                "/%61dmin/x",
                "/./admin/x",
                "/%2e/admin/x",
                "/admin;x=1/y",
                "/public/..;/admin",
                "/admin%2fx",
                "/public/..%2fadmin",
                "/admin%00/x",
                "/%2561dmin/x",
                "/%252561dmin/x",
                "/public\\..\\admin",
                "/ADMIN/x",
                "/admin%2e/x",
                "/admin./x",
                "/public//../admin/x",
                "/admin/%2e%2e/public",
                "/admin/../public",
                "/admin#x",
                "/#/../admin",
                "//h/admin/x",
                "admin/m?://x/public",
                "admin/m#://x/public",
                "admin://x/public",
                "http://x?y/public",
                "http://localhost/admin/x",
                "http://other/admin/x",
                "http://localhost@other/admin",
                "https://localhost/ADMIN",
                "/admin%/x",
                "/%zz/x",
                "*",
                "admin/x",
                "",
                "@other/admin",
                ":@other/admin",
                "/%c0%aeadmin/%c0%ae%c0%ae/admin",
                "/public/%c0%ae%c0%ae/admin",
                "/public%c0%af..%c0%afadmin",
                "/%e0%80%afadmin",
                "/public/%c0%25ae%c0%25ae/admin",
                "/public/%25c0%25ae%25c0%25ae/admin",
                "/%25u0061dmin",
                "/%u0061dmin",
                "/public%25u002f..%25u002fadmin",
                "/%ef%bd%81dmin",
                "/adm%c4%b1n",
                "/admin%20",
                "/%20admin",
                "/admin%0a",
                "/admin%0d%0aX:%20y",
                "/admin%3f/../../public",
                "/admin%23/../../public",
                "/admin%3bx",
                "/public;/../admin",
                "/;/admin",
                "/public/;x/../../admin",
                "/%5cadmin",
                "/\\admin",
                "/%5c%5cother/admin",
                "/x%2e%2e/admin",
                "/internal",
                "/x/..%2finternal",
                "/INTERNAL%2f",
                "/reports/../admin",
                "/reports;/../admin",
                "/admin\u00e9",
                "/\u00ff/../admin",
                "/admin\0x",
                "/ad\tmin",
                "/admin HTTP/1.0 x",
                "/public/..",
                "/users/..;/admin",
                "/adm\u00adin",
                "/adm%c2%adin",
                "/admin%ad",
                "/public/....//admin",
                "/public/..././admin",
                "/public/%2e%2e;/admin",
                "/public/.%00./admin",
                "/%c1%a1dmin",
                "/%c1%25a1dmin",
                "/p/%c1%25b5/../../admin",
                "/%c1%25b5sers"
            })
    void aSpellingOfAProtectedPath(String target) throws Exception {
        for (var caller : round.callers()) {
            round.attempt(caller, RoundTheGate.head(caller, "GET " + target + " HTTP/1.1") + "\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /admin",
                "GET /admin HTTP/0.9",
                "GET /admin HTTP/1.2",
                "GET /admin HTTP/2.0",
                "GET /admin ICAP/1.0",
                "GET  /admin  HTTP/1.1",
                "GET\t/admin\tHTTP/1.1",
                " GET /admin HTTP/1.1",
                "GET /admin HTTP/1.1 ",
                "get /admin HTTP/1.1",
                "G\u00cbT /admin HTTP/1.1",
                "GET /public/x /admin HTTP/1.1",
                "GET /public/x\r/admin HTTP/1.1",
                "CONNECT localhost:80 HTTP/1.1",
                "CONNECT /admin HTTP/1.1",
                "TRACE /public HTTP/1.1",
                "TRACK /admin HTTP/1.1",
                "OPTIONS /admin HTTP/1.1",
                "OPTIONS * HTTP/1.1",
                "OPTIONS http://localhost HTTP/1.1",
                "PROPFIND /admin HTTP/1.1",
                "GEt /users/x HTTP/1.1",
                "DELETE /users/x HTTP/1.1",
                "PRI * HTTP/2.0",
                "PRI /admin HTTP/2.0",
                "GET /admin HTTP/1.1\nX: y",
                "GET /public\n/admin HTTP/1.1"
            })
    void aRequestLineThatIsNone(String line) throws Exception {
        for (var caller : round.callers()) {
            round.attempt(caller, RoundTheGate.head(caller, line) + "\r\n");
        }
    }

    @Test
    void anOrdinaryPathStaysOpen() throws Exception {
        for (var target :
                List.of("/administrator", "/x/admin", "/public/caf%C3%A9?next=/admin/../x", "/a.b/c~d", "/x%20y")) {
            var answers = round.attempt(
                    round.nobody(), RoundTheGate.head(round.nobody(), "GET " + target + " HTTP/1.1") + "\r\n");
            assertThat(answers)
                    .singleElement()
                    .satisfies(answer -> assertThat(answer.text()).isEqualTo(target));
        }
    }
}
