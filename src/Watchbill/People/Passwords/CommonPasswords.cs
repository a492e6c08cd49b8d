using System.Collections.Frozen;

namespace Watchbill.People.Passwords;

/// <summary>
/// The commonest passwords that are long enough to be chosen here, in lower case without signs; shorter ones are refused by length. Repetitions
/// and rows of keys are found by rule, not listed.
/// </summary>
internal static class CommonPasswords
{
    /// <summary>Rows of keys and of signs in order.</summary>
    public static readonly string[] Rows =
    [
        "abcdefghijklmnopqrstuvwxyz", "0123456789", "1234567890", "qwertyuiopasdfghjklzxcvbnm", "qwertyuiop", "asdfghjkl", "zxcvbnm",
        "azertyuiopqsdfghjklmwxcvbn", "qwertzuiopasdfghjklyxcvbnm", "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qazwsxedcrfvtgbyhnujmikolp",
        "q1w2e3r4t5y6u7i8o9p0", "1a2b3c4d5e6f7g8h9i0j", "a1b2c3d4e5f6g7h8i9j0",
    ];

    private static readonly FrozenSet<string> Listed = new[]
    {
        "correcthorsebatterystaple", "thisismypassword", "mypasswordispassword", "mypasswordis", "passwordpassword", "passwordadministrator", "adminadminadmin",
        "administratorpassword", "administratoradministrator", "administrator", "letmeinletmein", "letmeinplease", "pleaseletmein", "letmeinpassword", "opensesame",
        "iloveyousomuch", "iloveyouforever", "iloveyouiloveyou", "iloveyoubaby", "iwillalwaysloveyou", "welcometothejungle", "welcomewelcome", "welcomepassword",
        "changemechangeme", "changemeplease", "changethispassword", "changepassword", "pleasechangeme", "temporarypassword", "temppassword", "defaultpassword",
        "nopasswordneeded", "thereisnopassword", "ihavenopassword", "idontknowmypassword", "idontknow", "iforgotmypassword", "forgotmypassword", "forgotpassword",
        "passwordincorrect", "yourpasswordisincorrect", "incorrectpassword", "notmypassword", "newpassword", "mynewpassword", "mysecretpassword", "secretpassword",
        "supersecretpassword", "topsecretpassword", "supersecret", "strongpassword", "averystrongpassword", "verystrongpassword", "securepassword", "verysecurepassword",
        "averylongpassword", "verylongpassword", "longpassword", "thisisalongpassword", "thisisaverylongpassword", "thisisapassword", "thisisasecret", "thisisnotapassword",
        "thisissecure", "thisisasecurepassword", "thequickbrownfox", "thequickbrownfoxjumps", "thequickbrownfoxjumpsoverthelazydog", "loremipsumdolorsitamet", "loremipsumdolor",
        "tobeornottobe", "tobeornottobethatisthequestion", "maytheforcebewithyou", "livelongandprosper", "winteriscoming", "youshallnotpass", "inthebeginningwastheword",
        "onceuponatime", "happybirthday", "happybirthdaytoyou", "merrychristmas", "manchesterunited", "liverpoolfootballclub", "youllneverwalkalone", "realmadridbarcelona",
        "dragonballsuper", "pokemonpokemon", "superman", "supermansuperman", "batmanandrobin", "starwarsstarwars", "harrypotterharrypotter", "harrypotter", "princessprincess",
        "sunshinesunshine", "footballfootball", "baseballbaseball", "monkeymonkeymonkey", "dragondragondragon", "jesusismysavior", "jesuslovesme", "jesusischrist", "godisgood",
        "godisgoodallthetime", "trustno", "trustnoone", "whateverwhatever", "computercomputer", "internetinternet", "qwertyqwerty", "qwertypassword", "passwordqwerty",
        "qwertyuiop", "asdfghjkl", "passw0rdpassw0rd", "p4sswordp4ssword", "passwort", "passwortpasswort", "meinpasswort", "geheimespasswort", "motdepasse", "motdepassemotdepasse",
        "contrasena", "contrasenacontrasena", "companypassword", "workpassword", "testpassword", "testtesttest", "testingtesting", "passwordtest", "demopassword", "rootpassword",
        "toortoortoor", "rootrootroot", "useruseruser", "userpassword", "guestguestguest", "guestpassword", "masterpassword", "mastermaster", "databasepassword", "postgrespassword",
        "passphrase", "mypassphrase", "thisismypassphrase", "fifteencharacters", "fifteenletters", "sixteencharacters", "passwordpassphrase", "onetwothreefour",
        "onetwothreefourfive", "onetwothreefourfivesix", "zeroonetwothree", "abcdefghijklmno", "password1password1", "password1password2", "password123password", "1234567890qwerty",
        "1234567890password", "123456789password", "12345678password", "qwerty1234567890", "qwertyuiop1234567890", "qwertyuiop123456789", "asdfghjkl123456789", "123qweasdzxc123qweasdzxc",
        "zaq12wsxcde34rfv", "zaq1xsw2cde3vfr4", "1qaz2wsx3edc4rfv", "1qazxsw23edcvfr4", "q1w2e3r4t5y6u7i8", "a1b2c3d4e5f6g7h8", "1a2b3c4d5e6f7g8h", "aabbccddeeffgghh", "112233445566778899",
        "9876543210123456", "1122334455667788", "summersummer", "summerwinter", "springsummer", "springsummerautumnwinter", "winterspringsummerfall", "mondaytuesdaywednesday", "januaryfebruarymarch",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether it is one of them.</summary>
    public static bool Contains(string plain) => Listed.Contains(plain);
}
