"""Weather and coast: rain from above, typhoon, lighthouse, exercise by the sea."""
# fmt: off
# The formatter would set one number a line; an outline is read as a whole.

from __future__ import annotations

import math

from .press import INK, NAVY, OCHRE, TEAL, VERMILION, Sheet
from .shapes import (
    blob,
    both,
    flakes,
    gouge,
    hatch,
    hill,
    kumo,
    many,
    oval,
    placed,
    poly,
    rect,
    ridge,
    ring,
    rod,
    smooth,
    swell,
    turned,
    union,
)


def umbrella(s: Sheet, x: float, y: float, r: float, turn: float, ink: str, dark: str = "k") -> None:
    """An umbrella from straight above: eight panels, lit from the upper left, ribs carved."""
    shade = placed(oval(0, 0, r * 0.98), x + r * 0.2, y + r * 0.28)
    s.over(shade, **{dark: 1})
    corners = [math.radians(turn + 45 * i) for i in range(8)]
    outline = []
    for a, b in zip(corners, [*corners[1:], corners[0] + 2 * math.pi], strict=True):
        m = (a + b) / 2
        outline += [(x + r * math.cos(a), y + r * math.sin(a)), (x + r * 0.87 * math.cos(m), y + r * 0.87 * math.sin(m))]
    for i in range(8):
        a, b = corners[i], corners[i] + math.pi / 4
        m = (a + b) / 2
        panel = poly(
            (x, y), (x + r * math.cos(a), y + r * math.sin(a)),
            (x + r * 0.885 * math.cos(m), y + r * 0.885 * math.sin(m)), (x + r * math.cos(b), y + r * math.sin(b)),
        )
        lit = 0.5 - 0.5 * math.cos(m - math.radians(225))
        if ink == dark:
            s.put(panel, **{ink: 0.35 + 0.6 * lit})
        elif ink == "paper":
            s.put(panel, **{dark: 0.03 + 0.34 * lit})
        else:
            s.put(panel, **{ink: 1, dark: max(0, 0.75 * lit - 0.25)})
    ribs = [gouge([(x, y), (x + r * 1.03 * math.cos(a), y + r * 1.03 * math.sin(a))], 5, (1, 0.6)) for a in corners]
    if ink == "paper":
        s.put(many(ribs), **{dark: 1})
    else:
        s.cut(many(ribs))
    s.put(oval(x, y, r * 0.055), **{dark: 1})


def rain_street() -> Sheet:
    """A crossing in the rain from above; everyone goes one way but one."""
    s = Sheet("rain-street", {"k": NAVY, "r": VERMILION, "b": TEAL})
    s.put(rect(0, 0, 1800, 1200), k=1, b=0.35)
    with s.turned(-17, 900, 600):
        for i in range(-2, 9):
            x = -260 + i * 290
            s.fade(rect(x, -420, 152, 2100), (0, -200), (0, 1400), [{"k": 0.03}, {"k": 0.2, "b": 0.16}])
            s.cut(both(rect(x, -420, 152, 2100), hatch(s.rng, (x, -420, 152, 2100), 26, 4, 4, (30, 120), 0.5)))
            s.put(both(rect(x, -420, 152, 2100), hatch(s.rng, (x, -420, 152, 2100), 60, 7, 88, (30, 160), 0.35)), k=1, b=0.3)
    crowd = [
        (150, 110, 190, 5, "k"), (560, 40, 150, 20, "paper"), (940, 190, 165, 12, "b"), (1330, 60, 185, 33, "k"),
        (1700, 250, 170, 8, "paper"), (330, 470, 170, 28, "b"), (80, 830, 180, 15, "paper"),
        (1390, 560, 150, 40, "paper"), (1730, 720, 175, 22, "b"), (470, 1000, 185, 3, "k"),
        (1190, 1090, 190, 18, "b"), (1580, 1120, 165, 30, "k"), (700, 330, 105, 18, "k"),
    ]
    for x, y, r, turn, ink in crowd:
        umbrella(s, x, y, r, turn, ink)
    umbrella(s, 850, 690, 215, 11, "r")
    dog = union(
        oval(1098, 820, 62, 30, 24), oval(1158, 852, 28, 23, 24), oval(1184, 863, 14, 11, 24),
        gouge([(1044, 795), (1015, 772), (996, 776)], 13, (1, 0.3)), poly((1140, 838), (1128, 872), (1152, 862)),
        poly((1168, 832), (1186, 818), (1174, 850)),
    )
    s.put(placed(dog, 8, 14), k=1)
    s.put(dog, k=0.06)
    s.put(rod([(1140, 842), (1060, 770), (985, 742)], 4, True), r=1)
    drops = hatch(s.rng, (-100, -100, 2000, 1400), 62, 4.5, 106, (50, 190), 0.5)
    s.cut(drops)
    return s


