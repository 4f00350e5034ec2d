package io.portcullis.demo;

import java.util.List;
import java.util.stream.Collectors;

/** The legacy pages as HTML. They need no script, and one of their links leads to pages that are not theirs. */
final class LegacyHtml {
    private LegacyHtml() {}

    /** The form; {@code failed}: whether the last try was wrong. */
    static String login(boolean failed) {
        return page("Log in", "", """
                %s<form method="post" action="/app/login">
                <label>E-mail <input type="email" name="email" autocomplete="username" required autofocus></label>
                <label>Password <input type="password" name="password" autocomplete="current-password" required></label>
                <button>Log in</button>
                </form>
                """.formatted(
                        failed ? "<p role=\"alert\">The e-mail or the password is wrong.</p>\n" : ""));
    }

    static String dashboard(LegacyAccount owner) {
        return page("Dashboard", nav(owner), "<p>Visitors today: 1234. Orders: 56.</p>\n");
    }

    static String users(LegacyAccount owner) {
        return page("Users", nav(owner), """
                <table>
                <tr><th>Id</th><th>E-mail</th><th>Role</th></tr>
                %s</table>
                """.formatted(rows(LegacyAccounts.ALL)));
    }

    private static String rows(List<LegacyAccount> accounts) {
        return accounts.stream()
                .map(account -> "<tr><td>%d</td><td>%s</td><td>%s</td></tr>\n"
                        .formatted(
                                account.id(),
                                MailboxPage.escaped(account.email()),
                                MailboxPage.escaped(account.role())))
                .collect(Collectors.joining());
    }

    private static String nav(LegacyAccount owner) {
        return """
                <nav>
                <a href="/app/dashboard">Dashboard</a>
                <a href="/app/users">Users</a>
                <a href="/auth/ui/settings">Security</a>
                <form method="post" action="/app/logout">%s <button>Log out</button></form>
                </nav>
                """.formatted(MailboxPage.escaped(owner.email()));
    }

    private static String page(String title, String nav, String content) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s - Legacy administration</title>
                <style>
                :root { color-scheme: light dark; font-family: Georgia, serif; line-height: 1.4 }
                body { margin: 1rem auto; max-width: 48rem; padding: 0 1rem }
                nav { border-bottom: 1px solid GrayText; display: flex; flex-wrap: wrap; gap: 1rem; padding-bottom: .5rem }
                nav form { margin-left: auto }
                label { display: block; margin: .5rem 0 }
                td, th { border-bottom: 1px solid GrayText; padding: .3rem 1rem .3rem 0; text-align: left }
                </style>
                </head>
                <body>
                %s<h1>%s</h1>
                %s</body>
                </html>
                """.formatted(title, nav, title, content);
    }
}
