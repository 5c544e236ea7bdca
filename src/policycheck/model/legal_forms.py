"""Legal forms at the end of a company's name: data, written by hand after ISO 20275, the list of Entity Legal Forms with their
abbreviations that the GLEIF publishes. The common ones, not all.

Comparable, as `company_key` makes them: in lower case, without full stops, `&` as "and".
"""

from __future__ import annotations

_WORDS = """
ab ag aps as asa bhd bv bvba co corp corporation company doo eood eurl gmbh inc incorporated kft kg kgaa kk limited llc llp lp ltd
ltda mbh nv ohg ood oy oyj plc pte pty pvt sa sarl sas sasu sdn se sl snc spa sprl srl sro ug ulc zrt
"""
_PHRASES = """
a s | s a | s a s | s p a | s r l | s r o | d o o | b v | n v | private limited | private ltd |
gmbh and co | ag and co | ug and co | sp z oo | sp z o o | spz oo | sp zoo
"""

LEGAL_FORMS = frozenset(tuple(form.split()) for form in (*_WORDS.split(), *_PHRASES.split("|")))
"""Each as its words."""
LONGEST = max(map(len, LEGAL_FORMS))


def without_legal_form(words: list[str]) -> list[str]:
    """The words of a name without the legal forms at its end; one word always stays."""
    end = len(words)
    while length := next(
        (n for n in range(min(LONGEST, end - 1), 0, -1) if tuple(words[end - n : end]) in LEGAL_FORMS), 0
    ):
        end -= length
    return words[:end]