def typhoon_coast() -> Sheet:
    """A breaker over the sea wall; one vending machine is still lit."""
    s = Sheet("typhoon-coast", {"k": NAVY, "b": TEAL, "r": VERMILION})
    s.fade(rect(0, 0, 1800, 1200), (0, 0), (260, 900), [{"k": 1, "b": 1}, {"k": 0.85, "b": 1}, {"k": 0.0, "b": 0.9}, {"b": 0.8}], at=[0, 0.3, 0.8, 1])
    s.put(both(rect(0, 0, 1800, 900), hatch(s.rng, (0, 0, 1800, 700), 44, 15, 158, (300, 800), 0.6)), k=1, b=0.6)
    wave = blob(
        (-200, 1300), (-200, 560), (40, 610), (260, 520), (420, 330), (560, 170), (730, 95), (905, 110), (1010, 205),
        (1035, 320), (975, 270), (880, 245), (800, 300), (780, 430), (860, 590), (1010, 720), (1240, 830), (1500, 1300),
    )
    s.put(wave, k=0.5, b=1)
    lines = []
    for i in range(15):
        t = i / 15
        pts = [(-200, 700 + 560 * t), (80, 690 + 540 * t), (300, 600 + 560 * t), (470 + 30 * t, 400 + 640 * t),
               (600 + 70 * t, 250 + 720 * t), (740 + 120 * t, 180 + 830 * t), (840 + 200 * t, 260 + 800 * t)]
        lines.append(gouge(pts, 16 - 5 * t, (0.4, 0.0)))
    with s.clip(wave):
        s.put(many(lines), k=1, b=1)
        for i in range(12):
            t = i / 12
            pts = [(300 + 50 * t, 640 + 430 * t), (480 + 60 * t, 430 + 520 * t), (640 + 90 * t, 270 + 640 * t)]
            s.cut(gouge(pts, 9))
    s.cut(many([_spray(s, i) for i in range(70)]))
    crest = [(395, 372), (560, 180), (730, 98), (905, 108), (1012, 195), (1050, 290)]
    s.cut(gouge(crest, 70, (0.1, 0.1)))
    for x, y in smooth(crest, 12)[8:]:
        reach = s.rng.uniform(50, 130)
        s.cut(gouge([(x - 20, y), (x + reach * 0.5, y - 26), (x + reach, y + s.rng.uniform(-30, 60))], s.rng.uniform(16, 34), (1, 0)))
    s.cut(many(oval(x + s.rng.normal(90, 90), y + s.rng.normal(-40, 50), s.rng.uniform(2, 7)) for x, y in smooth(crest, 30)))
    wall = poly((-50, 1110), (1850, 800), (1850, 1260), (-50, 1260))
    plumes = []
    for i in range(90):
        x = 760 + i * 6.4
        high = (60 + 270 * math.exp(-(((i - 48) / 22) ** 2))) * s.rng.uniform(0.5, 1.15)
        lean = s.rng.uniform(10, 90) * (i - 30) / 50
        plumes.append(gouge([(x, 1010), (x + lean * 0.4, 1000 - high * 0.7), (x + lean, 960 - high), (x + lean * 1.9, 985 - high)], s.rng.uniform(14, 40), (1, 0)))
        plumes.append(oval(x + lean * 2.2 + s.rng.normal(0, 20), 940 - high + s.rng.normal(0, 26), s.rng.uniform(2, 8)))
    s.cut(many(plumes))
    s.put(wall, k=1, b=0.2)
    s.put(poly((-50, 1110), (1850, 800), (1850, 836), (-50, 1152)), k=0.28, b=0.1)
    s.put(both(wall, hatch(s.rng, (0, 840, 1800, 360), 24, 5, -9.3, (100, 400), 0.3)), k=0.5, b=0.4)
    # The lit machine, its light on the wet road.
    for i in range(11):
        y = 1050 + i * 18
        s.put(gouge([(1470 - i * 9 + s.rng.uniform(-14, 14), y + 7), (1540, y), (1612 + i * 13 + s.rng.uniform(-14, 14), y - 9)], 10), r=1)
    s.put(poly((1416, 600), (1640, 578), (1648, 1024), (1424, 1058)), k=0.15)
    s.put(poly((1640, 578), (1690, 592), (1694, 1010), (1648, 1024)), k=1)
    s.put(poly((1436, 622), (1622, 604), (1630, 1010), (1446, 1038)), k=1)
    s.put(poly((1462, 662), (1604, 648), (1608, 870), (1465, 884)), r=0.12)
    for row in range(3):
        for col in range(5):
            x, y = 1474 + col * 27, 676 + row * 70 - col * 2.6
            s.put(rect(x, y, 17, 44, 6), r=1, k=0.5 * ((row + col) % 2))
    s.put(poly((1466, 898), (1609, 884), (1611, 990), (1469, 1010)), r=1)
    s.put(poly((1490, 950), (1585, 940), (1586, 972), (1491, 984)), k=1)
    # A lamp post leans away from the wind, in front of everything.
    s.put(gouge([(190, 1230), (200, 820), (170, 420), (110, 150)], 46, (1, 0.6)), k=1, b=1)
    s.put(gouge([(118, 172), (210, 110), (330, 120)], 26, (1, 0.8)), k=1, b=1)
    s.put(blob((300, 92), (420, 118), (410, 158), (300, 138)), k=1, b=1)
    s.cut(hatch(s.rng, (-100, -100, 2000, 1400), 58, 5, 157, (110, 380), 0.42))
    return s


