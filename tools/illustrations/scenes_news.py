"""The news day: a chamber, microphones, the market board, cranes, a roof at dusk, a classroom, a factory."""
# fmt: off
# The formatter would set one number a line; an outline is read as a whole.

from __future__ import annotations

import math

from .press import INK, NAVY, OCHRE, ROSE, SKY, TEAL, VERMILION, Sheet
from .shapes import (
    blob,
    both,
    gouge,
    hatch,
    kumo,
    many,
    minus,
    oval,
    placed,
    poly,
    rect,
    rod,
    smooth,
    standing,
    turned,
    union,
)


def bust(h: float, wide: float = 1) -> object:
    """Head and shoulders from behind, chin at 0,0."""
    return union(oval(0, -h * 0.42, h * 0.3, h * 0.4), blob((-h * 0.78 * wide, h * 0.75), (-h * 0.6 * wide, h * 0.22), (-h * 0.16, h * 0.04), (h * 0.16, h * 0.04), (h * 0.6 * wide, h * 0.22), (h * 0.78 * wide, h * 0.75)))


def assembly_hall() -> Sheet:
    """A chamber seen from the gallery; one seat is empty."""
    s = Sheet("assembly-hall", {"k": INK, "r": VERMILION, "y": OCHRE})
    s.put(rect(0, 0, 1800, 1200), k=1, y=0.6)
    for i in range(15):
        s.put(rect(i * 124 - 20, -10, 96, 420), y=0.9, k=0.62)
    s.put(poly((560, -20), (1240, -20), (1180, 410), (620, 410)), y=1, k=0.12)
    for i in range(9):
        s.put(gouge([(590 + i * 78, -20), (640 + i * 65, 410)], 10, (1, 1)), k=1)
    s.put(oval(900, 460, 1180, 320), y=1, k=0.35)
    s.fade(poly((700, -40), (1120, -40), (1330, 560), (420, 560)), (900, 0), (900, 560), [{"y": 0.25}, {"y": 0.7}])
    s.put(union(poly((560, 400), (1240, 400), (1290, 470), (510, 470)), poly((730, 300), (1070, 300), (1090, 410), (710, 410))), k=1)
    s.put(poly((840, 246), (960, 246), (976, 310), (824, 310)), r=1)
    s.put(placed(standing(150), 900, 300), k=1)
    s.put(rect(835, 250, 130, 80), r=1, k=0.3)
    for i, x in enumerate((600, 660, 1140, 1200)):
        s.put(placed(bust(50), x, 388 - (i % 2) * 4), k=1)
    for row in range(6):
        rx, ry, size = 330 + row * 205, 120 + row * 108, 42 + row * 25
        n = 9 + row * 2
        bench = minus(oval(900, 440, rx + size * 0.9, ry + size * 1.35), oval(900, 440, rx - size * 0.5, ry - size * 0.2))
        s.put(both(bench, rect(-50, 440 + size, 1900, 900)), k=1, y=0.5)
        for j in range(n):
            a = math.radians(14 + 152 * j / (n - 1))
            x, y = 900 + rx * math.cos(a), 440 + ry * math.sin(a) + size * 0.4
            if abs(math.degrees(a) - 90) < 5:
                continue
            lean = s.rng.uniform(-0.12, 0.12) * size
            if (row, j) == (3, 10):
                s.put(rect(x - size * 0.62, y - size * 0.7, size * 1.24, size * 1.6, size * 0.3), r=1)
                s.cut(rect(x - size * 0.4, y - size * 0.3, size * 0.8, size * 0.5), "r")
                continue
            s.put(rect(x - size * 0.66, y - size * 0.2, size * 1.32, size * 1.2, size * 0.3), y=1, k=0.75)
            person = placed(bust(size), x + lean, y)
            s.put(person, k=1)
            s.cut(placed(gouge([(-size * 0.2, -size * 0.7), (0, -size * 0.8), (size * 0.2, -size * 0.68)], size * 0.12), x + lean, y))
        s.cut(many(gouge([(900 + (rx + size) * math.cos(math.radians(a)), 440 + (ry + size * 1.5) * math.sin(math.radians(a))) for a in range(b, b + 26, 5)], 5 + row) for b in (16, 50, 100, 136)), "k")
    for x, y, h, wide in ((170, 1010, 330, 1), (1560, 1060, 300, 1.1)):
        s.put(placed(bust(h, wide), x, y), k=1, y=0)
        s.put(placed(gouge([(-h * 0.16, -h * 0.76), (h * 0.1, -h * 0.82), (h * 0.28, -h * 0.6), (h * 0.32, -h * 0.3)], 12), x, y), y=1)
    s.put(rect(-10, 1130, 1820, 90), r=1, k=0.75)
    s.put(rect(-10, 1122, 1820, 14), y=1)
    return s


