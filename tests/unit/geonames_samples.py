"""A GeoNames dump of a few dozen lines, written by hand from facts, for the tests of the gazetteer."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# geonameid, name, alternate names, latitude, longitude, class, code, country, admin1, population
FEATURES = """
1140026|Helmand||31.00|64.00|A|ADM1|AF|10|1446230
1131461|Musa Qal'ah||32.44|64.74|A|ADM2|AF|10|62000
1139715|Kandahār|Candahar,Kandagar,Qandahar|31.61333|65.71013|P|PPLA|AF|23|614118
1138958|Kabul|Caboul,Cabul,Kaboul|34.52813|69.17233|P|PPLC|AF|13|4434550
1132604|Mūsá Qal'ah|Musa Qala,Musa Qal'eh|32.36|64.75|P|PPL|AF|10|10000
9000001|Shewān Kalay||32.40|64.70|P|PPL|AF|10|0
9000002|Kohneh Deh||32.41|64.71|P|PPLQ|AF|10|0
9000003|Darah-ye Korangal|Korangal,Korengal Valley,Korengal|34.88|70.92|T|VAL|AF|34|0
9000004|Kwashal Shela||34.80|70.90|H|STM|AF|34|0
1139714|Helmand|Helmand River,Hilmand,Darya-ye Helmand|31.20|61.56|H|STM|AF|10|0
9000005|Kajakai Dam|Band-e Kajaki|32.322|65.119|S|DAM|AF|10|0
9000006|Bagram Air Base||34.946|69.265|S|AIRB|AF|40|0
1149361|Islamic Republic of Afghanistan|Afghanistan|33.0|66.0|A|PCLI|AF|00|37172386
94824|Baghdad Governorate|Muhafazat Baghdad|33.33|44.40|A|ADM1|IQ|07|6000000
98182|Baghdad|Bagdad,Bagdhad|33.34058|44.40088|P|PPLC|IQ|07|7216000
9000007|Madīnat aş Şadr|Sadr City,Saddam City|33.389|44.458|P|PPLX|IQ|07|0
9000008|Hemrin Dam|Hamrin Dam|34.120|44.970|S|DAM|IQ|10|0
172958|Euphrates|Eufrat,Eufrate,Eufrates,Euphrat,Euphrate,Firat,Frat,Furat,Prat,Nahr al Furat|31|47.4|H|STM|IQ|00|0
9000009|Za'atari Refugee Camp|Zaatari|32.2912|36.3239|S|CMPRF|JO|15|0
9000010|Allenby Bridge|Allenby Crossing|31.874|35.541|S|PSTB|JO|02|0
1717512|Basilan|Basilan Island,Isla de Basilan,Pulau Basilan|6.57|122.03|T|ISL|PH|B9|0
1731248|Isabela City|Isabela|6.7085|121.971|P|PPLA2|PH|09|112788
9000011|Paris|Paris Brook,Paris Creek,Ruisseau Paris|46.0|-70.0|H|STM|CA|10|0
2988507|Paris|Lutece,Parigi,Parijs|48.85341|2.3488|P|PPLC|FR|11|2138551
4717560|Paris||33.66094|-95.55551|P|PPLA2|US|TX|24782
9000012|Old Paris||33.0|-95.0|P|PPLH|US|TX|0
4736286|Texas|Tejas|31.25044|-99.25061|A|ADM1|US|TX|22875689
9000013|Neustadt am Beispiel||50.0|10.0|P|PPL|DE|ZZ|900
""".strip().splitlines()

# alternateNameId, geonameid, language, name, preferred, short, colloquial, historic
NAMES = """
1|9000007|en|Sadr City|1|||
2|9000007|en|Saddam City||||1
3|9000007|ar|مدينة الصدر||||
4|9000003|en|Korengal Valley|1|||
5|1139715|en|Kandahar||||
6|98182|en|City of Peace|||1|
7|9000001|en|Shewan||||
""".strip().splitlines()

PROVINCES = (
    "AF.10\tHelmand\tHelmand\t1140026",
    "IQ.07\tMuḩāfaz̧at Baghdād\tMuhafazat Baghdad\t98180",
    "DE.ZZ\tNeuland\tNeuland\t9000020",
)


def feature_line(cells: str) -> str:
    """Return a line of `allCountries` from the cells that tests care about."""
    gid, name, aliases, latitude, longitude, feature_class, code, country, admin1, people = cells.split("|")
    shown = [gid, name, name, aliases, latitude, longitude, feature_class, code, country, "", admin1]
    return "\t".join([*shown, "", "", "", people, "", "1", "Etc/UTC", "2024-01-01"])


def name_line(cells: str) -> str:
    """Return a line of `alternateNamesV2`."""
    return "\t".join([*cells.split("|"), "", ""])


def write_dump(folder: Path, features: Sequence[str] = tuple(FEATURES), *, archived: bool = False) -> Path:
    """Write all three files of the sample, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        "allCountries": map(feature_line, features),
        "alternateNamesV2": map(name_line, NAMES),
        "admin1CodesASCII": PROVINCES,
    }
    for name, lines in texts.items():
        text = "".join(f"{line}\n" for line in lines)
        if archived:
            with ZipFile(folder / f"{name}.zip", "w", ZIP_DEFLATED) as archive:
                archive.writestr(f"{name}.txt", text)
        else:
            (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder
