"""Writes src/Runtime/Tokenizers/Normalization/canonical.txt from Python's own Unicode data: what NFC needs, and nothing else.

    python3 eng/canonical-composition.py > src/Runtime/Tokenizers/Normalization/canonical.txt
    python3 eng/canonical-composition.py --check

The second prints the SHA-256 of two texts in normal form C, which TokenizerNormalizationTests expects.

Lines: `d CODE PARTS` a canonical decomposition (one step of it) that composes again, `x CODE PARTS` one that does not,
`c CLASS FIRST LAST` a canonical combining class. Numbers in hexadecimal, classes in decimal. Hangul is computed, not listed.
"""
import hashlib
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


def check():
    codes = [code for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
    print("each character:", digest("\n".join(map(chr, codes))))
    # Sequences of those in which something can happen, by a generator that is easily written again.
    active = [code for code in codes if unicodedata.decomposition(chr(code)) and not unicodedata.decomposition(chr(code)).startswith("<")
              or unicodedata.combining(chr(code)) or 0x1100 <= code < 0x1200 or chr(code) in "AEOaeo"]
    state, text = 1, []
    for _ in range(200_000):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        text.append(chr(active[(state >> 33) % len(active)]))
    print("sequences:", digest("".join(text)), "of", len(active))


def digest(text):
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


check() if sys.argv[1:] == ["--check"] else main()
