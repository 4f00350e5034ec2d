package io.portcullis.demo;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The mailbox as HTML. What comes from a mail is text on it; its own HTML stays in a sandboxed frame. */
final class MailboxPage {
    /** Looks every two seconds, but loads the page anew only for a new mail, so that a code can be marked and copied. */
    static final String SCRIPT = """
            setInterval(async () => {
              const mails = await fetch('/mailbox.json').then(answer => answer.json()).catch(() => null)
              if (mails && String(mails[0]?.number ?? 0) !== document.body.dataset.newest) location.reload()
            }, 2000)
            """;

    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Mailbox of the demo</title>
            <noscript><meta http-equiv="refresh" content="2"></noscript>
            <script src="/mailbox.js" defer></script>
            <style>
            :root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.4 }
            body { margin: 1rem auto; max-width: 80rem; padding: 0 1rem }
            table { border-collapse: collapse; width: 100% }
            th, td { border-bottom: 1px solid GrayText; padding: .3rem .6rem .3rem 0; text-align: left; overflow-wrap: anywhere }
            tr.shown { font-weight: bold }
            .list { max-height: 16rem; overflow: auto }
            .parts { display: flex; flex-wrap: wrap; gap: 1rem }
            .parts > * { border: 1px solid GrayText; box-sizing: border-box; flex: 1 1 24rem; margin: 0; min-height: 32rem }
            pre { overflow: auto; padding: 1rem; white-space: pre-wrap }
            </style>
            </head>
            """;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private MailboxPage() {}

    /** The list, and one mail of it below. */
    static String of(List<Mail> newestFirst, Optional<Mail> shown) {
        long newest = newestFirst.isEmpty() ? 0 : newestFirst.getFirst().number();
        return HEAD + """
                <body data-newest="%d">
                <h1>Mailbox</h1>
                <p>Whatever the demo mails ends here, whoever it is for. Kept: the last %d.
                The same for programs: <a href="/mailbox.json">/mailbox.json</a></p>
                """.formatted(newest, KeptMails.MOST) + list(newestFirst, shown)
                + shown.map(MailboxPage::mail).orElse(newest == 0 ? "" : "<p>This mail is not here any more.</p>\n")
                + "</body>\n</html>\n";
    }

    private static String list(List<Mail> mails, Optional<Mail> shown) {
        if (mails.isEmpty()) {
            return "<p>No mail yet. The page shows the first as soon as it comes.</p>\n";
        }
        var rows = mails.stream()
                .map(mail -> row(mail, shown.filter(mail::equals).isPresent()))
                .collect(Collectors.joining());
        return """
                <div class="list"><table>
                <tr><th>Time</th><th>To</th><th>Subject</th></tr>
                %s</table></div>
                """.formatted(rows);
    }

    private static String row(Mail mail, boolean shown) {
        var subject = mail.subject().isBlank() ? "(no subject)" : mail.subject();
        return "<tr%s><td>%s</td><td>%s</td><td><a href=\"/mailbox/%d\">%s</a></td></tr>\n"
                .formatted(
                        shown ? " class=\"shown\"" : "",
                        time(mail.at()),
                        escaped(mail.to()),
                        mail.number(),
                        escaped(subject));
    }

    private static String mail(Mail mail) {
        return """
                <h2>%s</h2>
                <p>To %s, %s</p>
                <div class="parts">
                %s<pre>%s</pre>
                </div>
                """.formatted(
                        escaped(mail.subject()),
                        escaped(mail.to()),
                        time(mail.at()),
                        mail.html().isEmpty() ? "" : frame(mail.html()),
                        escaped(mail.text()));
    }

    /** An empty sandbox: no scripts, no forms, an origin of its own. */
    private static String frame(String html) {
        return "<iframe sandbox=\"\" title=\"As mail programs show it\" srcdoc=\"" + escaped(html) + "\"></iframe>\n";
    }

    private static String time(Instant at) {
        return TIME.format(at);
    }

    /** For the content of an element and for an attribute in double quotes. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
