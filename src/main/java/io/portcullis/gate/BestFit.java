package io.portcullis.gate;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What becomes of characters that a server's code page has not: it takes the ASCII character that looks most like it, as Windows, .NET and iconv with {@code TRANSLIT}
 * do. So letters lose their marks, a fraction slash, a yen sign and a division sign are slashes, and an ellipsis is one dot. Letters in lower case, as
 * {@link PathReading#folded} leaves them. For any thread.
 */
final class BestFit {
    /** Where Unicode has letters that are ASCII ones with something added: Latin and phonetic blocks, from and to. */
    private static final int[][] LATIN = {
        {0x00C0, 0x02AF}, {0x1D00, 0x1DBF}, {0x1E00, 0x1EFF}, {0x2C60, 0x2C7F}, {0xA720, 0xA7FF}, {0xAB30, 0xAB6F}
    };

    /** How such a letter is called, as in LATIN SMALL LETTER D WITH TAIL. */
    private static final Pattern NAME = Pattern.compile(
            "LATIN (?:SMALL |CAPITAL )?LETTER (?:SMALL CAPITAL |AFRICAN |DOTLESS |LONG )?([A-Z])(?: WITH .*)?");

    /** Other characters, each before its best fit. */
    private static final String PAIRS = "⁄/∕/⧸/╱/÷/⟋/∖\\⧵\\⧹\\╲\\⟍\\¥\\₩\\·.∙.….•.⋅.。.‚,¸,٪%∶:ǃ!¡!‼!¿?ǀ|∣|¦|∼~˜~ˆ^"
            + "‐-‑-‒-–-—-―-−-‗_¯_‘'’'‛'′'´'ʹ'ʻ'ʼ'ˈ'‵`ˋ`“\"”\"„\"‟\"″\"ʺ\"‹<«<〈<›>»>〉>"
            + "αaæaƀb¢c©cđdðdᴆdδdεeƒfφfǥgɡgγgħhһhĸkłlƚlμuµu∩nŋn"
            + "ⁿnøoœoɵoωo°oπp®rßs∑sσsŧtþtƫtʈtθtτt√v×xƶzɩiɨiıi£l∞8";

    private static final Map<Character, Character> ASCII = table();

    private BestFit() {}

    private static Map<Character, Character> table() {
        var table = new HashMap<Character, Character>();
        for (var block : LATIN) {
            for (int code = block[0]; code <= block[1]; code++) {
                var name = Character.getName(code);
                var letter = NAME.matcher(name == null ? "" : name);
                if (letter.matches()) {
                    table.put((char) code, Character.toLowerCase(letter.group(1).charAt(0)));
                }
            }
        }
        for (int i = 0; i < PAIRS.length(); i += 2) {
            table.put(PAIRS.charAt(i), PAIRS.charAt(i + 1));
        }
        return Map.copyOf(table);
    }

    /** The text with every such character replaced, alone or by its parts; others stay. */
    static String of(String text) {
        var plain = Normalizer.normalize(replaced(text), Normalizer.Form.NFKD);
        return replaced(plain.chars()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString());
    }

    private static String replaced(String text) {
        var read = text.toCharArray();
        for (int i = 0; i < read.length; i++) {
            if (read[i] >= 128) {
                read[i] = ASCII.getOrDefault(read[i], read[i]);
            }
        }
        return new String(read);
    }
}
