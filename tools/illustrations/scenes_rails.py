"""Journeys: trains, platforms, windows, terraces."""
# fmt: off
# The formatter would set one number a line; an outline is read as a whole.

from __future__ import annotations

import math

from .press import NAVY, OCHRE, PINE, VERMILION, Sheet
from .shapes import (
    blob,
    both,
    flakes,
    gouge,
    hatch,
    hill,
    kumo,
    many,
    minus,
    oval,
    pine,
    placed,
    poly,
    rect,
    ridge,
    rod,
    standing,
    swell,
    union,
)


def snow_train() -> Sheet:
    """A two-car train comes out of the snow; the headlight finds a fox."""
    s = Sheet("snow-train", {"k": NAVY, "r": VERMILION, "y": OCHRE})
    s.fade(rect(0, 0, 1800, 760), (0, 0), (0, 720), [{"k": 0.62}, {"k": 0.12}])
    far = hill(ridge(s.rng, -20, 1820, 330, 190, 0.5), 800, False)
    s.put(far, k=0.28)
    s.cut(both(far, hatch(s.rng, (0, 150, 1800, 500), 34, 14, 62, (40, 190), 0.55)))
    for i in range(60):
        x = -30 + i * 31 + s.rng.uniform(-10, 10)
        s.put(placed(pine(s.rng.uniform(90, 190), s.rng), x, 610 + 40 * math.sin(x / 300)), k=s.rng.choice([0.55, 0.8, 1]))
    s.cut(hill([(-50, 640), (300, 590), (800, 575), (1300, 560), (1900, 500)], 1300))
    bank = hill([(-50, 700), (400, 690), (900, 640), (1300, 620), (1900, 560)], 1300)
    s.cut(bank)
    s.put(both(bank, hatch(s.rng, (0, 600, 1800, 600), 50, 9, -8, (120, 460), 0.3)), k=0.4)
    # Light on the snow, then the train across it.
    s.fade(poly((560, 800), (700, 760), (-40, 1260), (-40, 890)), (640, 780), (40, 1080), [{"y": 1}, {"y": 0.75}, {"y": 0.1}])
    for i in range(9):
        s.put(gouge([(620 - i * 70, 905 + i * 34), (690 - i * 74, 960 + i * 42)], 13, (1, 0.5)), k=1)
    for shift in (0, 62):
        s.put(gouge([(1750, 752 - shift * 0.2), (1000, 850 - shift * 0.6), (560, 920 - shift), (-60, 1250 - shift * 2.6)], 12, (0.3, 1)), k=1)
    side = poly((790, 452), (1860, 380), (1860, 740), (790, 884))
    s.put(side, r=1)
    s.put(poly((790, 452), (1860, 380), (1860, 352), (800, 400), (640, 410), (560, 452)), k=0.12)
    s.put(poly((790, 640), (1860, 528), (1860, 566), (790, 688)), k=0.0)
    front = poly((552, 452), (790, 452), (790, 884), (560, 866))
    s.put(front, r=1)
    s.over(front, k=0.28)
    s.put(poly((554, 640), (790, 640), (790, 688), (555, 684)), k=0.1)
    for i in range(9):
        x = 842 + i * 118 - i * i * 1.2
        w = 84 - i * 3
        top, low = 508 - (x - 790) * 0.071, 618 - (x - 790) * 0.098
        s.put(poly((x, top), (x + w, top - w * 0.071), (x + w, low - w * 0.098), (x, low)), y=1 if i != 5 else 0.2)
        if i in {1, 4, 7}:
            s.put(both(placed(standing(150), x + w * 0.5, low + 66), poly((x, top), (x + w, top), (x + w, low - 6), (x, low))), k=1)
    s.put(poly((580, 490), (662, 490), (662, 604), (582, 604)), k=1)
    s.put(poly((684, 490), (768, 490), (768, 606), (684, 604)), k=1)
    s.put(poly((592, 500), (632, 500), (604, 596), (592, 596)), y=0.5)
    s.put(rect(622, 420, 100, 34, 8), k=1)
    for x in (600, 742):
        s.put(oval(x, 762, 30), k=1)
        s.cut(oval(x, 762, 22))
    s.put(poly((552, 838), (790, 856), (1860, 716), (1860, 760), (800, 912), (560, 900)), k=1)
    plume = [oval(600 + 1250 * t + s.rng.normal(0, 14), 930 - 165 * t + s.rng.normal(0, 22), s.rng.uniform(12, 50)) for t in s.rng.random(90)]
    s.cut(many(plume))
    fox = union(
        blob((0, 0), (60, -26), (120, -20), (150, 6), (120, 40), (40, 44), (-4, 30)), oval(-18, -28, 36, 28), poly((-46, -40), (-52, -82), (-18, -52)),
        poly((-12, -54), (8, -84), (16, -40)), poly((-44, -36), (-76, -8), (-30, -4)), rod([(14, 30), (8, 92)], 17), rod([(112, 28), (122, 92)], 17), rod([(40, 36), (42, 92)], 15),
        gouge([(140, 6), (210, -6), (250, 40), (240, 74)], 46, (0.4, 0)),
    )
    s.put(placed(fox, 860, 1035, 1.1), k=1)
    s.put(placed(blob((240, 40), (254, 60), (240, 82), (226, 60)), 860, 1035, 1.1), r=1)
    for x, y, h in ((1650, 1330, 860), (1420, 1300, 560), (60, 1000, 900), (-90, 1060, 700)):
        tree = placed(pine(h, s.rng, 7), x, y)
        s.put(tree, k=1)
        s.cut(both(tree, hatch(s.rng, (x - h / 2, y - h, h, h), h * 0.075, h * 0.03, -12, (h * 0.1, h * 0.35), 0.7)))
    s.cut(flakes(s.rng, 300, 1800, 1200, (2, 9)))
    return s


