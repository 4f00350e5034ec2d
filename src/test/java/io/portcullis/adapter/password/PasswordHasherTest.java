package io.portcullis.adapter.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.crypto.HashThreads;
import io.portcullis.domain.password.StoredHash;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors of the specifications, and hashes that the programs made whose forms these are. */
class PasswordHasherTest {
    private static final String PASSWORD = "correct horse é";
    private static final String LONG = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private final PasswordHasher hasher = new PasswordHasher(new HashThreads(2), new SecureRandom());

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                // the reference implementation of argon2
                "password | $argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                // jBCrypt and crypt_blowfish
                "a | $2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
                "abc | $2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i",
                "U*U | $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                // RFC 7914, sections 11 and 12
                "Password | pbkdf2:sha256:80000$NaCl$4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d",
                "pleaseletmein | scrypt:16384:8:1$SodiumChloride$7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887",
                // RFC 6070
                "password | pbkdf2:sha1:4096$salt$4b007901b765489abead49d926f721d065a429c1",
                "passwordPASSWORDpassword | pbkdf2:sha1:4096$saltSALTsaltSALTsaltSALTsaltSALTsalt$3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038",
            })
    void aVectorOfItsSpecificationMatches(String password, String hash) {
        matchesAlone(password, hash);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // argon2-cffi
                "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQxMjM0NTY3OA$jg2RCG6mMr3Gw0k3mAqOTS3EqcGwjuGsS1rQTaCTWWA",
                "$argon2i$v=19$m=256,t=2,p=2$c29tZXNhbHQxMjM0NTY3OA$Sy8SMPCkJTqCj2zlIlVSMG9L7ae9g+VOaMjQQhqPaUk",
                "$argon2d$v=19$m=256,t=2,p=2$c29tZXNhbHQxMjM0NTY3OA$SVFUlJgpcHwfcy5Bf8gmwIEFy5JEg/N7OuOLbmBC75s",
                "$argon2i$v=16$m=256,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$Nb+DWK1RAmeNOsCJnETKE3O6Hn/cv6Qy01lF/5pEhyM",
                "$argon2i$m=256,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$Nb+DWK1RAmeNOsCJnETKE3O6Hn/cv6Qy01lF/5pEhyM",
                // bcrypt of Python; y is PHP's letter; in braces as Spring Security keeps it
                "$2b$05$abcdefghijklmnopqrstuuNKTrdYIyJepeBe0WMJS4ZyMwX4aEJLK",
                "$2y$05$abcdefghijklmnopqrstuuNKTrdYIyJepeBe0WMJS4ZyMwX4aEJLK",
                "{bcrypt}$2a$05$abcdefghijklmnopqrstuuNKTrdYIyJepeBe0WMJS4ZyMwX4aEJLK",
                "{argon2@SpringSecurity_v5_8}$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQxMjM0NTY3OA$jg2RCG6mMr3Gw0k3mAqOTS3EqcGwjuGsS1rQTaCTWWA",
                // Django
                "pbkdf2_sha256$1000$seasalt12$0K1r+Vs2AU04YnEYIm3t41kFbuMJBTyb2SRJ64+OMCM=",
                "pbkdf2_sha1$1000$seasalt12$wrO/dmV3YgcxEKhDlI2mFkA2a2M=",
                "argon2$argon2id$v=19$m=256,t=2,p=1$c2Vhc2FsdDEy$4AghsMEvLPxuq0X5P8358vICA4B/vvggmF9iN/QTPgE",
                "bcrypt_sha256$$2b$04$hvnkWo3jmeNfnAAVfFBhM.Ag4QVG0bjk9yzDIVvPIbyZgQKZJYFV2",
                "bcrypt$$2b$04$fBZUC6Hq6ZvW1enaFJ6MqucLMqk6dj9oYeTl5xBBHUOumbxe7H3sS",
                "scrypt$1024$seasalt12$8$1$2CdBG4iokIgj85uKuj7jUE0OqOpmPBRsACR3LlzIM4TT4SZsfPRrpLdkjV03E77FwxiX1IiJWozry6HaFWEjYg==",
                // passlib
                "$pbkdf2$1000$Afv/MDEyMzQ1Njc4OWFiYw$cOJxL35ta89qzci00tIle5EdNqQ",
                "$pbkdf2-sha256$1000$Afv/MDEyMzQ1Njc4OWFiYw$gqrWxMljjF/zUeuF8r107sIfWwgFn7OeWe.EMRultx8",
                "$pbkdf2-sha512$1000$Afv/MDEyMzQ1Njc4OWFiYw$ZlPfTp8eUtnoXOYXD7mA1xnS4hQkvXLjNQW.yyVv5anvsP9wSC73qiVSf2ktiVvGtS2GA0SzxbU8n7wTnOnNMA",
                "$scrypt$ln=10,r=8,p=1$Afv/MDEyMzQ1Njc4OWFiYw$TfPmXFjzGp172XbCel3z5yRh3AdfmZuClDF+sktP53w",
                // PHC
                "$pbkdf2-sha1$i=1000,l=20$Afv/MDEyMzQ1Njc4OWFiYw$cOJxL35ta89qzci00tIle5EdNqQ",
                "$pbkdf2-sha256$i=1000$Afv/MDEyMzQ1Njc4OWFiYw$gqrWxMljjF/zUeuF8r107sIfWwgFn7OeWe+EMRultx8",
                // the library of scrypt's author, and Spring
                "$s0$a0801$Afv/MDEyMzQ1Njc4OWFiYw==$TfPmXFjzGp172XbCel3z5yRh3AdfmZuClDF+sktP53w=",
                "$a0801$Afv/MDEyMzQ1Njc4OWFiYw==$TfPmXFjzGp172XbCel3z5yRh3AdfmZuClDF+sktP53w=",
                // Werkzeug
                "scrypt:1024:8:1$i285tG0uM0DEQ6LF$d2b3b9e810a8d74f2e65cf836805ed6fa34948fffd85bb8f2c08ebda62b85112b0c822785c2c3b90f73722d446f1d410e441890fa7bc1ff38c87bfc9de2952e5",
                "pbkdf2:sha256:1000$yq2CygYOS1ryZRwQ$3ccacb04f90f757ee93e6711ebc95467d26269cbfaa84d7a0c8aa2c713ccaeef",
                "pbkdf2:sha512:1000$w3gpa3oToNp6911y$37fad0776198f99c9e1db33eb5f5bc17133d65da1d9d397ac775ebb60f23cd909558367af2b81bdc23c7c5e4bac2e955071e60be79fc7ed45991316c2a198ca4",
                // Node's scrypt as better-auth calls it
                "000102030405060708090a0b0c0d0e0f:dd5b9aa291176d11bf2181bacf71bff904d8db32b8e2492c38754502fc74db8918e26f27a560f890726cc4eaa4f34be615e84fe9de7d84b228bc3a9f13ab806d",
            })
    void aHashOfAnotherSystemMatches(String hash) {
        matchesAlone(PASSWORD, hash);
        matchesAlone(PASSWORD, hash + "    "); // in a column of fixed width
    }

    private void matchesAlone(String password, String hash) {
        var stored = hasher.read(hash).orElseThrow();
        assertThat(stored.matches(password)).isTrue();
        assertThat(stored.matches(password + "x")).isFalse();
        assertThat(stored.matches("")).isFalse();
        assertThat(stored.decoy().matches(password)).isFalse();
        assertThat(stored.upToDate()).isFalse();
    }

    @Test
    void bcryptSeesSeventyTwoBytes() {
        var stored = hasher.read("$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui")
                .orElseThrow();
        assertThat(stored.matches(LONG)).isTrue();
        assertThat(stored.matches(LONG + "chars after 72 are ignored")).isTrue();
        assertThat(stored.matches(LONG.substring(1))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "{noop}password",
                "5f4dcc3b5aa765d61d8327deb882cf99", // MD5
                "$1$salt$qJH7.N4xYta3aEG/dfqo/0",
                "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjlO/O817G3uBnIFNjnQJuesI68OTLiBFdcbYEdFCoEOfaS35inz1",
                "$2x$05$abcdefghijklmnopqrstuuNKTrdYIyJepeBe0WMJS4ZyMwX4aEJLK",
                "$2b$05$abcdefghijklmnopqrstuu", // cut off
                // more than 256 MiB, or more than a login may take
                "$argon2id$v=19$m=262145,t=1,p=1$c29tZXNhbHQxMjM0NTY3OA$jg2RCG6mMr3Gw0k3mAqOTS3EqcGwjuGsS1rQTaCTWWA",
                "$argon2id$v=19$m=9999999,t=1,p=1$c29tZXNhbHQxMjM0NTY3OA$jg2RCG6mMr3Gw0k3mAqOTS3EqcGwjuGsS1rQTaCTWWA",
                "$argon2id$v=19$m=262144,t=5,p=1$c29tZXNhbHQxMjM0NTY3OA$jg2RCG6mMr3Gw0k3mAqOTS3EqcGwjuGsS1rQTaCTWWA",
                "$argon2id$v=19$m=64,t=9999999,p=1$c29tZXNhbHQxMjM0NTY3OA$jg2RCG6mMr3Gw0k3mAqOTS3EqcGwjuGsS1rQTaCTWWA",
                "$argon2id$v=19$m=7,t=1,p=1$c29tZXNhbHQxMjM0NTY3OA$jg2RCG6mMr3Gw0k3mAqOTS3EqcGwjuGsS1rQTaCTWWA",
                "$argon2id$v=19$m=64,t=0,p=1$c29tZXNhbHQxMjM0NTY3OA$jg2RCG6mMr3Gw0k3mAqOTS3EqcGwjuGsS1rQTaCTWWA",
                "$2b$16$abcdefghijklmnopqrstuuNKTrdYIyJepeBe0WMJS4ZyMwX4aEJLK",
                "$2b$03$abcdefghijklmnopqrstuuNKTrdYIyJepeBe0WMJS4ZyMwX4aEJLK",
                "$scrypt$ln=19,r=8,p=1$Afv/MDEyMzQ1Njc4OWFiYw$TfPmXFjzGp172XbCel3z5yRh3AdfmZuClDF+sktP53w",
                "$scrypt$ln=31,r=8,p=1$Afv/MDEyMzQ1Njc4OWFiYw$TfPmXFjzGp172XbCel3z5yRh3AdfmZuClDF+sktP53w",
                "$scrypt$ln=14,r=8,p=9999$Afv/MDEyMzQ1Njc4OWFiYw$TfPmXFjzGp172XbCel3z5yRh3AdfmZuClDF+sktP53w",
                "scrypt:1000:8:1$i285tG0uM0DEQ6LF$d2b3b9e810a8d74f2e65cf836805ed6fa34948fffd85bb8f2c08ebda62b85112",
                "$ffffff$Afv/MDEyMzQ1Njc4OWFiYw==$TfPmXFjzGp172XbCel3z5yRh3AdfmZuClDF+sktP53w=",
                "pbkdf2_sha256$5000001$seasalt12$0K1r+Vs2AU04YnEYIm3t41kFbuMJBTyb2SRJ64+OMCM=",
                "pbkdf2_sha256$0$seasalt12$0K1r+Vs2AU04YnEYIm3t41kFbuMJBTyb2SRJ64+OMCM=",
                "pbkdf2_sha256$99999999$seasalt12$0K1r+Vs2AU04YnEYIm3t41kFbuMJBTyb2SRJ64+OMCM=",
                "pbkdf2_md5$1000$seasalt12$0K1r+Vs2AU04YnEYIm3t41kFbuMJBTyb2SRJ64+OMCM=",
            })
    void whatIsNoHashOrCostsTooMuchIsNotComputed(String text) {
        assertThat(hasher.read(text)).isEmpty();
    }

    @Test
    void whatIsTooLongIsNotLookedAt() {
        assertThat(hasher.read("$argon2id$v=19$m=256,t=2,p=2$" + "A".repeat(100_000)))
                .isEmpty();
    }

    @Test
    void aNewHashIsArgon2idOfTodaysCostWithASaltOfItsOwn() {
        var hash = hasher.hash(PASSWORD);
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(hasher.hash(PASSWORD));
        assertThat(hasher.read(hash).map(stored -> stored.matches(PASSWORD))).contains(true);
        assertThat(hasher.read(hash).map(stored -> stored.matches("correct horse")))
                .contains(false);
        assertThat(hasher.read(hash).map(StoredHash::upToDate)).contains(true);
        assertThat(hasher.decoy().upToDate()).isTrue();
        assertThat(hasher.decoy().matches(PASSWORD)).isFalse();
    }

    @Test
    void aPasswordOfMoreThanOneThousandAndTwentyFourBytesIsNone() {
        var longest = "é".repeat(512);
        assertThat(hasher.read(hasher.hash(longest)).map(stored -> stored.matches(longest)))
                .contains(true);
        var longer = longest + "x";
        assertThat(hasher.read(hasher.hash(longer)).map(stored -> stored.matches(longer)))
                .contains(false);
    }

    @Test
    void nothingPrintsItself() {
        var stored = Optional.of(hasher.hash(PASSWORD)).flatMap(hasher::read).orElseThrow();
        assertThat(stored.toString() + stored.decoy() + hasher).doesNotContain("argon2id$", "[B@");
    }

    /** They compute in memory that they hand on to each other. */
    @Test
    void hashesAtOnceDoNotMix() {
        var hashes = IntStream.range(0, 8)
                .parallel()
                .mapToObj(number -> hasher.hash("password " + number))
                .toList();
        assertThat(IntStream.range(0, 8)
                        .parallel()
                        .allMatch(number ->
                                hasher.read(hashes.get(number)).orElseThrow().matches("password " + number)))
                .isTrue();
        assertThat(hasher.read(hashes.get(0)).orElseThrow().matches("password 1"))
                .isFalse();
    }
}