def _spray(s: Sheet, i: int) -> object:
    """One finger of foam torn off the crest."""
    t = (i % 35) / 35
    x, y = 420 + 600 * t + s.rng.uniform(-30, 30), 330 - 230 * math.sin(t * 2.3) + s.rng.uniform(-20, 30)
    reach = s.rng.uniform(60, 240)
    return gouge([(x, y), (x + reach * 0.7, y - reach * 0.16), (x + reach, y + reach * s.rng.uniform(0, 0.5))], s.rng.uniform(5, 17))


def soldier(h: float, pose: str) -> object:
    """A soldier from far, seen against the light: helmet, pack, boots; feet at 0,0."""
    helmet = both(oval(0, -0.915 * h, 0.088 * h, 0.085 * h), rect(-h, -1.1 * h, 2 * h, 0.2 * h))
    parts = [helmet, rect(-0.1 * h, -0.912 * h, 0.2 * h, 0.022 * h), oval(0.012 * h, -0.875 * h, 0.058 * h, 0.07 * h)]
    parts.append(blob((-0.1 * h, -0.79 * h), (0.1 * h, -0.79 * h), (0.115 * h, -0.62 * h), (0.1 * h, -0.42 * h), (-0.1 * h, -0.42 * h), (-0.115 * h, -0.62 * h)))
    parts.append(rect(-0.235 * h, -0.775 * h, 0.15 * h, 0.28 * h, 0.03 * h))
    if pose == "kneel":
        parts += [rod([(0.04 * h, -0.45 * h), (0.22 * h, -0.42 * h), (0.2 * h, -0.2 * h)], 0.1 * h),
                  rod([(-0.05 * h, -0.45 * h), (-0.08 * h, -0.22 * h), (-0.3 * h, -0.2 * h)], 0.1 * h)]
        parts += [rod([(0.02 * h, -0.72 * h), (0.2 * h, -0.6 * h), (0.3 * h, -0.7 * h)], 0.07 * h)]
        return placed(union(*parts), 0, 0.2 * h)
    parts += [rod([(-0.045 * h, -0.45 * h), (-0.07 * h, -0.2 * h), (-0.09 * h, -0.02 * h)], 0.095 * h),
              rod([(0.045 * h, -0.45 * h), (0.09 * h, -0.22 * h), (0.08 * h, -0.02 * h)], 0.095 * h),
              rod([(-0.1 * h, -0.02 * h), (0.13 * h, -0.02 * h)], 0.045 * h)]
    if pose == "look":
        parts += [rod([(0.06 * h, -0.74 * h), (0.2 * h, -0.68 * h), (0.1 * h, -0.87 * h)], 0.062 * h), rect(0.06 * h, -0.905 * h, 0.11 * h, 0.05 * h)]
    else:
        parts += [rod([(0.07 * h, -0.74 * h), (0.15 * h, -0.6 * h), (0.02 * h, -0.52 * h)], 0.066 * h),
                  rod([(-0.13 * h, -0.84 * h), (0.2 * h, -0.38 * h)], 0.026 * h)]
    return union(*parts)


