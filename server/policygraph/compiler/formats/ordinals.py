"""Numbers as lists print them (ECMA-376 part 1, 17.18.59 ST_NumberFormat)."""

from __future__ import annotations

_HAN = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_HEAVENLY = "甲乙丙丁戊己庚辛壬癸"


def chinese(number: int, digits: str = _HAN, units: str = "十百千") -> str:
    """1 一, 10 十, 11 十一, 21 二十一, 105 一百零五; to 9999."""
    if not 0 < number < 10_000:
        return str(number)
    made, gap = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if not digit:
            gap = bool(made)
            continue
        made += (digits[0] if gap else "") + digits[digit] + (units[place - 1] if place else "")
        gap = False
    return made[1:] if digits is _HAN and 10 <= number < 20 else made


def _letters(number: int, first: str) -> str:
    """a ... z, aa, bb: Word and browsers differ beyond z; Word's way."""
    return chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 2600 else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 5000:
        return str(number)
    made = ""
    for value, sign in _ROMAN:
        made += sign * (number // value)
        number %= value
    return made


def ordinal(number: int, form: str) -> str:
    """A number in one of Word's formats; in Arabic digits where the format is not known here."""
    match form:
        case "chineseCounting" | "chineseCountingThousand" | "japaneseCounting" | "taiwaneseCountingThousand":
            return chinese(number)
        case "ideographDigital" | "chineseDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital":
            return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(max(number, 0)))
        case "chineseLegalSimplified" | "ideographLegalTraditional":
            return chinese(number, _LEGAL, "拾佰仟")
        case "ideographTraditional":
            return _HEAVENLY[number - 1] if 0 < number <= len(_HEAVENLY) else str(number)
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese":
            return chr(0x2460 + number - 1) if 0 < number <= 20 else str(number)
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(0xFF10 + int(digit)) for digit in str(max(number, 0)))
        case "decimalZero":
            return f"{number:02d}"
        case "lowerLetter" | "upperLetter":
            return _letters(number, "a" if form == "lowerLetter" else "A")
        case "lowerRoman" | "upperRoman":
            return _roman(number) if form == "lowerRoman" else _roman(number).upper()
        case "none":
            return ""
        case _:
            return str(number)