def microphone(s: Sheet, x: float, y: float, r: float, angle: float, reach: float, band: str) -> None:
    """One microphone: foam head, station cube without a name, stem."""
    with s.turned(angle, x, y):
        s.put(rect(x - r * 0.2, y, r * 0.4, reach, r * 0.1), k=1)
        s.cut(gouge([(x - r * 0.09, y + r * 1.3), (x - r * 0.09, y + reach)], r * 0.09, (1, 1)))
        s.put(rect(x - r * 0.62, y + r * 0.75, r * 1.24, r * 0.92, r * 0.08), **({band: 1} if band != "p" else {}))
        s.over(poly((x + r * 0.12, y + r * 0.75), (x + r * 0.62, y + r * 0.75), (x + r * 0.62, y + r * 1.67), (x + r * 0.12, y + r * 1.67)), k=0.55)
        shape = blob((x, y - r * 1.25), (x + r * 0.75, y - r * 0.95), (x + r * 0.86, y), (x + r * 0.6, y + r * 0.75), (x - r * 0.6, y + r * 0.75), (x - r * 0.86, y), (x - r * 0.75, y - r * 0.95))
        s.cut(moved_out(shape, x, y))
        s.put(shape, k=1)
        with s.clip(shape):
            s.cut(many(oval(x - r * 0.38 + s.rng.normal(0, r * 0.2), y - r * 0.4 + s.rng.normal(0, r * 0.34), r * 0.045) for _ in range(60)))
            s.cut(gouge([(x - r * 0.76, y + r * 0.2), (x - r * 0.7, y - r * 0.5), (x - r * 0.3, y - r * 1.05)], r * 0.11))


def moved_out(shape: object, x: float, y: float) -> object:
    """The shape a little larger: the white line a cutter leaves around a dark form on dark."""
    return turned(placed(placed(shape, -x, -y), x, y, 1.07), 0, x, y)


def microphones() -> Sheet:
    """A statement nobody asked for: a suit without a face, seven microphones."""
    s = Sheet("microphones", {"k": NAVY, "r": VERMILION, "b": SKY})
    s.put(rect(0, 0, 1800, 1200), b=1)
    rays = [poly((330, 260), (330 + 2400 * math.cos(a), 260 + 2400 * math.sin(a)), (330 + 2400 * math.cos(a + 0.055), 260 + 2400 * math.sin(a + 0.055))) for a in [i * 0.157 for i in range(40)]]
    s.cut(many(rays))
    s.cut(oval(330, 260, 130))
    s.put(blob((520, 1300), (560, 700), (680, 420), (900, 250), (1080, 180), (1240, 190), (1420, 260), (1640, 420), (1760, 700), (1800, 1300)), k=0.5, b=1)
    s.put(poly((1010, -40), (1300, -40), (1320, 230), (1160, 330), (990, 220)), b=0.25)
    s.over(poly((1160, -40), (1300, -40), (1320, 230), (1160, 330), (1190, 150)), k=0.85)
    s.cut(poly((980, 190), (1160, 330), (1340, 190), (1330, 330), (1190, 860), (1130, 860), (990, 330)))
    s.put(poly((960, 170), (1160, 340), (1050, 460), (900, 300)), b=0.25)
    s.put(poly((1350, 180), (1160, 340), (1260, 460), (1410, 300)), b=0.4)
    s.put(poly((1120, 330), (1200, 330), (1224, 420), (1160, 440), (1098, 420)), r=1)
    s.put(poly((1112, 440), (1210, 440), (1262, 900), (1160, 1010), (1070, 900)), r=1)
    s.put(both(blob((1400, 250), (1640, 420), (1760, 700), (1800, 1300), (1560, 1300), (1500, 700)), rect(1300, 200, 600, 1100)), k=1, b=1)
    s.put(poly((900, 300), (1050, 470), (1140, 900), (1000, 700), (1040, 640), (880, 560)), k=1, b=1)
    s.put(poly((1410, 300), (1260, 470), (1180, 900), (1330, 700), (1290, 640), (1440, 560)), k=1, b=1)
    s.cut(gouge([(902, 306), (870, 560), (1034, 640), (998, 700), (1136, 890)], 8, (1, 1), bend=False), "k")
    s.put(poly((-20, 1080), (1820, 1030), (1820, 1220), (-20, 1220)), k=0.9, r=1)
    for args in ((200, 720, 120, 38, 900, "b"), (1640, 640, 108, -34, 900, "r"), (520, 560, 128, 16, 900, "r"), (760, 780, 150, 6, 700, "p"), (1450, 850, 150, -16, 700, "b"), (1130, 900, 170, -3, 600, "r"), (330, 1000, 180, 22, 600, "p")):
        microphone(s, *args)
    s.cut(poly((1500, 1100), (1700, 1070), (1730, 1190), (1530, 1215)))
    s.put(many(rod([(1530, 1118 + i * 22), (1690 - 30 * (i % 2), 1094 + i * 22)], 7) for i in range(4)), k=1)
    return s


