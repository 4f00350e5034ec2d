package io.portcullis.adapter.mail;

/**
 * One message in words.
 *
 * @param subject one line
 * @param text for a mail program that shows no HTML
 * @param html a whole page, without images or links
 * @param brief one short line, for channels such as SMS
 */
record Letter(String subject, String text, String html, String brief) {
    @Override
    public String toString() {
        return "Letter[hidden]";
    }
}
