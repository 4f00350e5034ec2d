package io.portcullis.config;

import io.portcullis.domain.notice.Brand;
import io.portcullis.pages.PageName;
import io.portcullis.pages.PageSettings;
import io.portcullis.pages.PagesWiring;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Value;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code pages}. */
final class PagesBinder {
    private static final Pattern OWN = Pattern.compile("(?i)/auth/ui(/|$)");
    private static final Pattern PLAIN = Pattern.compile("(?!.*(//|/\\.\\.?(/|$)))[^*%]*");

    private final Value root;
    private final Value pages;
    private final Path folder;
    private final Problems problems;

    /** {@code folder}: of the config file. */
    PagesBinder(Value root, Path folder, Problems problems) {
        this.root = root;
        this.pages = root.at("pages");
        this.folder = folder;
        this.problems = problems;
    }

    /** Empty when it is faulty. */
    Optional<PageSettings> settings() {
        var brand = pages.at("brand");
        var at = at();
        var support = brand.at("support").optionalText().flatMap(text -> url(brand.at("support"), text));
        var logo = brand.at("logo").optionalText().map(folder::resolve);
        logo.ifPresent(file -> {
            if (Files.isRegularFile(file)) {
                usable(brand.at("logo"), () -> PagesWiring.checkLogo(file));
            } else {
                problems.add(brand.at("logo"), "is no file; there is none at " + file);
            }
        });
        var own = pages.at("folder").optionalText().map(folder::resolve);
        own.ifPresent(place -> {
            if (Files.isDirectory(place)) {
                usable(pages.at("folder"), () -> PagesWiring.checkFolder(place));
            } else {
                problems.add(pages.at("folder"), "is no folder; there is none at " + place);
            }
        });
        return brand().flatMap(made -> problems.settings(
                root,
                pages,
                () -> new PageSettings(made, logo, brand.at("footer").optionalText(), support, at, own)));
    }

    private void usable(Value value, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException unusable) {
            problems.add(value, "cannot be used: " + unusable.getMessage());
        }
    }

    /** What mails have too, unless the pages have their own. */
    private Optional<Brand> brand() {
        var own = pages.at("brand");
        var mail = root.at("mail").at("brand");
        return problems.settings(
                root,
                own,
                () -> new Brand(
                        text(own, mail, "name")
                                .orElseGet(() -> root.at("mfa").at("issuer").text()),
                        text(own, mail, "color").orElse(Brand.USUAL_COLOR)));
    }

    private static Optional<String> text(Value own, Value mail, String key) {
        return own.at(key).optionalText().or(() -> mail.at(key).optionalText());
    }

    private Map<String, PageName> at() {
        var paths = new HashMap<String, PageName>();
        for (var name : PageName.values()) {
            for (var path :
                    pages.at("at").at(name.name().toLowerCase(Locale.ROOT)).items()) {
                if (path.faulty()) {
                    continue; // that is told already
                }
                if (paths.put(path.text(), name) != null) {
                    problems.add(path, "leads to another page already; one path leads to one page");
                } else if (OWN.matcher(path.text()).lookingAt()) {
                    problems.add(path, "is where the pages are themselves; name a path of the application");
                } else if (!PLAIN.matcher(path.text()).matches()) {
                    problems.add(path, "is taken to the letter; leave out *, %, //, /./ and /../");
                }
            }
        }
        return paths;
    }

    private Optional<URI> url(Value value, String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException noUrl) {
            problems.add(value, "is no address; write one such as https://help.example.com or mailto:help@example.com");
            return Optional.empty();
        }
    }
}