def stocks_board() -> Sheet:
    """The market board after the close, watched by people on their way home."""
    s = Sheet("stocks-board", {"k": "#141d33", "r": VERMILION, "g": TEAL})
    s.put(rect(0, 0, 1800, 1200), k=1)
    skew = poly((-60, 40), (1860, 150), (1860, 800), (-60, 900))
    s.put(skew, g=0.3)
    with s.clip(skew):
        for col in range(12):
            for row in range(13):
                x = -40 + col * 160
                top, low = 46 + (x + 60) * 0.057, 896 - (x + 60) * 0.052
                y = top + (low - top) * (row + 0.22) / 13
                h = (low - top) / 13 * 0.52
                n = s.rng.integers(2, 5)
                ink = {"k": 1} if s.rng.random() < 0.42 else {"r": 1}
                for d in range(n):
                    s.put(poly((x + 20 + d * 25, y), (x + 38 + d * 25, y + 1), (x + 38 + d * 25, y + h), (x + 20 + d * 25, y + h)), **ink)
                s.put(poly((x + 124, y + h), (x + 146, y + h), (x + 135, y)) if "r" in ink else poly((x + 124, y), (x + 146, y), (x + 135, y + h)), **ink)
        s.cut(poly((560, 80), (1500, 136), (1500, 818), (560, 866)))
        line = [(590, 300), (660, 250), (720, 330), (790, 230), (850, 300), (910, 260), (980, 420), (1030, 380), (1100, 560), (1150, 510), (1220, 690), (1290, 620), (1340, 740), (1400, 700), (1470, 776)]
        s.put(poly(*line, (1470, 818), (590, 864)), r=1)
        s.put(rod(line, 20), k=1)
        s.put(many(gouge([(580, 170 + i * 110), (1480, 196 + i * 94)], 4, (1, 1)) for i in range(6)), k=1)
    s.put(poly((-60, 900), (1860, 800), (1860, 1240), (-60, 1240)), g=1)
    for _ in range(70):
        x, y = s.rng.uniform(-40, 1820), s.rng.uniform(890, 1180)
        s.put(gouge([(x, y), (x + s.rng.uniform(40, 170), y - 4)], 8), **({"r": 1} if s.rng.random() < 0.5 else {}))
    s.put(union(rect(-10, -10, 1820, 60), poly((-10, -10), (1820, -10), (1820, 156), (-10, 44))), k=1)
    for x, y, h, lean, coat in ((150, 1330, 760, 0.0, 0.42), (470, 1160, 520, 0.02, 0.36), (1560, 1330, 820, 0.0, 0.44), (1290, 1150, 480, -0.02, 0.34)):
        s.put(placed(standing(h, lean, coat), x, y), k=1)
        s.put(placed(gouge([(h * 0.05, -h * 0.985), (h * 0.1, -h * 0.93), (h * 0.075, -h * 0.85)], 10), x, y), r=1)
        s.put(placed(gouge([(h * coat * 0.36, -h * 0.76), (h * coat * 0.44, -h * 0.6), (h * coat * 0.45, -h * 0.4)], 10), x, y), r=1)
    s.put(placed(standing(300, 0, 0.4), 720, 1120), k=1)
    s.put(placed(standing(190, 0, 0.42), 826, 1122), k=1)
    s.put(rod([(762, 950), (800, 1010)], 22), k=1)
    s.put(rod([(848, 1010), (900, 900)], 6), g=0.0)
    s.cut(blob((930, 800), (974, 846), (960, 900), (910, 912), (884, 870), (892, 822)))
    return s