def strait_exercise() -> Sheet:
    """First light at an exercise by the sea: gun and crew as shapes, a heron undisturbed."""
    s = Sheet("strait-exercise", {"k": INK, "r": VERMILION, "y": OCHRE})
    s.fade(rect(0, 0, 1800, 800), (0, 0), (0, 760), [{"r": 0.95, "y": 1}, {"r": 0.5, "y": 1}, {"y": 0.95}, {"y": 0.3}], at=[0, 0.4, 0.75, 1])
    for x, y, w in ((-160, 60, 1000), (1050, 30, 900), (560, 236, 420), (1280, 320, 700)):
        s.over(kumo(s.rng, x, y, w, 3, 24), k=0.25, r=1)
    s.put(hill(ridge(s.rng, 780, 1900, 690, 50), 760, False), k=0.3, r=1)
    s.put(rect(0, 715, 1800, 500), y=0.1)
    for i in range(26):
        y, amp = 724 + i**1.45 * 4.2, 2 + i * 0.5
        s.put(swell(lambda x, y=y, a=amp, i=i: y + a * math.sin(x / (34 + 5 * i) + i * 2.1), -40, 1840, 4 + i * 0.95), k=0.5, r=1)
    ships = [(330, 718, 1.0), (690, 716, 0.55)]
    for x, y, k in ships:
        hull = poly((-120, -16), (110, -20), (96, 4), (-104, 4))
        top = union(rect(-50, -42, 90, 26), rect(-14, -70, 40, 30), rect(2, -106, 6, 40), rect(-70, -28, 24, 14), rod([(-58, -26), (-96, -34)], 4))
        s.put(placed(union(hull, top), x, y, k), k=1)
    land = blob((-100, 1300), (-100, 1010), (240, 985), (560, 1010), (860, 955), (1180, 905), (1500, 890), (1900, 860), (1900, 1300))
    s.put(land, k=1)
    s.put(both(land, hatch(s.rng, (0, 900, 1800, 300), 27, 5, -5, (50, 240), 0.4)), r=1)
    # The gun, cropped by the right edge; the barrel crosses the sky.
    barrel = union(poly((1470, 742), (1530, 812), (700, 398), (716, 366)), poly((648, 330), (732, 372), (712, 414), (624, 372)))
    shield = poly((1380, 600), (1560, 560), (1630, 900), (1420, 910))
    carriage = union(
        poly((1450, 780), (1850, 700), (1850, 960), (1500, 930)), rod([(1560, 880), (1900, 1010)], 46),
        poly((1250, 640), (1500, 700), (1480, 780), (1230, 690)), rod([(1330, 690), (1480, 880)], 30),
    )
    wheel = union(ring(1490, 905, 128, 42), oval(1490, 905, 36), *(turned(rect(1478, 800, 24, 210), a, 1490, 905) for a in (0, 45, 90, 135)))
    s.put(union(barrel, shield, carriage), k=1)
    s.put(wheel, k=1)
    s.cut(gouge([(724, 374), (1100, 560), (1390, 700)], 9, (0.3, 1)), "k")
    s.put(gouge([(1392, 612), (1430, 890)], 8, (1, 0.3)), r=1)
    s.put(gouge([(1372, 868), (1400, 800), (1470, 782)], 7), r=1)
    for x, y, h, pose, flip in ((250, 1008, 300, "look", True), (420, 1012, 285, "stand", False), (770, 985, 300, "kneel", False), (960, 958, 318, "stand", True), (1120, 935, 322, "look", True)):
        s.put(placed(soldier(h, pose), x, y, 1, flip), k=1)
    # The flag that says stop, and a bird that takes no notice.
    s.put(rod([(586, 1010), (596, 770)], 7), k=1)
    s.put(blob((598, 772), (640, 760), (676, 784), (716, 774), (706, 826), (666, 834), (630, 818), (598, 830)), r=1)
    heron = union(
        gouge([(90, 1060), (120, 1010), (150, 1035), (180, 1090)], 46, (0.2, 0.1)), gouge([(118, 1024), (92, 985), (112, 950), (98, 922)], 15, (1, 0.7)),
        oval(100, 918, 15, 10), poly((90, 912), (42, 926), (90, 924)), rod([(140, 1070), (136, 1150)], 5), rod([(158, 1076), (164, 1150)], 5),
    )
    s.cut(heron)
    s.put(gouge([(104, 910), (136, 906), (150, 918)], 6), k=1)
    return s


