"""Four columnists who are nobody: one hard light, half the face carved out of shadow."""
# fmt: off
# The formatter would set one number a line; an outline is read as a whole.

from __future__ import annotations

import math

from .press import BROWN, NAVY, OCHRE, ROSE, TEAL, VERMILION, Sheet
from .shapes import (
    blob,
    both,
    facing,
    gouge,
    hatch,
    many,
    minus,
    oval,
    placed,
    poly,
    rect,
    ring,
    rod,
    union,
)

SIZE = (1200, 1500)
SHADOW_EDGE = [(4, -330), (-6, -190), (20, -120), (6, -70), (14, -10), (-40, 66), (-26, 92), (14, 92), (2, 124), (-14, 140), (10, 152), (-8, 176), (14, 200), (0, 262), (10, 330)]


def head(s: Sheet, x: float, y: float, k: float, shape: list, skin: dict, dark: str = "k") -> object:
    """A face lit from the left; returns its outline so hair can be set on it."""
    face = placed(blob(*facing(shape, 0)), x, y, k)
    neck = placed(poly((-92, 150), (92, 150), (120, 420), (-130, 420)), x, y, k)
    s.put(neck, **skin)
    s.over(placed(poly((-92, 205), (0, 300), (92, 150), (120, 420), (10, 420), (-70, 300)), x, y, k), **{dark: 1})
    ear = placed(oval(-206, 14, 34, 58), x, y, k)
    s.put(ear, **skin)
    s.put(face, **skin)
    shade = placed(poly(*SHADOW_EDGE, (420, 330), (420, -330)), x, y, k)
    s.over(both(face, shade), **{dark: 1})
    s.put(placed(gouge([(-222, -16), (-196, 10), (-214, 44)], 10), x, y, k), **{dark: 1})
    return face


def features(s: Sheet, x: float, y: float, k: float, brow: float, smile: float, dark: str = "k") -> None:
    """Brow, eye and mouth: ink on the lit side, carved light on the dark side."""

    def at(path: object) -> object:
        return placed(path, x, y, k)

    s.put(at(gouge([(-160, -92 + brow), (-100, -122), (-34, -98)], 24, (0.3, 0.6))), **{dark: 1})
    s.put(at(gouge([(-146, -34), (-96, -62), (-44, -32)], 15, (0.2, 0.4))), **{dark: 1})
    s.put(at(oval(-94, -38, 17, 20)), **{dark: 1})
    s.put(at(gouge([(-130, -6), (-96, 4), (-62, -6)], 6)), **{dark: 1})
    s.cut(at(gouge([(46, -96), (104, -118), (160, -90 + brow)], 13)))
    s.cut(at(gouge([(54, -34), (100, -58), (146, -34)], 9)))
    s.cut(at(gouge([(66, -22), (100, -12), (130, -22)], 6)))
    s.put(at(gouge([(-84, 138 - smile), (-40, 146), (0, 142)], 13, (0, 0.8))), **{dark: 1})
    s.cut(at(gouge([(8, 144), (46, 146), (84, 136 - smile)], 9, (0.6, 0))))
    s.put(at(gouge([(-44, 182), (-14, 190), (14, 186)], 9)), **{dark: 1})
    s.cut(at(hatch(s.rng, (60, 30, 110, 110), 22, 5, -58, (40, 100), 0.7)))


OVAL = [(0, -300), (110, -280), (186, -180), (204, -20), (182, 110), (120, 220), (56, 276), (0, 288)]
LONG = [(0, -310), (120, -286), (180, -180), (190, 0), (180, 130), (132, 244), (60, 306), (0, 318)]
ROUND = [(0, -280), (126, -262), (208, -160), (222, 0), (200, 120), (130, 216), (60, 258), (0, 266)]


