package io.portcullis.domain.session;

/** One entry of {@code identity} in the config file; each kind of source has its own. */
public interface SourceSettings {
    /** The name of the source, one of its own. */
    String name();

    /** The realm of the accounts that it names, unless a claim says otherwise. */
    String realm();
}