def skyline_dusk() -> Sheet:
    """The towers light up; on the nearest roof the washing is still out."""
    s = Sheet("skyline-dusk", {"k": NAVY, "r": ROSE, "y": OCHRE})
    s.fade(rect(0, 0, 1800, 1200), (0, 0), (0, 820), [{"k": 0.55, "r": 0.9}, {"r": 1}, {"r": 0.65, "y": 0.55}, {"y": 1}], at=[0, 0.35, 0.7, 1])
    s.cut(oval(1230, 500, 150))
    s.put(oval(1230, 500, 150), y=0.15)
    for x, y, w in ((200, 160, 560), (1240, 240, 520), (760, 330, 380)):
        s.over(kumo(s.rng, x, y, w, 3, 24), r=1, k=0.35)
    for depth, (base, tone, step) in enumerate(((640, {"r": 1, "y": 0.3}, 74), (740, {"k": 0.14, "r": 1}, 104), (860, {"k": 0.5, "r": 1}, 140))):
        x = -40.0
        while x < 1840:
            w = s.rng.uniform(0.6, 1.2) * step
            top = base - s.rng.uniform(40, 330 - depth * 30) * (1.25 if s.rng.random() < 0.2 else 0.75)
            s.put(rect(x, top, w, 1300), **tone)
            if s.rng.random() < 0.35:
                s.put(rect(x + w * 0.4, top - 56, 5, 60), **tone)
            if depth:
                cell = 15 + depth * 5
                for cy in range(int(top) + 16, base + 200, cell + 8):
                    for cx in range(int(x) + 10, int(x + w) - cell, cell + 4):
                        if s.rng.random() < 0.22:
                            s.put(rect(cx, cy, cell * 0.66, cell * 0.72), y=1)
            x += w + s.rng.uniform(0, 16)
    tower = union(poly((540, 1010), (604, 330), (626, 330), (690, 1010)), rect(596, 420, 38, 20), rect(611, 200, 8, 150), rect(586, 520, 58, 14))
    s.put(tower, k=1, r=0.5)
    s.put(oval(615, 198, 9), y=1)
    roof = poly((-20, 1010), (1240, 960), (1820, 1040), (1820, 1220), (-20, 1220))
    s.put(roof, k=1)
    s.cut(both(roof, hatch(s.rng, (0, 960, 1800, 260), 30, 5, -2, (90, 360), 0.35)))
    s.put(union(oval(330, 690, 170, 46), rect(160, 690, 340, 230), oval(330, 920, 170, 40), *(rod([(x, 900), (x - (330 - x) * 0.1, 1010)], 18) for x in (190, 280, 380, 470))), k=1)
    s.cut(many(gouge([(176 + i * 22, 720), (174 + i * 22, 920)], 6) for i in range(4)))
    s.put(many(gouge([(470 - i * 20, 720 - i), (472 - i * 20, 920)], 7) for i in range(2)), r=1)
    for x in (770, 1700):
        s.put(rod([(x, 640), (x, 1010)], 14), k=1)
    s.put(rod([(770, 660), (1000, 706), (1240, 720), (1480, 706), (1700, 660)], 6, True), k=1)
    for x, w, h, tones in ((840, 110, 190, {"k": 0.05}), (970, 90, 140, {"r": 0.6}), (1440, 120, 180, {"k": 0.05}), (1580, 80, 130, {"k": 0.45})):
        y = 688 + 16 * (1 - abs(x - 1235) / 400)
        cloth = poly(*smooth([(x, y), (x + w * 0.5, y + 6), (x + w, y)]), *smooth([(x + w + 14, y + h), (x + w * 0.6 + 20, y + h - 18), (x + 22, y + h + 8)]))
        s.put(cloth, **tones)
        s.put(both(cloth, hatch(s.rng, (x, y, w + 30, h), 30, 6, 84, (40, 120), 0.5)), k=0.8, r=0.3)
    towel = poly(*smooth([(1110, 706), (1180, 712), (1250, 708)]), *smooth([(1400, 860), (1330, 900), (1270, 850), (1180, 890), (1150, 830)]))
    s.put(towel, r=1, y=1)
    s.over(both(towel, many(gouge([(1130 + i * 34, 712), (1180 + i * 40, 800), (1220 + i * 46, 880)], 10) for i in range(4))), k=0.7)
    woman = union(oval(0, -300, 31, 36), oval(-24, -324, 20), blob((-40, -258), (40, -258), (56, -130), (84, -20), (-80, -20), (-54, -130)), rod([(30, -240), (110, -300), (170, -356)], 22), rod([(-20, -24), (-26, 40)], 20), rod([(24, -24), (28, 40)], 20))
    s.put(placed(woman, 1070, 990, 0.98), k=1)
    s.put(placed(gouge([(36, -240), (56, -130), (82, -26)], 9), 1070, 990), y=1)
    s.put(blob((1340, 1000), (1470, 985), (1500, 1000), (1470, 1070), (1360, 1078)), y=1, k=0.55)
    return s


SCENES = [assembly_hall, microphones, stocks_board, skyline_dusk]