def portrait_glasses() -> Sheet:
    """The politics columnist: a bob, round glasses, a pencil behind the ear."""
    s = Sheet("portrait-glasses", {"k": NAVY, "r": VERMILION}, SIZE)
    s.put(rect(0, 0, 1200, 1500), r=1)
    s.cut(hatch(s.rng, (0, 0, 1200, 1500), 40, 6, 90, (200, 900), 0.55), "r")
    x, y, k = 610, 640, 1.28
    hair = placed(blob((-20, -400), (160, -380), (270, -250), (300, -60), (310, 140), (270, 250), (180, 240), (-150, 250), (-290, 260), (-320, 120), (-300, -80), (-260, -260), (-160, -380)), x, y, k)
    s.put(hair, k=1)
    s.put(blob((40, 1620), (80, 1330), (250, 1190), (470, 1130), (610, 1170), (760, 1130), (980, 1190), (1140, 1330), (1190, 1620)), k=1)
    head(s, x, y, k, OVAL, {})
    s.put(placed(blob((-10, -330), (140, -310), (230, -190), (240, -60), (180, -140), (60, -160), (-60, -150), (-170, -120), (-226, -20), (-240, -160), (-160, -290)), x, y, k), k=1)
    s.cut(many(placed(gouge([(-150 + i * 44, -360 + abs(i - 3) * 10), (-200 + i * 46, -270), (-212 + i * 50, -170)], 9), x, y, k) for i in range(4)))
    s.cut(many(placed(gouge([(-280 + i * 14, -60 + i * 8), (-292 + i * 16, 90), (-270 + i * 14, 230)], 7), x, y, k) for i in range(3)))
    features(s, x, y, k, 4, 6)
    for cx in (-98, 104):
        s.put(placed(ring(cx, -34, 86, 13), x, y, k), r=1)
    s.put(placed(rod([(-14, -44), (18, -44)], 13), x, y, k), r=1)
    s.put(placed(gouge([(-180, -50), (-226, -40)], 12, (1, 1)), x, y, k), r=1)
    s.cut(placed(poly((-190, -120), (-380, 44), (-400, 20), (-212, -146)), x, y, k))
    s.put(placed(poly((-380, 44), (-436, 78), (-400, 20)), x, y, k), k=1)
    s.cut(poly((430, 1160), (610, 1420), (520, 1450), (360, 1200)), "k")
    s.cut(poly((770, 1150), (610, 1420), (700, 1450), (850, 1190)), "k")
    s.put(poly((610, 1420), (520, 1450), (480, 1520), (740, 1520), (700, 1450)), r=1)
    return s


def portrait_cap() -> Sheet:
    """The travel columnist: a cap, a moustache, and a small bird that has come along."""
    s = Sheet("portrait-cap", {"k": "#17382f", "y": OCHRE, "r": VERMILION}, SIZE)
    s.put(rect(0, 0, 1200, 1500), y=0.35)
    for i, (base, tone) in enumerate(((560, 0.3), (760, 0.55), (980, 0.8))):
        s.put(blob((-200, 1700), (-200, base + 60), (150, base - 120 + 60 * i), (480, base + 40), (860, base - 160), (1150, base + 20), (1400, base - 40), (1400, 1700)), y=1, k=tone * 0.5)
    x, y, k = 590, 700, 1.24
    coat = blob((-60, 1620), (0, 1360), (200, 1230), (430, 1150), (590, 1200), (760, 1150), (1000, 1230), (1180, 1360), (1260, 1620))
    s.put(coat, k=1)
    s.cut(both(coat, hatch(s.rng, (0, 1150, 1200, 400), 30, 6, 60, (20, 70), 0.5)))
    head(s, x, y, k, LONG, {"y": 0.16})
    features(s, x, y, k, 18, -4)
    s.put(placed(blob((-130, 150), (-90, 112), (-10, 96), (80, 110), (128, 150), (60, 134), (0, 128), (-60, 136)), x, y, k), k=1)
    s.cut(placed(hatch(s.rng, (0, 104, 100, 30), 14, 4, 60, (20, 30), 1), x, y, k))
    s.cut(placed(many(gouge([(-90 + i * 22, 122), (-102 + i * 20, 142)], 6) for i in range(4)), x, y, k))
    s.put(placed(union(rect(-222, -140, 30, 120, 14), rect(186, -140, 26, 100, 12)), x, y, k), k=1)
    cap = placed(blob((-250, -150), (-270, -260), (-200, -370), (0, -410), (210, -370), (280, -260), (250, -150), (0, -190)), x, y, k)
    s.put(cap, r=1)
    s.over(both(cap, placed(poly((10, -430), (400, -430), (400, -100), (40, -100)), x, y, k)), k=0.8)
    s.cut(both(cap, placed(many(gouge([(-200 + i * 66, -180), (-180 + i * 56, -290), (-70 + i * 30, -390)], 6) for i in range(6)), x, y, k)))
    s.put(placed(blob((-300, -120), (-200, -190), (0, -216), (200, -190), (250, -140), (0, -166), (-160, -130)), x, y, k), k=1)
    s.put(poly((400, 1140), (590, 1230), (570, 1330), (360, 1230)), r=1)
    s.put(poly((790, 1140), (590, 1230), (620, 1330), (820, 1230)), r=1, k=0.8)
    s.put(poly((560, 1226), (630, 1226), (690, 1520), (500, 1520)), r=1, k=0.2)
    bird = union(blob((0, -30), (40, -64), (90, -54), (110, -10), (180, 30), (96, 40), (40, 50), (0, 20)), oval(18, -56, 40, 36), poly((-16, -62), (-50, -48), (-14, -44)))
    s.put(placed(bird, 930, 1160, 1.2), y=1)
    s.put(placed(blob((60, -30), (110, -10), (170, 28), (90, 24)), 930, 1160, 1.2), k=1)
    s.put(placed(union(oval(8, -62, 7), rod([(50, 44), (50, 70)], 5), rod([(72, 44), (74, 70)], 5)), 930, 1160, 1.2), k=1)
    return s