def rice_terraces() -> Sheet:
    """Flooded terraces hold an evening that the sky has already lost."""
    s = Sheet("rice-terraces", {"k": PINE, "r": VERMILION, "y": OCHRE})
    s.put(rect(0, 0, 1800, 400), y=0.06)
    s.fade(rect(0, 0, 1800, 420), (0, 0), (0, 400), [{"k": 0.35}, {"k": 0.0}])
    s.put(oval(1010, 196, 112), r=1, y=0.6)
    for y, amp, tone in ((210, 110, 0.4), (250, 90, 1)):
        shape = hill(ridge(s.rng, -20, 1820, y, amp, 0.5), 700, False)
        s.put(shape, k=tone)
        if tone == 1:
            s.cut(both(shape, hatch(s.rng, (0, 140, 1800, 240), 26, 7, 66, (20, 90), 0.5)))

    def edge(i: int, x: float) -> float:
        t = i / 13
        return 320 + 900 * t**1.35 + (70 + 90 * t) * math.sin(x / (310 + 40 * t) + 0.55 * i) * (0.35 + t) + (x - 900) * (0.16 - 0.38 * t)

    for i in range(14):
        line = [(x, edge(i, x)) for x in range(-60, 1900, 60)]
        s.put(hill(line, 1300), k=1)
        s.put(both(hill(line, 1300), hatch(s.rng, (0, line[15][1] - 220, 1800, 460), 22, 5, 84, (12, 50), 0.45)), y=1)
        drop = 12 + 4.2 * i
        water = hill([(x, y + drop) for x, y in line], 1300)
        t = i / 13
        s.fade(water, (0, 0), (1800, 0), [{"y": 0.5 - 0.3 * t, "r": 0.0}, {"y": 1, "r": 0.16 + 0.2 * t}, {"y": 0.9, "r": 0.75}], at=[0, 0.55, 1])
        with s.clip(water):
            for row in range(5):
                y = edge(i, 1010) + drop + 8 + row * (8 + i * 0.9)
                half = (66 + 3 * i) * (1 - 0.13 * row) * s.rng.uniform(0.8, 1.15)
                s.cut(gouge([(1010 - half, y + 3), (1010, y), (1010 + half, y + 2)], 8 + 0.5 * i, (0.1, 0.1)))
            for row in range(3):
                s.cut(swell(lambda x, i=i, row=row, drop=drop: edge(i, x) + drop + 18 + row * (16 + i), (x0 := s.rng.uniform(-100, 1400)), x0 + s.rng.uniform(300, 900), 3 + i * 0.35, 60))
        if i > 8:
            for _ in range(70):
                x = s.rng.uniform(-20, 1820)
                y = edge(i, x) + drop + s.rng.uniform(25, 70)
                s.put(gouge([(x, y), (x + s.rng.uniform(-10, 10), y - 10 - 2.2 * i)], 6, (1, 0)), k=1)
    farmer = union(poly((-64, -150), (0, -196), (64, -150)), oval(0, -140, 24, 22), blob((-28, -126), (30, -126), (50, -60), (36, 0), (-34, 0), (-46, -60)),
                   rod([(-14, 0), (-22, 70)], 20), rod([(16, 0), (22, 70)], 20), rod([(30, -112), (86, -50)], 15), rod([(96, -150), (70, 66)], 7))
    s.put(placed(farmer, 430, 800, 1.15), k=1)
    s.put(placed(poly((-64, -150), (0, -196), (64, -150)), 430, 800, 1.15), r=0.0)
    heron = union(gouge([(0, 0), (36, -26), (90, -10)], 26, (0.5, 0)), gouge([(4, -4), (-14, -34), (6, -52), (-6, -72)], 9, (1, 0.7)), poly((-4, -78), (-36, -68), (-2, -68)), rod([(34, 0), (32, 62)], 4), rod([(46, 0), (50, 62)], 4))
    s.cut(placed(heron, 1330, 1010, 1.5))
    return s