def lighthouse() -> Sheet:
    """A beam over a carved sea; one kitchen window is awake."""
    s = Sheet("lighthouse", {"k": NAVY, "y": OCHRE, "r": VERMILION})
    s.fade(rect(0, 0, 1800, 1200), (0, 0), (0, 800), [{"k": 1}, {"k": 0.62}])
    s.cut(flakes(s.rng, 120, 1800, 560, (1, 3.4)))
    beam = poly((1236, 300), (-60, 60), (-60, 560))
    s.glow(beam, (1236, 300), 1350, [{}, {"y": 0.45}, {"y": 0.9, "k": 0.25}, {"k": 0.75}], at=[0, 0.25, 0.7, 1])
    s.glow(poly((1250, 300), (1860, 215), (1860, 400)), (1236, 300), 700, [{}, {"y": 0.8, "k": 0.3}])
    s.put(rect(0, 742, 1800, 500), k=0.9)
    for i in range(22):
        y, amp, wave = 750 + i**1.4 * 5.6, 1.5 + i * 1.0, 40 + 9 * i
        s.cut(swell(lambda x, y=y, a=amp, w=wave, i=i: y + a * math.sin(x / w + i * 1.7) + a * 0.6 * math.sin(x / w * 2.3 + i), -40, 1840, 3 + i * 0.55, 24), "k")
    path = poly((-60, 742), (620, 742), (330, 1260), (-60, 1260))
    with s.clip(path):
        s.over(rect(0, 740, 800, 520), y=0.75)
    cliff = poly((1900, 1260), (1900, 560), (1700, 590), (1560, 655), (1390, 668), (1190, 655), (1100, 700), (1070, 790), (1010, 850), (985, 960), (900, 1040), (880, 1140), (800, 1260))
    s.put(cliff, k=1)
    with s.clip(cliff):
        for i in range(34):
            x = 860 + i * 34
            s.cut(gouge([(x + 60, 640 + s.rng.uniform(0, 90)), (x + s.rng.uniform(-20, 20), 860), (x - 60 + s.rng.uniform(-30, 30), 1120)], s.rng.uniform(3, 11)), "k")
    for i in range(26):
        x = 790 + i * 11 + s.rng.uniform(-40, 40)
        s.cut(oval(x, 1215 - (i % 9) * 14 + s.rng.uniform(-20, 20), s.rng.uniform(6, 26)))
    tower = poly((1178, 668), (1196, 372), (1276, 372), (1296, 668))
    s.cut(tower)
    s.put(poly((1244, 668), (1240, 372), (1276, 372), (1296, 668)), k=0.3)
    s.put(both(tower, rect(1100, 452, 300, 66)), r=1, k=0.0)
    s.put(both(tower, rect(1100, 574, 300, 60)), r=1)
    s.over(both(poly((1244, 668), (1240, 372), (1276, 372), (1296, 668)), rect(1100, 440, 300, 240)), k=0.35)
    s.put(union(rect(1172, 356, 128, 20), rect(1196, 262, 80, 12), poly((1190, 266), (1236, 214), (1282, 266)), rect(1231, 190, 10, 34)), k=1)
    s.put(rect(1202, 274, 68, 82), y=0.35)
    s.put(many(rect(1202 + i * 22, 274, 5, 82) for i in range(4)), k=1)
    s.put(rect(1420, 560, 230, 112), k=0.22)
    s.put(rect(1560, 560, 90, 112), k=0.9)
    s.put(poly((1396, 566), (1470, 490), (1610, 490), (1676, 566)), k=1)
    s.cut(both(poly((1396, 566), (1470, 490), (1610, 490), (1676, 566)), hatch(s.rng, (1400, 490, 280, 80), 15, 4, 0, (60, 200), 0.8)))
    s.put(rect(1462, 590, 46, 48), y=1, r=0.25)
    s.put(many([rect(1483, 590, 5, 48), rect(1462, 611, 46, 5)]), k=1)
    boat = placed(union(blob((-70, -14), (0, -8), (76, -20), (54, 16), (-52, 16)), rect(-20, -50, 44, 40), rod([(0, -48), (0, -104)], 5)), 470, 862, 1.15)
    s.put(boat, k=1)
    s.put(oval(470, 742, 10), r=1)
    return s


SCENES = [rain_street, typhoon_coast, strait_exercise, lighthouse]
