"""Characters that look like a Latin letter, and the letter each is read as."""

from collections.abc import Iterable
from itertools import chain


def _pairs(looks: str, like: str) -> Iterable[tuple[str, str]]:
    return zip(looks, like, strict=True)


CYRILLIC = _pairs(
    "авсеёһіїјкӏмнорԛгѕтуѵԝхуԁпАВСЕЁҺІЇЈКӀМНОРԚЅТУѴԜХԀ", "abceehiijklmhopqrstuvwxydnabceehiijklmhopqstyvwxd"
)
CYRILLIC_MORE = _pairs("ҽқҝғүұӯԍһҳӽ", "ekkfyyyghxx")
GREEK_MORE = _pairs("ϲϳθϹϺ", "cjocm")
GREEK = _pairs("αβεηικμνορστυχωγΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abenikuvopotuxwyabezhikmnoptyx")
ARMENIAN = _pairs("օսոհցքյգ", "ounhgqjq")
SMALL_CAPITALS = _pairs("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz")
LATIN = _pairs("ıɩɑɡøłđħŧɓɗƙɲʋɛɔꞮƖ", "iiagoldhtbdknvecii")
CAPITALS_IN_SHAPES = chain.from_iterable(
    _pairs("".join(chr(first + place) for place in range(26)), "abcdefghijklmnopqrstuvwxyz")
    for first in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)
)
# The marks that open a question or a call in Spanish are gaps: what is asked begins after them.
OPENING = _pairs("¿¡", "  ")
MARKS = _pairs("’‘ʼʹ′`´“”„«»‐‑‒–—−⁃·•∙․…", "'''''''\"\"\"\"\"-------.....")

PUNCTUATION: dict[str, str] = dict(chain(MARKS, OPENING))
# Read as Latin wherever they stand: these are drawn for looks, not for a language.
STYLED: dict[str, str] = dict(chain(SMALL_CAPITALS, LATIN, CAPITALS_IN_SHAPES))
# Read as Latin only in a word that mixes scripts or is made of such letters alone.
FOREIGN: dict[str, str] = dict(chain(CYRILLIC, CYRILLIC_MORE, GREEK, GREEK_MORE, ARMENIAN))

# Small pictures that stand for the word in a sentence.
PICTURES: dict[str, str] = {
    "💊": "pills",
    "🔫": "gun",
    "🔪": "knife",
    "🗡": "knife",
    "🩸": "blood",
    "🪢": "rope",
    "⚰": "coffin",
    "👻": "snapghost",
    "📸": "instacamera",
    "📷": "instacamera",
    "📱": "phone",
    "📞": "phone",
}

LEET: dict[str, str] = dict(_pairs("01345789@$!|+€£", "oieastbgasiltel"))
