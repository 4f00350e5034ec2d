package io.portcullis.domain.code;

/** A slow, salted, peppered one-way hash for codes that people keep (OWASP ASVS 6.5.2). May take tens of milliseconds of CPU. */
public interface CodeHasher {
    String hash(String code);

    /** Compares in constant time. */
    boolean matches(String code, String hash);
}