def night_window() -> Sheet:
    """The last train: a moon outside, tea and a mandarin inside."""
    s = Sheet("night-window", {"k": NAVY, "y": OCHRE, "r": VERMILION})
    s.put(rect(0, 0, 1800, 1200), k=1)
    pane = rect(170, -80, 1330, 960, 70)
    with s.clip(pane):
        s.fade(rect(0, 0, 1800, 900), (0, 0), (0, 640), [{"k": 0.86}, {"k": 0.34}])
        s.cut(oval(1090, 236, 118))
        for x, y, w in ((760, 250, 560), (1120, 190, 420), (180, 120, 480)):
            s.put(kumo(s.rng, x, y, w, 2, 26), k=0.5)
        s.put(hill(ridge(s.rng, 100, 1560, 470, 170, 0.5), 960, False), k=0.72)
        hills = hill(ridge(s.rng, 100, 1560, 610, 80, 0.5), 960, False)
        s.put(hills, k=1)
        s.put(rect(100, 690, 1500, 300), k=0.55)
        for i in range(13):
            s.cut(gouge([(180 + s.rng.uniform(0, 400), 700 + i * 14), (1000 + s.rng.uniform(0, 500), 700 + i * 14)], 3 + i * 0.8), "k")
        s.cut(many(gouge([(1090 - s.rng.uniform(20, 100), 705 + i * 13), (1090 + s.rng.uniform(20, 100), 705 + i * 13)], 9) for i in range(13)))
        s.put(union(rect(680, 600, 150, 92), poly((654, 606), (702, 550), (810, 550), (856, 606))), k=1)
        s.put(rect(706, 622, 42, 40), y=1)
        s.put(rect(770, 622, 34, 40), y=1, r=0.4)
        for i in range(9):
            s.put(gouge([(706 + s.rng.uniform(-8, 8), 706 + i * 18), (755 + s.rng.uniform(-8, 10), 706 + i * 18)], 8), y=1)
        for x in (330, 905, 1430):
            s.put(union(rod([(x, 900), (x, 300)], 11), rod([(x - 60, 340), (x + 60, 340)], 8)), k=1)
        for lift in (0, 34):
            wire = [(100, 300 + lift), (330, 338 + lift), (620, 372 + lift), (905, 338 + lift), (1170, 372 + lift), (1430, 338 + lift), (1600, 350 + lift)]
            s.put(rod(wire, 4, True), k=1)
        s.cut(hatch(s.rng, (100, 0, 1500, 900), 120, 3, 3, (60, 260), 0.25))
    s.cut(minus(rect(156, -90, 1358, 984, 80), rect(170, -80, 1330, 960, 70)))
    sill = poly((-40, 930), (1860, 900), (1860, 1260), (-40, 1260))
    s.put(sill, y=1, r=0.3, k=0.12)
    s.put(both(sill, hatch(s.rng, (0, 900, 1800, 360), 24, 5, -1, (200, 700), 0.7)), y=1, r=1, k=0.35)
    s.put(poly((560, 1120), (980, 1070), (1300, 1140), (1000, 1260), (560, 1260)), k=0.8, y=1)
    bottle = union(rect(300, 640, 190, 470, 40), rect(345, 560, 100, 110, 16))
    s.put(bottle, k=0.3, y=0.8)
    s.put(rect(335, 530, 120, 70, 12), k=0.06)
    s.put(rect(296, 760, 198, 200), k=0.0)
    s.put(blob((330, 930), (350, 830), (395, 790), (440, 830), (462, 930), (395, 900)), k=1)
    s.put(oval(395, 830, 26), r=1)
    s.put(both(bottle, rect(440, 500, 60, 640)), k=0.85, y=1)
    s.cut(rod([(322, 690), (322, 740)], 9))
    s.cut(rod([(322, 980), (322, 1060)], 9))
    for x, y, r in ((760, 1030, 118), (950, 1075, 104)):
        s.put(oval(x + 40, y + 62, r * 1.1, r * 0.6), k=0.85, y=1, r=1)
        s.put(oval(x, y, r, r * 0.9), y=1, r=0.62)
        with s.clip(oval(x, y, r, r * 0.9)):
            s.over(minus(oval(x, y, r * 1.1), oval(x - 36, y - 32, r * 1.02)), k=0.5, r=1)
            s.cut(many(oval(x + s.rng.normal(-20, 40), y + s.rng.normal(-20, 34), 3) for _ in range(26)), "r")
        s.put(union(oval(x - 14, y - r * 0.74, 13, 8), gouge([(x - 14, y - r * 0.76), (x + 28, y - r * 0.98), (x + 70, y - r * 0.86)], 26)), k=1, y=1)
    ticket = poly((1180, 1080), (1440, 1040), (1462, 1140), (1200, 1186))
    s.cut(ticket)
    s.put(poly((1180, 1080), (1440, 1040), (1444, 1060), (1184, 1100)), r=1)
    s.put(many([rod([(1220, 1130), (1330, 1112)], 9), rod([(1226, 1156), (1400, 1126)], 9), rod([(1372, 1098), (1420, 1090)], 16)]), k=1)
    curtain = poly((1560, -20), (1900, -20), (1900, 1000), (1590, 960))
    s.put(curtain, r=1, k=0.3)
    s.put(many(gouge([(1600 + i * 50, -30), (1614 + i * 46, 480), (1622 + i * 44, 990)], 24, (0.8, 1)) for i in range(6)), r=1, k=1)
    return s


SCENES = [snow_train, rice_terraces, night_window]
