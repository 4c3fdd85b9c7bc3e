"""Letters of three by five points, drawn with half blocks: words that a room can read."""

DOWN = 3
"""Lines of a row of letters, the gap below it included."""
# A digit for each of five rows: 4 is the left point, 2 the middle one, 1 the right one.
_POINTS = {
    "A": "25755", "B": "65656", "C": "34443", "D": "65556", "E": "74647", "F": "74644",
    "G": "34553", "H": "55755", "I": "72227", "J": "11152", "K": "55655", "L": "44447",
    "M": "57755", "N": "65555", "O": "25552", "P": "65644", "Q": "25573", "R": "65655",
    "S": "34216", "T": "72222", "U": "55557", "V": "55552", "W": "55775", "X": "55255",
    "Y": "55222", "Z": "71247", "0": "75557", "1": "26227", "2": "61247", "3": "61216",
    "4": "55711", "5": "74616", "6": "34757", "7": "71222", "8": "75757", "9": "75716",
    ".": "00002", ",": "00024", "?": "61202", "!": "22202", ":": "02020", ";": "02024",
    "-": "00700", "'": "22000", "’": "22000", "‘": "22000", "(": "12221", ")": "42224",
    "/": "11244", " ": "00000",
}  # fmt: skip
# Letters that need more points across: how many, and each row as a number of so many bits.
_WIDER = {"M": (5, (17, 27, 21, 17, 17)), "N": (4, (9, 13, 11, 9, 9)),
          "W": (5, (17, 17, 21, 27, 17))}  # fmt: skip
_LEAST = 36
"""Cells below which lines of large letters hold too few words."""
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def large(words: str, width: int, height: int) -> list[str]:
    """`words` in large letters for so much room; nothing where they do not fit or cannot be drawn."""
    capitals = words.upper()
    if width < _LEAST or any(letter not in _POINTS for letter in capitals):
        return []
    rows: list[str] = []
    for word in capitals.split():
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and _cells(longer) <= width:
            rows[-1] = longer
        else:
            rows.append(word)
    if len(rows) * DOWN > height or any(_cells(row) > width for row in rows):
        return []
    # Lines further apart are easier to read from a distance, where there is room.
    between = [""] if len(rows) * (DOWN + 1) <= height else []
    lines = [line for row in rows for line in (*_drawn(row), *between)]
    return lines[: len(lines) - len(between)]


def _letter(letter: str) -> tuple[int, tuple[int, ...]]:
    """How many points it is wide, and its five rows."""
    return _WIDER.get(letter) or (3, tuple(int(row) for row in _POINTS[letter]))


def _cells(row: str) -> int:
    """How wide a row of letters is, with a gap between them."""
    return sum(_letter(letter)[0] + 1 for letter in row) - 1


def _drawn(row: str) -> list[str]:
    lines = []
    for upper in (0, 2, 4):
        cells = ""
        for letter in row:
            wide, points = _letter(letter)
            above, below = points[upper], (*points, 0)[upper + 1]
            for bit in (1 << place for place in reversed(range(wide))):
                cells += _HALVES[bool(above & bit), bool(below & bit)]
            cells += " "
        lines.append(cells.rstrip())
    return lines
