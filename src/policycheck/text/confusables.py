"""Characters that are read as Latin letters: data, written by hand after Unicode's confusables (UTS #39).

Edition 3, 2026-11-25, compared with Unicode 16.0. It holds only what looks like one of a to z in common type faces, since phrases
are matched in Latin letters, and what the alphabets of "fancy text" generators put in their place. Capitals stand by themselves:
`Н` looks like H, `н` does not.
"""

from __future__ import annotations

_CYRILLIC = """
А a  В b  С c  Е e  Ғ f  Ԍ g  Н h  І i  Ј j  К k  М m  О o  Р p  Ԛ q  Ѕ s  Т t  Ѵ v  Ԝ w  Х x  У y  Ү y  Ѡ w  Ь b  Ӏ l  Ҝ k  Ҡ k
Қ k  Ҥ h  Ң h  Ԁ d  Һ h  Ӡ z  а a  Ь b  с c  ԁ d  е e  ҽ e  ԍ g  һ h  і i  ј j  к k  ӏ l  м m  п n  о o  р p  ԛ q  г r  ѕ s  т t
ц u  ѵ v  ԝ w  х x  у y  ү y  ʼ '  в b  ь b  н h  қ k  ғ f  ѡ w  җ x
ԃ d  Я r  я r  И n  и n  Ш w  ш w  Щ w  щ w  ӄ k  Ӄ k  ҟ k  Ҟ k  ҍ b  ҳ x  Ҳ x  ӽ x  Ӽ x  є e  Є e  ԑ e  ђ h  Ђ h  ћ h  Ћ h
ԋ h  Ԋ h
"""
_GREEK = """
Α a  Β b  Ε e  Ζ z  Η h  Ι i  Κ k  Μ m  Ν n  Ο o  Ρ p  Τ t  Υ y  Χ x  Ϲ c  Ϳ j  Ϝ f  α a  β b  ε e  ι i  κ k  ν v  ο o  ρ p  τ t
υ u  χ x  ϲ c  ϳ j  γ y  η n  ω w  σ o  μ u  ϝ f  ϙ q  Ϙ q
"""
_ARMENIAN = """
ժ d  Լ l  լ l  Օ o  Տ s  Ս u  Հ h  Ց g  Ո n  ա w  գ q  զ q  ց g  օ o  ո n  ս u  հ h  ւ l  ք p  ղ n  ռ n  յ j  է t  ե t
մ u  վ y  ֆ s  կ k  ր r
"""
_CHEROKEE = """
Ꭰ d  Ꭱ r  Ꭲ t  Ꭵ i  Ꭹ y  Ꭺ a  Ꭻ j  Ꭼ e  Ꮃ w  Ꮇ m  Ꮋ h  Ꮍ y  Ꮐ g  Ꮒ h  Ꮓ z  Ꮖ i  Ꮞ 4  Ꮟ b  Ꮢ r  Ꮤ w  Ꮥ s  Ꮩ v  Ꮪ s  Ꮮ l  Ꮯ c  Ꮲ p
Ꮶ k  Ꮷ d  Ᏻ g  Ᏼ b  Ꮁ f  Ꮎ o  Ꮜ u
Ꮑ n  Ꮆ g  ꮑ n  ꮆ g  ꭰ d  ꭱ r  ꭲ t  ꭵ i  ꭹ y  ꭺ a  ꭻ j  ꭼ e  ꮃ w  ꮇ m  ꮋ h  ꮍ y  ꮐ g  ꮒ h  ꮓ z  ꮟ b  ꮢ r  ꮤ w  ꮥ s
ꮩ v  ꮪ s  ꮮ l  ꮯ c  ꮲ p  ꮶ k  ꮷ d  ꮁ f  ꮎ o  ꮜ u
"""
_SYLLABICS = """
ᗅ a  ᗩ a  ᗷ b  ᗞ d  ᑕ c  ᗪ d  ᖙ d  ᕮ e  ᗴ e  ᖴ f  ᘜ g  ᕼ h  ᒍ j  ᒪ l  ᗰ m  ᑎ n  ᗝ o  ᑭ p  ᕈ p  ᖇ r  ᔕ s  ᑌ u  ᐯ v  ᗯ w  ᙭ x  ᖯ b
ᑫ q  ᘔ z  ᑢ c  ᕲ d  ᘿ e  ᓰ i  ᒚ j  ᘻ m  ᘉ n  ᓍ o  ᕵ p  ᕴ q  ᖶ t  ᑘ u  ᐺ v  ᘺ w  ᖻ y
"""
_OTHER = """
Ⲁ a  Ⲃ b  Ⲉ e  Ⲏ h  Ⲓ i  Ⲕ k  Ⲙ m  Ⲛ n  Ⲟ o  Ⲣ p  Ⲥ c  Ⲧ t  Ⲩ y  Ⲭ x  ⲟ o  ⲣ p  ⲥ c  ⲓ i  ⲕ k  ⵏ l  ⵔ o  ⵝ x  ⵊ i  ꓐ b  ꓑ p  ꓒ d
ꓓ d  ꓔ t  ꓖ g  ꓗ k  ꓙ j  ꓚ c  ꓜ z  ꓝ f  ꓟ m  ꓠ n  ꓡ l  ꓢ s  ꓣ r  ꓦ v  ꓧ h  ꓪ w  ꓫ x  ꓬ y  ꓮ a  ꓰ e  ꓲ i  ꓳ o  ꓴ u  𐊂 b  𐊆 e  𐊇 f
𐊊 z  𐊐 x  𐊒 o  𐊕 p  𐊖 s  𐊗 t  𐊠 a  𐊡 b  𐊢 c  𐊥 f  𐊫 o  𐊰 m  𐊱 t  𐊲 y  𐊴 x  𐋏 h  𐋵 z  Ⴆ b  ყ y
"""
_LATIN = """
ᴀ a  ʙ b  ᴄ c  ᴅ d  ᴇ e  ꜰ f  ɢ g  ʜ h  ɪ i  ᴊ j  ᴋ k  ʟ l  ᴍ m  ɴ n  ᴏ o  ᴘ p  ʀ r  ꜱ s  ᴛ t  ᴜ u  ᴠ v  ᴡ w  ʏ y  ᴢ z  ɑ a  ɡ g
ɩ i  ɾ r  ʋ v  ı i  ȷ j  ꞓ c  ƒ f  ɗ d  ƙ k  ƥ p  ƭ t  ɓ b  ɠ g  ɦ h  ɲ n  ʂ s  ʐ z  ƴ y  ȥ z
ƈ c  ɖ d  ɱ m  ɭ l  ʄ f  ɹ r  ɘ e  ǝ e  ɫ l  ɬ l  ɕ c  ʗ c  ɟ j  ʝ j  ɳ n  ƞ n  ɽ r  ɻ r  ʈ t  ʑ z  ʠ q  ʛ g  ɐ a  ɒ a  ʍ m
ϲ c  Ϲ c  ꬲ e  ꭎ u  ɛ e  ɔ o  ø o
Ø o  ł l  Ł l  đ d  Đ d  ħ h  Ħ h  ŧ t  Ŧ t  ð d  Ð d  ɨ i  ƀ b  ƶ z  ɉ j  ɏ y  ǥ g  ɍ r  ⱥ a  ȼ c  ɇ e  ᵽ p  ɵ o  ʉ u  ꝑ p  ꝓ p
ǫ q  ʅ l  ɯ w  ƚ t  ɮ b  ʊ u  ȶ t  ⱨ h  ⱡ l  ⱪ k  ⱬ z
"""
_SIGNS = """
₳ a  ฿ b  ₵ c  ¢ c  ∂ d  € e  ₣ f  ₲ g  ₭ k  £ l  ₥ m  ₦ n  ₱ p  ₴ s  ₮ t  √ v  ₩ w  ¥ y
Σ e  Λ a  Δ a  Π n  Θ o  Ξ e  ς c  Д a  Ф o  Э e  Ч y  ə e  ә e
"""
_ASIAN = """
卂 a  乃 b  匚 c  乇 e  千 f  卄 h  丨 i  フ j  ㄥ l  爪 m  几 n  ㄖ o  卩 p  尺 r  丂 s  ㄒ t  ㄩ u  山 w  乂 x  ㄚ y  乙 z
ム a  キ f  ん h  ノ i  ズ k  レ l  ᄊ m  刀 n  ア p  イ t  メ x  リ y
ค a  ๒ b  ๔ d  و g  เ i  ן j  ๓ m  ภ n  ๏ o  ק p  ร s  Շ t  ย u  ש v  ฬ w  א x  ץ y  չ z  נ j
"""


def _table(*rows: str) -> dict[str, str]:
    words = " ".join(rows).split()
    return dict(zip(words[::2], words[1::2], strict=True))


LOOKALIKES = _table(_CYRILLIC, _GREEK, _ARMENIAN, _CHEROKEE, _SYLLABICS, _OTHER)
"""Letters of other scripts: to be read as Latin only in words or texts that are Latin otherwise."""

_REGIONAL = {chr(0x1F1E6 + n): chr(ord("a") + n) for n in range(26)}

FANCY = {**_table(_SIGNS, _ASIAN), **_REGIONAL, **LOOKALIKES}
"""These and whatever else stands for a Latin letter in "fancy text": read so only where known words come of it."""

LATIN = _table(_LATIN)
"""Latin letters and small capitals that Unicode does not decompose: always read as the plain letter."""

ENCLOSED = {
    chr(first + n): chr(ord("a") + n) for first in (0x249C, 0x1F110, 0x1F150, 0x1F170) for n in range(26)
}  # in brackets, and white on black circles and squares, which Unicode decomposes to more or not at all