def portrait_curls() -> Sheet:
    """The work columnist: curls, a turtleneck, a steaming cup held up."""
    s = Sheet("portrait-curls", {"k": "#22245c", "r": ROSE, "y": OCHRE}, SIZE)
    s.put(rect(0, 0, 1200, 1500), r=0.35)
    s.put(poly((-20, -20), (760, -20), (300, 1520), (-20, 1520)), r=1)
    x, y, k = 640, 640, 1.26
    s.put(blob((60, 1620), (120, 1330), (330, 1190), (520, 1110), (760, 1110), (960, 1190), (1150, 1330), (1240, 1620)), k=1)
    s.put(poly((500, 900), (790, 900), (820, 1200), (470, 1200)), k=1)
    curls = [oval(s.rng.normal(0, 1) * 20 + 285 * math.cos(a) * k * 0.82 + x, y - 150 + 250 * math.sin(a) * k * 0.82, s.rng.uniform(70, 110)) for a in [math.pi * (1 + i / 15) for i in range(-2, 18)]]
    s.put(many(curls), k=1)
    s.put(oval(x, y - 180, 290, 260), k=1)
    head(s, x, y, k, ROUND, {"y": 0.4})
    s.put(rect(470, 1010, 350, 190, 50), k=1)
    s.cut(many(gouge([(490 + i * 32, 1020), (486 + i * 33, 1110), (480 + i * 34, 1190)], 8) for i in range(11)), "k")
    fringe = [oval(x - 230 + i * 58, y - 300 + 46 * math.sin(i * 1.9) + abs(i - 4) * 14, 74) for i in range(9)]
    s.put(many(fringe), k=1)
    for _ in range(60):
        a, r = s.rng.uniform(3.0, 6.4), s.rng.uniform(120, 340)
        cx, cy, q = x + r * math.cos(a) * 1.05, y - 170 + r * math.sin(a) * 0.95, s.rng.uniform(18, 40)
        arc = [(cx + q * math.cos(b), cy + q * math.sin(b)) for b in (a, a + 1.2, a + 2.4, a + 3.4)]
        if cy < y - 190 or abs(cx - x) > 290:
            s.put(gouge(arc, 8), r=1)
    features(s, x, y, k, 8, 14)
    s.put(placed(oval(-130, 66, 44, 30), x, y, k), r=0.8, y=0.4)
    cup = rect(150, 1110, 240, 270, 30)
    s.put(minus(oval(150, 1240, 84), oval(150, 1240, 50)), y=1)
    s.put(cup, y=1)
    s.over(rect(310, 1110, 80, 270, 20), k=0.5)
    s.put(oval(270, 1112, 120, 26), k=1, y=1)
    hand = [rod([(420, 1190 + i * 54), (300 + 6 * i, 1186 + i * 54)], 56) for i in range(4)]
    s.put(union(blob((400, 1160), (520, 1190), (640, 1330), (640, 1500), (470, 1420), (400, 1360)), *hand), y=0.4)
    s.put(many(gouge([(290, 1214 + i * 54), (430, 1216 + i * 54)], 8, (0.6, 0.2)) for i in range(3)), k=1)
    s.put(blob((480, 1330), (620, 1300), (760, 1420), (760, 1560), (420, 1560)), k=1)
    for sx, reach in ((230, 330), (310, 250)):
        s.cut(gouge([(sx, 1090), (sx + 46, 1090 - reach * 0.3), (sx - 36, 1090 - reach * 0.6), (sx + 30, 1090 - reach)], 26))
    return s


