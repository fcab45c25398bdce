-- Names are found in whatever case they are typed, also where the database's locale folds no letters
-- beyond ASCII, and where it folds I as in Turkish. See docs/adr/0016.

-- A name without case and accents, one blank between words, whatever the locale: upper case letters
-- that do not decompose (Latin, Greek, Cyrillic, Armenian, Georgian) by Unicode's case folding, but the
-- dotless i as i, for who types it knows no other.
CREATE OR REPLACE FUNCTION name_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
    WHEN octet_length(name) = char_length(name)
        THEN lower(regexp_replace(name, '\s+', ' ', 'g') COLLATE "C")
    ELSE replace(replace(translate(
        lower(regexp_replace(
            regexp_replace(normalize(name, NFKD), '[\u0300-\u036f]+', '', 'g'),
            '\s+', ' ', 'g') COLLATE "C"),
        'ÆÐØÞĐĦıŁŊŒŦƁƂƄƆƇƉƊƋƎƏƐƑƓƔƖƗƘƜƝƟƢƤƦƧƩƬƮƱƲƳƵƷƸƼǤǶǷȜȠȢȤȺȻȽȾɁɃɄɅɆɈɊɌɎͰͲͶͿΑΒΓΔΕΖΗΘΙΚΛ'
        'ΜΝΞΟΠΡΣΤΥΦΧΨΩςϏϘϚϜϞϠϢϤϦϨϪϬϮϷϺϽϾϿЂЄЅІЈЉЊЋЏАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮ'
        'ѰѲѴѸѺѼѾҀҊҌҎҐҒҔҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӃӅӇӉӋӍӔӘӠӨӶӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮԱԲԳԴԵԶ'
        'ԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖႠႡႢႣႤႥႦႧႨႩႪႫႬႭႮႯႰႱႲႳႴႵႶႷႸႹႺႻႼႽႾႿჀჁჂჃჄჅჇჍᲀᲁᲂᲃᲄᲅᲆᲇ'
        'ᲈᲐᲑᲒᲓᲔᲕᲖᲗᲘᲙᲚᲛᲜᲝᲞᲟᲠᲡᲢᲣᲤᲥᲦᲧᲨᲩᲪᲫᲬᲭᲮᲯᲰᲱᲲᲳᲴᲵᲶᲷᲸᲹᲺᲽᲾᲿỺỼỾⱠⱢⱣⱤⱧⱩⱫⱭⱮⱯⱰⱲⱵⱾⱿ',
        'æðøþđħiłŋœŧɓƃƅɔƈɖɗƌǝəɛƒɠɣɩɨƙɯɲɵƣƥʀƨʃƭʈʊʋƴƶʒƹƽǥƕƿȝƞȣȥⱥȼƚⱦɂƀʉʌɇɉɋɍɏͱͳͷϳαβγδεζηθικλ'
        'μνξοπρστυφχψωσϗϙϛϝϟϡϣϥϧϩϫϭϯϸϻͻͼͽђєѕіјљњћџабвгдежзиклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫѭѯ'
        'ѱѳѵѹѻѽѿҁҋҍҏґғҕҗҙқҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏӄӆӈӊӌӎӕәӡөӷӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯաբգդեզ'
        'էըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆⴀⴁⴂⴃⴄⴅⴆⴇⴈⴉⴊⴋⴌⴍⴎⴏⴐⴑⴒⴓⴔⴕⴖⴗⴘⴙⴚⴛⴜⴝⴞⴟⴠⴡⴢⴣⴤⴥⴧⴭвдосттъѣ'
        'ꙋაბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰჱჲჳჴჵჶჷჸჹჺჽჾჿỻỽỿⱡɫᵽɽⱨⱪⱬɑɱɐɒⱳⱶȿɀ'),
        'ß', 'ss'), 'ẞ', 'ss')
    END;

-- The names that are there already. The owner sees no rows unless FORCE is lifted.
ALTER TABLE users NO FORCE ROW LEVEL SECURITY;
ALTER TABLE customer_names NO FORCE ROW LEVEL SECURITY;
UPDATE customer_names n
SET name_key = left(name_key(left(u.name, 16)), 64)
FROM users u
WHERE u.id = n.user_id
  AND octet_length(u.name) <> char_length(u.name)
  AND n.name_key <> left(name_key(left(u.name, 16)), 64);
ALTER TABLE users FORCE ROW LEVEL SECURITY;
ALTER TABLE customer_names FORCE ROW LEVEL SECURITY;
