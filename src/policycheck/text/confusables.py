"""Characters that are read as Latin letters: data, written by hand after Unicode's confusables (UTS #39).

Edition 2, 2026-11-24, compared with Unicode 16.0. It holds only what looks like one of a to z in common type faces, since phrases
are matched in Latin letters. Capitals stand by themselves: `Н` looks like H, `н` does not.
"""

from __future__ import annotations

_CYRILLIC = """
А a  В b  С c  Е e  Ғ f  Ԍ g  Н h  І i  Ј j  К k  М m  О o  Р p  Ԛ q  Ѕ s  Т t  Ѵ v  Ԝ w  Х x  У y  Ү y  Ѡ w  Ь b  Ӏ l  Ҝ k  Ҡ k
Қ k  Ҥ h  Ң h  Ԁ d  Һ h  Ӡ z  а a  Ь b  с c  ԁ d  е e  ҽ e  ԍ g  һ h  і i  ј j  к k  ӏ l  м m  п n  о o  р p  ԛ q  г r  ѕ s  т t
ц u  ѵ v  ԝ w  х x  у y  ү y  ʼ '  в b  ь b  н h  қ k  ғ f  ѡ w  җ x
ԃ d  Я r  я r  И n  и n  Ш w  ш w  Щ w  щ w  Ѕ s  Ӏ l  һ h
"""
_GREEK = """
Α a  Β b  Ε e  Ζ z  Η h  Ι i  Κ k  Μ m  Ν n  Ο o  Ρ p  Τ t  Υ y  Χ x  Ϲ c  Ϳ j  Ϝ f  α a  β b  ε e  ι i  κ k  ν v  ο o  ρ p  τ t
υ u  χ x  ϲ c  ϳ j  γ y  η n  ω w  σ o  μ u
"""
_ARMENIAN = """
ժ d  Լ l  Օ o  Տ s  Ս u  Հ h  Ց g  Ո n  ա w  գ q  զ q  ց g  օ o  ո n  ս u  հ h  ւ l  ք p  ղ n  ռ n  յ j  է t  ե t
"""
_CHEROKEE = """
Ꭰ d  Ꭱ r  Ꭲ t  Ꭵ i  Ꭹ y  Ꭺ a  Ꭻ j  Ꭼ e  Ꮃ w  Ꮇ m  Ꮋ h  Ꮍ y  Ꮐ g  Ꮒ h  Ꮓ z  Ꮖ i  Ꮞ 4  Ꮟ b  Ꮢ r  Ꮤ w  Ꮥ s  Ꮩ v  Ꮪ s  Ꮮ l  Ꮯ c  Ꮲ p
Ꮶ k  Ꮷ d  Ᏻ g  Ᏼ b  Ꮁ f  Ꮎ o  Ꮜ u  ꭰ d  ꭱ r  ꭲ t  ꭵ i  ꭹ y  ꭺ a  ꭻ j  ꭼ e  ꮃ w  ꮇ m  ꮋ h  ꮍ y  ꮐ g  ꮒ h  ꮓ z  ꮟ b  ꮢ r  ꮤ w  ꮥ s
ꮩ v  ꮪ s  ꮮ l  ꮯ c  ꮲ p  ꮶ k  ꮷ d  ꮁ f  ꮎ o  ꮜ u
"""
_SYLLABICS = """
ᗅ a  ᗩ a  ᗷ b  ᗞ d  ᑕ c  ᗪ d  ᖙ d  ᕮ e  ᗴ e  ᖴ f  ᘜ g  ᕼ h  ᒍ j  ᒪ l  ᗰ m  ᑎ n  ᗝ o  ᑭ p  ᕈ p  ᖇ r  ᔕ s  ᑌ u  ᐯ v  ᗯ w  ᙭ x  ᖯ b
"""
_OTHER = """
Ⲁ a  Ⲃ b  Ⲉ e  Ⲏ h  Ⲓ i  Ⲕ k  Ⲙ m  Ⲛ n  Ⲟ o  Ⲣ p  Ⲥ c  Ⲧ t  Ⲩ y  Ⲭ x  ⲟ o  ⲣ p  ⲥ c  ⲓ i  ⲕ k  ⵏ l  ⵔ o  ⵝ x  ⵊ i  ꓐ b  ꓑ p  ꓒ d
ꓓ d  ꓔ t  ꓖ g  ꓗ k  ꓙ j  ꓚ c  ꓜ z  ꓝ f  ꓟ m  ꓠ n  ꓡ l  ꓢ s  ꓣ r  ꓦ v  ꓧ h  ꓪ w  ꓫ x  ꓬ y  ꓮ a  ꓰ e  ꓲ i  ꓳ o  ꓴ u  𐊂 b  𐊆 e  𐊇 f
𐊊 z  𐊐 x  𐊒 o  𐊕 p  𐊖 s  𐊗 t  𐊠 a  𐊡 b  𐊢 c  𐊥 f  𐊫 o  𐊰 m  𐊱 t  𐊲 y  𐊴 x  𐋏 h  𐋵 z
"""
_LATIN = """
ᴀ a  ʙ b  ᴄ c  ᴅ d  ᴇ e  ꜰ f  ɢ g  ʜ h  ɪ i  ᴊ j  ᴋ k  ʟ l  ᴍ m  ɴ n  ᴏ o  ᴘ p  ʀ r  ꜱ s  ᴛ t  ᴜ u  ᴠ v  ᴡ w  ʏ y  ᴢ z  ɑ a  ɡ g
ɩ i  ɾ r  ʋ v  ı i  ȷ j  ꞓ c  ƒ f  ɗ d  ƙ k  ƥ p  ƭ t  ɓ b  ɠ g  ɦ h  ɲ n  ʂ s  ʐ z  ƴ y  ȥ z
ƈ c  ɖ d  ɱ m  ɭ l  ʄ f  ɹ r  ɘ e  ǝ e  ɫ l  ɬ l  ɕ c  ʗ c  ɟ j  ʝ j  ɳ n  ƞ n  ɽ r  ɻ r  ʈ t  ʑ z  ʠ q  ʛ g  ɐ a  ɒ a  ʍ m
ϲ c  Ϲ c  ꬲ e  ꭎ u  ɛ e  ɔ o  ø o
Ø o  ł l  Ł l  đ d  Đ d  ħ h  Ħ h  ŧ t  Ŧ t  ð d  Ð d  ɨ i  ƀ b  ƶ z  ɉ j  ɏ y  ǥ g  ɍ r  ⱥ a  ȼ c  ɇ e  ᵽ p  ɵ o  ʉ u  ꝑ p  ꝓ p
ǫ q
"""


def _table(*rows: str) -> dict[str, str]:
    words = " ".join(rows).split()
    return dict(zip(words[::2], words[1::2], strict=True))


LOOKALIKES = _table(_CYRILLIC, _GREEK, _ARMENIAN, _CHEROKEE, _SYLLABICS, _OTHER)
"""Letters of other scripts: to be read as Latin only in words or texts that are Latin otherwise."""

LATIN = _table(_LATIN)
"""Latin letters and small capitals that Unicode does not decompose: always read as the plain letter."""

ENCLOSED = {
    chr(first + n): chr(ord("a") + n) for first in (0x249C, 0x1F110, 0x1F150, 0x1F170) for n in range(26)
}  # in brackets, and white on black circles and squares, which Unicode decomposes to more or not at all