def portrait_bun() -> Sheet:
    """The food columnist: white hair up, one vermilion pin."""
    s = Sheet("portrait-bun", {"k": BROWN, "b": TEAL, "r": VERMILION}, SIZE)
    s.put(rect(0, 0, 1200, 1500), b=1)
    for i in range(9):
        for j in range(8):
            cx, cy = j * 172 + (i % 2) * 86 - 20, i * 172 + 60
            s.cut(many(ring(cx, cy, r, 7) for r in (84, 60, 36)), "b")
    s.put(poly((640, -20), (1220, -20), (1220, 1520), (420, 1520)), b=1, k=0.35)
    x, y, k = 590, 690, 1.24
    s.cut(placed(union(oval(60, -430, 150, 130), blob((-20, -370), (150, -350), (262, -220), (268, -20), (210, 90), (-210, 90), (-262, -20), (-250, -220), (-150, -350))), x, y, k))
    s.over(placed(poly((80, -600), (500, -600), (500, 200), (20, 200), (40, -300)), x, y, k), k=0.0)
    kimono = blob((20, 1620), (60, 1370), (250, 1220), (440, 1140), (590, 1200), (750, 1140), (960, 1220), (1130, 1370), (1180, 1620))
    s.put(kimono, k=1)
    with s.clip(kimono):
        s.cut(many(both(oval(90 + (i % 8) * 150 + (i // 8 % 2) * 75, 1220 + (i // 8) * 84, 30), rect(0, 0, 1200, 1220 + (i // 8) * 84)) for i in range(40)))
    head(s, x, y, k, ROUND, {"r": 0.1})
    s.cut(placed(blob((0, -300), (150, -276), (236, -160), (236, 10), (196, -110), (90, -190), (-60, -196), (-180, -110), (-232, 10), (-244, -160), (-150, -276)), x, y, k))
    for i in range(9):
        s.put(placed(gouge([(-226 + i * 26, -40 - i * 16), (-180 + i * 30, -200 - i * 8), (20 + i * 12, -330)], 6), x, y, k), k=1)
        s.put(placed(gouge([(236 - i * 20, -20 - i * 20), (200 - i * 16, -180 - i * 12), (60, -330)], 9), x, y, k), k=1)
    s.put(placed(many(gouge([(-60 + i * 30, -350), (-70 + i * 34, -440), (0 + i * 20, -530)], 7) for i in range(8)), x, y, k), k=1)
    features(s, x, y, k, 22, 10)
    s.put(placed(many([gouge([(-170, -20), (-196, -6)], 6), gouge([(-168, -8), (-190, 12)], 6), gouge([(-118, 108), (-128, 140), (-116, 168)], 6), gouge([(-120, -200), (-60, -214), (-10, -206)], 6)]), x, y, k), k=1)
    s.put(placed(rod([(-130, -500), (250, -390)], 15), x, y, k), r=1)
    s.put(placed(oval(-140, -502, 36), x, y, k), r=1)
    s.put(poly((420, 1130), (600, 1420), (520, 1520), (420, 1520), (300, 1210)), b=0.0, r=1)
    s.cut(poly((430, 1136), (606, 1400), (560, 1450), (390, 1170)))
    s.cut(poly((760, 1136), (560, 1500), (640, 1520), (840, 1180)))
    s.put(poly((800, 1150), (610, 1520), (700, 1520), (880, 1190)), r=1, k=0.3)
    return s


SCENES = [portrait_glasses, portrait_cap, portrait_curls, portrait_bun]
