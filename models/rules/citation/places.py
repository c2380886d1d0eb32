"""Towns in which the books of these libraries were printed, as their title pages and catalogues write them.

A known town is told from a title without any other sign; an unknown one needs publisher and year beside it.
"""

import re

_TOWNS = """
М., Л., Москва, Ленинград, СПб., СПб, Спб., Пг., Санкт-Петербург, Петербург, Баку, Bakı, Baki, Baku,
Бакы, Гянджа, Gəncə, Гәнҗә, Sumqayıt, Сумгаит, Naxçıvan, Нахчыван, Şuşa, Lənkəran, Mingəçevir,
Алматы, Алма-Ата, Almaty, Alma-Ata, Астана, Astana, Нұр-Сұлтан, Нур-Султан, Nur-Sultan, Ақмола,
Акмола, Целиноград, Шымкент, Чимкент, Қарағанды, Караганда, Семей, Семипалатинск, Тараз, Ақтөбе,
Актобе, Актюбинск, Орал, Уральск, Қызылорда, Кызылорда, Кзыл-Орда, Атырау, Павлодар, Костанай,
Қостанай, Көкшетау, Кокшетау, Түркістан, Туркестан, Өскемен, Усть-Каменогорск, Новосибирск, Казань,
Екатеринбург, Томск, Омск, Уфа, Саратов, Ростов-на-Дону, Воронеж, Минск, Киев, Київ, Харьков,
Ташкент, Toshkent, Tashkent, Бишкек, Фрунзе, Тбилиси, Тифлис, Tbilisi, Ереван, Ашхабад, Душанбе,
Рига, Вильнюс, Таллин, Ufa, Kazan, London, New York, Cambridge, Oxford, Leiden, Boston, Chicago,
Philadelphia, Princeton, Washington, Berkeley, Los Angeles, Toronto, Berlin, Wiesbaden, Leipzig,
München, Munich, Frankfurt am Main, Heidelberg, Stuttgart, Wien, Vienna, Paris, Amsterdam,
Dordrecht, The Hague, Den Haag, Brussels, Rome, Roma, Milano, Madrid, Tokyo, Delhi, New Delhi,
Moscow, St. Petersburg, Tehran, İstanbul, Istanbul, Ankara, İzmir, Konya, Tabriz, Təbriz, Hoboken,
Thousand Oaks, Basingstoke, Edinburgh, Manchester, Bloomington, Stanford, Ithaca, New Haven,
Charlottesville, Aşqabad, Ашгабат, Тегеран, Стамбул, Нью-Йорк, Лондон, Париж, Берлин, Лейпциг,
Қазан, Орынбор, Оренбург, Верный, Бәку, Мәскеу, Frunze, Kyiv, Kiev, Minsk, Riga, Tartu, Warszawa,
Kraków, Praha, Budapest, Helsinki, Stockholm, Uppsala, Oslo, København, Beijing, Shanghai, Cairo,
Beirut, Damascus, Baghdad
"""
_NAMES = re.split(r",\s+", _TOWNS.strip())
PLACE = "|".join(re.escape(name) for name in sorted(_NAMES, key=len, reverse=True))
