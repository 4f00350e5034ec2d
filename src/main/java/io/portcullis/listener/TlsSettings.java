package io.portcullis.listener;

import java.nio.file.Path;

/**
 * The certificate of the public listener.
 *
 * @param cert the file of the chain
 * @param key the file of the private key
 * @param identity what was in both when the config was read
 */
public record TlsSettings(Path cert, Path key, TlsIdentity identity) {}
