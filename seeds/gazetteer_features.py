"""Which of GeoNames' feature codes become places, and as what.

Belongs here: the choice, and why. Does not belong here: how dumps are read (`gazetteer_dump.py`). The codes are
explained at https://www.geonames.org/export/codes.html.

Kept is what news names as the scene of an event. Left out are:
    countries (`PCL*`), which `countries.tsv` holds with reviewed names;
    third-level units and lower, which bear the name of their main town and would compete with it;
    places where nobody lives any longer (`PPLH`, `PPLQ`, `PPLW`), which share their names with living ones;
    single buildings, streets, wells, hills, farms: millions of points that no story tells apart by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seeds.gazetteer_records import PlaceKind

_TOWNS = "PPL PPLA PPLA2 PPLA3 PPLA4 PPLA5 PPLC PPLF PPLG PPLL PPLR PPLS PPLX STLMT"
_LANDS = "A.LTER A.TERR A.ZN A.ZNB L.CONT L.OAS L.RGN L.RGNE L.RGNL L.TRB"
_FACILITIES = (
    "L.MILB L.NVB L.PORT S.AIRB S.AIRP S.CMP S.CMPRF S.CSTM S.CTRA S.DAM S.INSM S.MILB S.NAVB S.OILR S.PRN S.PSN S.PSTB"
)
_NATURE = (
    "H.BAY H.CHNM H.CNL H.GULF H.LGN H.LGNS H.LK H.LKS H.LKN H.OCN H.RF H.RFS H.RSV H.SD H.SEA H.STM H.STMS H.STRT "
    "L.PRK L.RES L.RESF L.RESN L.RESW "
    "T.ATOL T.CAPE T.CNYN T.DLTA T.DSRT T.GRGE T.ISL T.ISLET T.ISLS T.ISTH T.MT T.MTS T.PASS T.PEN T.PK T.PLAT T.PLN "
    "T.UPLD T.VAL T.VALS T.VLC"
)

KINDS: dict[bytes, PlaceKind] = {
    **dict.fromkeys((b"P." + code for code in _TOWNS.encode().split()), "city"),
    b"A.ADM1": "admin1",
    b"A.ADM2": "admin2",
    **dict.fromkeys(_LANDS.encode().split(), "region"),
    **dict.fromkeys(_NATURE.encode().split(), "region"),
    **dict.fromkeys((*_FACILITIES.encode().split(), b"S.AIRF"), "facility"),
}
"""The kind of place by feature class and code (`P.PPLC`); what is not in it is left out."""

NEEDS_NAMES = frozenset((*_NATURE.encode().split(), b"S.AIRF"))
"""Codes of which maps hold hundreds of thousands: kept where at least `FEWEST_NAMES` other names are known."""

FEWEST_NAMES = 3
"""Brooks and peaks that only maps name have no other name; those that people speak of have spellings and exonyms."""

WELL_KNOWN_NAMES = 10
"""Waters and mountains with so many names are known abroad, and a bare name may mean them: `Euphrates`."""

_SAYS_ITS_KIND = frozenset(
    "bay canal canyon cape channel delta desert forest gorge gulf island islands isle lagoon lake mt mountain "
    "mountains ocean park pass peak peninsula plain plains plateau range reef reserve reservoir river sea sound strait "
    "valley volcano wadi".split()
)


def says_its_kind(folded: str) -> bool:
    """Tell whether a folded name is plain about what it names: `korengal valley`, `lake van`, but not `paris`."""
    words = folded.split()
    return len(words) > 1 and (words[0] in _SAYS_ITS_KIND or words[-1] in _SAYS_ITS_KIND)
