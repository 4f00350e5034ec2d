package io.portcullis.gate;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/**
 * What becomes of characters that a server's code page has not: Windows takes the ASCII character that looks most like it. So letters lose their
 * marks, and a fraction slash, a yen sign and a division slash are slashes. The best-fit tables of Windows-1252, 932, 949 and US-ASCII together; letters in
 * lower case, as {@link PathReading#folded} leaves them.
 */
final class BestFit {
    /** A character and its best fit, and so on. */
    private static final String PAIRS = "⁄/∕/⧸/╱/∖\\⧵\\⧹\\╲\\¥\\₩\\·.∙.•.⋅.。.‚,¸,٪%∶:ǃ!¡!‼!¿?ǀ|∣|¦|∼~˜~ˆ^"
            + "‐-‑-‒-–-—-―-−-‗_¯_‘'’'‛'′'´'ʹ'ʻ'ʼ'ˈ'‵`ˋ`“\"”\"„\"‟\"″\"ʺ\"‹<«<〈<›>»>〉>"
            + "αaæaƀb¢c©cđdðdδdεeƒfφfǥgɡgγgħhһhĸkłlƚlμuµu∩nŋn"
            + "ⁿnøoœoɵoωo°oπp®rßs∑sσsŧtþtƫtʈtθtτt√v×xƶzɨiıi£l∞8";

    private static final Map<Character, Character> ASCII = table();

    private BestFit() {}

    private static Map<Character, Character> table() {
        var table = new HashMap<Character, Character>();
        for (int i = 0; i < PAIRS.length(); i += 2) {
            table.put(PAIRS.charAt(i), PAIRS.charAt(i + 1));
        }
        return Map.copyOf(table);
    }

    /** The text with every such character replaced; others stay. */
    static String of(String text) {
        var plain = Normalizer.normalize(text, Normalizer.Form.NFKD);
        var read = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c < 128) {
                read.append(c);
            } else if (Character.getType(c) != Character.NON_SPACING_MARK) {
                read.append(ASCII.getOrDefault(c, c).charValue());
            }
        }
        return read.toString();
    }
}
