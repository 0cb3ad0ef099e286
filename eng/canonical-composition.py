"""Writes src/Runtime/Tokenizers/Normalization/canonical.txt from Python's own Unicode data: what NFC needs, and nothing else.

    python3 eng/canonical-composition.py > src/Runtime/Tokenizers/Normalization/canonical.txt

Lines: `d CODE PARTS` a canonical decomposition (one step of it) that composes again, `x CODE PARTS` one that does not,
`c CLASS FIRST LAST` a canonical combining class. Numbers in hexadecimal, classes in decimal. Hangul is computed, not listed.
"""
import sys
import unicodedata

HANGUL = range(0xAC00, 0xD7A4)


def main():
    print(f"# Canonical decompositions and combining classes of Unicode {unicodedata.unidata_version}; see eng/canonical-composition.py.")
    classes = []
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        parts = unicodedata.decomposition(character)
        if parts and not parts.startswith("<") and code not in HANGUL:
            kind = "d" if unicodedata.normalize("NFC", character) == character else "x"
            print(kind, f"{code:X}", parts)
        combining = unicodedata.combining(character)
        if combining:
            if classes and classes[-1][0] == combining and classes[-1][2] == code - 1:
                classes[-1][2] = code
            else:
                classes.append([combining, code, code])
    for combining, first, last in classes:
        print("c", combining, f"{first:X}", f"{last:X}")


main()
