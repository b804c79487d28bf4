"""Ordinary days: a classroom, a factory arm, a branch over wires, a cat on a wall, a night game."""
# fmt: off
# The formatter would set one number a line; an outline is read as a whole.

from __future__ import annotations

import math

from .press import INDIGO, INK, NAVY, OCHRE, PINE, ROSE, SKY, TEAL, VERMILION, Sheet
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
    ring,
    rod,
    smooth,
    turned,
    union,
)


def classroom() -> Sheet:
    """Half past three: the light has the room to itself, and one bag was forgotten."""
    s = Sheet("classroom", {"k": PINE, "y": OCHRE, "r": VERMILION})
    s.put(rect(0, 0, 1800, 1200), y=0.5)
    s.put(poly((-20, -20), (560, 180), (560, 640), (-20, 980)), y=0.2)
    for i in range(3):
        xa, xb = [(-20, 150), (190, 350), (384, 520)][i]
        def wy(x: float, base: float) -> float:
            return base + (x + 20) / 580 * ((250 if base < 400 else 520) - base)
        top_a, top_b, low_a, low_b = wy(xa, 100), wy(xb, 100), wy(xa, 720), wy(xb, 720)
        s.put(poly((xa, top_a), (xb, top_b), (xb, low_b), (xa, low_a)), k=0.14)
        s.put(both(poly((xa, top_a), (xb, top_b), (xb, low_b), (xa, low_a)), union(*(oval(xa + s.rng.uniform(-20, 190), 540 + s.rng.uniform(-60, 160), s.rng.uniform(40, 84)) for _ in range(7)))), k=0.85)
        s.put(many([rod([((xa + xb) / 2, wy((xa + xb) / 2, 100)), ((xa + xb) / 2, wy((xa + xb) / 2, 720))], 9), rod([(xa, (top_a + low_a) / 2), (xb, (top_b + low_b) / 2)], 7)]), k=1)
    s.put(rect(560, 180, 1260, 470), y=0.75)
    s.put(rect(720, 236, 900, 320), k=1)
    s.put(minus(rect(700, 216, 940, 364), rect(720, 236, 900, 320)), y=1, k=0.5)
    s.cut(many([gouge([(800, 330), (900, 310), (1010, 336)], 8), gouge([(800, 390), (860, 376), (960, 394)], 7), *(rod([(1180 + i * 90, 470), (1180 + i * 90, 470 - [60, 130, 96, 170][i])], 26, cap=False) for i in range(4)), rod([(1130, 478), (1520, 478)], 5)]))
    s.put(rod([(1156, 420), (1240, 330), (1330, 366), (1450, 286)], 8), r=1)
    s.put(oval(1480, 120, 52), k=1)
    s.cut(oval(1480, 120, 42))
    s.put(many([rod([(1480, 120), (1480, 90)], 7), rod([(1480, 120), (1500, 136)], 7)]), k=1)
    floor = poly((560, 640), (1820, 640), (1820, 1220), (-20, 1220), (-20, 970))
    s.put(floor, y=1, k=0.55)
    for i in range(16):
        s.put(gouge([(600 + i * 80, 642), (-700 + i * 260, 1220)], 7, (0.3, 1)), k=1, y=1)
    for dx in (0, 420, 800):
        beam = poly((380 + dx, 700), (640 + dx, 700), (760 + dx * 1.2, 1220), (260 + dx * 1.2, 1220))
        s.put(both(floor, beam), y=0.6)
        s.put(both(beam, rod([(505 + dx, 700), (500 + dx * 1.2, 1220)], 22)), y=1, k=0.5)
    for row, (y, k) in enumerate(((720, 0.62), (850, 0.86), (1030, 1.2))):
        for col in range(4):
            x = 520 + col * 360 * k - row * 170
            if x > 1800:
                continue
            legs = [rod([(px, 10), (px - 4, 130)], 11) for px in (-110, 104)] + [rod([(px, -34), (px - 3, 60)], 9) for px in (-78, 122)]
            chair = union(rect(-70, -50, 130, 74, 10), rect(-66, 60, 124, 20, 6), *(rod([(px, -40), (px + 4, 160)], 9) for px in (-58, 48)))
            s.put(placed(many(legs), x, y, k), k=1, y=1)
            s.put(placed(poly((-130, 12), (-86, -40), (142, -40), (124, 12)), x, y, k), y=0.55)
            s.over(placed(poly((20, 12), (60, -40), (142, -40), (124, 12)), x, y, k), k=0.3)
            s.put(placed(rect(-130, 12, 254, 24), x, y, k), k=1, y=1)
            s.put(placed(chair, x + 6, y + 78 * k, k), k=1, y=0.4)
            if (row, col) == (2, 2):
                bag = union(rect(-84, -30, 160, 170, 34), ring(0, -34, 34, 11))
                s.put(placed(bag, x + 2, y - 6, k * 0.98), r=1)
                s.over(placed(rect(6, -30, 70, 170, 30), x + 2, y - 6, k * 0.98), k=0.7)
                s.cut(placed(many([gouge([(-70, 40), (0, 54), (66, 40)], 9), rect(-12, 56, 20, 24)]), x + 2, y - 6, k * 0.98))
    plane = union(poly((0, 0), (150, -46), (40, 20)), poly((150, -46), (40, 20), (60, 56)))
    s.cut(placed(plane, 1000, 620, 1.2))
    s.put(placed(poly((40, 20), (150, -46), (60, 56)), 1000, 620, 1.2), k=0.5)
    return s


def factory_arm() -> Sheet:
    """The arm was built to lift engines; today it passes a tea bowl."""
    s = Sheet("factory-arm", {"k": NAVY, "r": VERMILION, "b": SKY})
    s.put(rect(0, 0, 1800, 1200), b=0.6)
    for i in range(7):
        x = i * 280 - 60
        s.put(poly((x, -20), (x + 200, -20), (x + 130, 230), (x - 70, 230)), b=0.08)
        s.put(rod([(x + 90, 230), (x - 60, 760)], 9), b=1)
    s.put(many([rect(-10, 228, 1820, 26), rect(-10, 470, 1820, 14)]), b=1, k=0.2)
    for x, k in ((1250, 0.5), (1480, 0.6), (1700, 0.7)):
        arm = union(rod([(0, 0), (-30, -200), (120, -360), (240, -300)], 54), rect(-80, -40, 160, 60), oval(-30, -200, 46), oval(120, -360, 42))
        s.put(placed(arm, x, 800, k), b=1, k=0.4)
    s.put(rect(-10, 790, 1820, 430), k=1)
    s.put(rect(-10, 780, 1820, 60), b=1, k=0.3)
    s.cut(many(gouge([(x, 810), (x + 50, 810)], 10) for x in range(0, 1800, 110)))
    belt = poly((-20, 930), (1820, 860), (1820, 1220), (-20, 1220))
    s.put(belt, k=1, b=0.6)
    s.put(poly((-20, 930), (1820, 860), (1820, 910), (-20, 990)), b=0.3, k=0.5)
    for i in range(10):
        x = i * 200 - 30
        s.put(oval(x, 1100 - x * 0.04, 52), b=0.8)
        s.put(oval(x, 1100 - x * 0.04, 30), k=1)
    lower = poly((-220, 1260), (60, 520), (260, 470), (330, 580), (200, 1260))
    s.put(lower, r=1)
    s.over(poly((170, 1260), (240, 700), (262, 480), (330, 580), (200, 1260)), k=0.75)
    upper = poly((110, 330), (240, 250), (1010, 150), (1060, 260), (1010, 330), (300, 560), (140, 520))
    s.put(placed(upper, 0, 0), r=1)
    s.over(poly((300, 560), (1010, 330), (1060, 260), (1040, 240), (280, 440), (150, 530)), k=0.75)
    s.cut(gouge([(260, 290), (640, 232), (980, 190)], 14))
    s.cut(many(oval(x, y, 11) for x, y in ((330, 420), (420, 400), (900, 260))))
    for x, y, r in ((210, 440, 190), (1020, 245, 116)):
        s.put(oval(x, y, r), k=1)
        s.put(ring(x, y, r * 0.84, r * 0.1), r=1)
        s.put(oval(x, y, r * 0.5), b=0.6)
        s.put(both(oval(x, y, r * 0.5), rect(x, y - r, r, 2 * r)), b=1, k=0.5)
        s.cut(many(oval(x + r * 0.33 * math.cos(a), y + r * 0.33 * math.sin(a), r * 0.05) for a in [i * math.pi / 3 for i in range(6)]))
        s.cut(gouge([(x - r * 0.9, y + r * 0.2), (x - r * 0.7, y - r * 0.6), (x, y - r * 0.94)], r * 0.06))
    s.put(poly((990, 330), (1090, 310), (1140, 500), (1050, 520)), k=1)
    s.put(rect(1030, 500, 150, 60, 10), r=1)
    s.put(rod([(60, 360), (-60, 200), (200, 40), (620, 90), (960, 150)], 26, True), k=1)
    for side in (-1, 1):
        s.put(rod([(1105 + side * 50, 550), (1105 + side * 150, 640), (1105 + side * 128, 770)], 34), k=1)
        s.cut(gouge([(1105 + side * 44, 560), (1105 + side * 138, 640), (1105 + side * 120, 720)], 7))
    bowl = poly(*smooth([(990, 690), (1000, 790), (1050, 850), (1105, 862)]), *smooth([(1105, 862), (1160, 850), (1210, 790), (1220, 690)]))
    s.cut(union(bowl, rect(1060, 850, 90, 26)))
    s.put(both(bowl, poly((1110, 660), (1300, 660), (1300, 900), (1130, 900))), b=0.9)
    s.put(oval(1105, 692, 116, 24), k=1)
    s.put(both(bowl, blob((980, 740), (1040, 790), (1105, 770), (1170, 800), (1230, 750), (1230, 690), (980, 690))), b=1)
    s.put(oval(1105, 692, 104, 19), b=0.3, k=1)
    for i in range(3):
        s.cut(gouge([(1060 + i * 46, 670), (1086 + i * 40, 630), (1050 + i * 46, 596)], 13))
    for x, y in ((420, 930), (660, 920), (1450, 890), (1690, 882)):
        s.put(oval(x + 10, y + 8, 90, 16), k=1, b=1)
        s.cut(union(poly(*smooth([(x - 84, y - 110), (x - 74, y - 40), (x - 30, y)]), *smooth([(x + 30, y), (x + 74, y - 40), (x + 84, y - 110)]))))
        s.put(both(rect(x + 6, y - 130, 100, 140), poly(*smooth([(x - 84, y - 110), (x - 74, y - 40), (x - 30, y)]), *smooth([(x + 30, y), (x + 74, y - 40), (x + 84, y - 110)]))), b=0.85)
        s.put(oval(x, y - 110, 84, 16), k=1, b=0.5)
    person = union(oval(0, -318, 42, 50), blob((-90, 60), (-84, -180), (-50, -250), (50, -250), (84, -180), (90, 60)))
    s.cut(placed(person, 1480, 1152, 1.26))
    s.put(placed(person, 1480, 1150, 1.2), k=1)
    s.put(placed(blob((-58, -330), (-50, -372), (0, -392), (50, -372), (58, -330), (84, -322), (-60, -322)), 1480, 1150, 1.2), r=1)
    s.cut(placed(gouge([(-88, -160), (-70, -220), (-40, -244)], 9), 1480, 1150, 1.2))
    s.put(placed(turned(rect(-140, -170, 110, 150, 8), -16, -90, -100), 1480, 1150, 1.2), b=0.25)
    return s


def cherry_wires() -> Sheet:
    """Spring in the back streets: the branch does not ask the power company."""
    s = Sheet("cherry-wires", {"k": INK, "r": ROSE, "b": SKY})
    s.put(rect(0, 0, 1800, 1200), b=0.75)
    for x, y, w in ((900, 760, 820), (-160, 920, 700), (1240, 180, 600)):
        s.cut(kumo(s.rng, x, y, w, 4, 44))
    s.put(union(rect(1270, 160, 56, 1100), rect(1080, 236, 430, 26), rect(1120, 350, 360, 24), rect(1110, 200, 22, 40), rect(1210, 200, 22, 40), rect(1370, 200, 22, 40), rect(1460, 200, 22, 40), rect(1210, 470, 176, 210, 26), rect(1190, 440, 216, 36), rod([(1330, 560), (1540, 470)], 16)), k=1)
    s.put(many(rect(1228 + i * 24, 500, 9, 150) for i in range(3)), b=1)
    s.cut(many([gouge([(1280, 180), (1278, 420)], 8, (1, 1)), gouge([(1280, 700), (1278, 1200)], 8, (1, 1))]))
    s.put(many(oval(x, 196, 15, 22) for x in (1121, 1221, 1381, 1471)), k=1)
    for i, (y0, sag) in enumerate(((186, 60), (196, 110), (240, 150), (356, 130), (372, 190))):
        s.put(rod([(-40, y0 - 130 + i * 26), (600, y0 + sag - 20), (1200, y0 + 10), (1860, y0 + 60 + i * 14)], 7, True), k=1)
    roof = poly((1400, 1220), (1480, 1010), (1640, 940), (1900, 900), (1900, 1220))
    s.put(roof, k=1)
    s.cut(both(roof, many(gouge([(1470 + i * 60, 1220), (1540 + i * 52, 960)], 9, (1, 0.5)) for i in range(8))))
    trunk = gouge([(-60, 900), (240, 780), (520, 730), (820, 600), (1060, 580), (1330, 460), (1560, 430)], 110, (1, 0.06))
    twigs = [
        gouge([(180, 810), (330, 560), (560, 420), (700, 260)], 50, (1, 0)), gouge([(560, 430), (600, 300), (560, 170)], 22, (1, 0)),
        gouge([(500, 740), (700, 860), (960, 900), (1120, 1010)], 46, (1, 0)), gouge([(820, 610), (930, 440), (1100, 360)], 34, (1, 0)),
        gouge([(1060, 580), (1240, 660), (1420, 660)], 30, (1, 0)), gouge([(60, 860), (130, 1010), (300, 1100), (400, 1210)], 52, (1, 0.1)), gouge([(330, 560), (240, 420), (250, 300)], 26, (1, 0)),
    ]
    wood = union(trunk, *twigs)
    s.put(wood, k=1)
    s.put(both(wood, hatch(s.rng, (0, 200, 1500, 1000), 40, 7, 60, (20, 60), 0.4)), r=1)
    spots = [(250, 300), (560, 170), (700, 260), (610, 330), (560, 420), (420, 500), (330, 560), (250, 420), (1100, 360), (960, 420), (1420, 660), (1270, 650), (1120, 1010), (980, 900), (800, 880), (400, 1190), (290, 1090), (140, 1000), (1560, 430), (1400, 450), (1180, 540), (900, 580), (660, 700), (120, 840), (480, 720)]
    for x, y in spots:
        for _ in range(s.rng.integers(5, 9)):
            bx, by = x + s.rng.normal(0, 52), y + s.rng.normal(0, 44)
            r, turn = s.rng.uniform(30, 54), s.rng.uniform(0, 72)
            petals = [turned(blob((bx, by), (bx - r * 0.5, by - r * 0.6), (bx - r * 0.22, by - r * 1.05), (bx, by - r * 0.9), (bx + r * 0.22, by - r * 1.05), (bx + r * 0.5, by - r * 0.6)), turn + a, bx, by) for a in range(0, 360, 72)]
            light = s.rng.random() < 0.45
            s.put(many(petals), r=0.3 if light else 1)
            s.put(many(turned(gouge([(bx, by), (bx, by - r * 0.5)], 4), turn + 36 * a, bx, by) for a in range(0, 10, 2)), k=0.9, r=1)
            s.put(oval(bx, by, r * 0.13), k=1)
    for _ in range(46):
        x, y = s.rng.uniform(0, 1800), s.rng.uniform(200, 1200)
        s.put(turned(blob((x, y), (x + 14, y - 12), (x + 32, y - 3), (x + 16, y + 10)), s.rng.uniform(0, 360), x, y), r=1)
    crow = union(blob((-70, 20), (-20, -46), (50, -56), (96, -20), (120, 40), (170, 120), (90, 80), (20, 70), (-40, 60)), oval(-52, -40, 44, 40), poly((-86, -56), (-146, -34), (-84, -24)), rod([(10, 60), (6, 104)], 8), rod([(40, 66), (42, 104)], 8))
    s.put(placed(crow, 1640, 190, 1.1), k=1)
    s.cut(placed(oval(-62, -48, 8), 1640, 190, 1.1))
    s.put(placed(blob((-150, -30), (-176, -58), (-150, -70), (-132, -46)), 1640, 190, 1.1), r=1)
    return s


def cat_wall() -> Sheet:
    """Hydrangeas, a wet wall, and the only resident who saw it all."""
    s = Sheet("cat-wall", {"k": INDIGO, "b": TEAL, "y": OCHRE}, (1800, 1012))
    s.fade(rect(0, 0, 1800, 1012), (0, 0), (0, 520), [{"k": 0.35, "b": 0.6}, {"k": 0.0, "b": 0.25}])
    s.put(oval(1290, 250, 190), y=1)
    s.put(both(oval(1290, 250, 190), kumo(s.rng, 1040, 290, 420, 2, 26)), y=1, k=0.5)
    s.put(poly((-20, 420), (260, 300), (560, 420), (560, 560), (-20, 560)), k=1)
    s.cut(both(poly((-20, 420), (260, 300), (560, 420)), many(gouge([(260 + (i - 8) * 6, 310), (260 + (i - 8) * 52, 440)], 6, (0.4, 1)) for i in range(17))))
    s.put(rect(300, 470, 60, 60), y=1)
    wall = rect(-10, 540, 1820, 490)
    s.put(wall, k=0.7, b=0.3)
    for row in range(5):
        for col in range(14):
            x, y = col * 150 - (row % 2) * 75, 596 + row * 84
            s.put(rect(x + s.rng.uniform(-3, 3), y, 142, 77, 8), k=s.rng.choice([0.2, 0.3, 0.45]), b=0.3)
    s.put(rect(-10, 520, 1820, 76), k=1)
    s.cut(many(union(both(oval(x, 520, 44, 36), rect(x - 50, 480, 100, 60))) for x in range(-10, 1840, 92)), "k")
    s.put(many(minus(oval(x, 520, 44, 36), oval(x, 530, 34, 30)) for x in range(-10, 1840, 92)), k=1)
    body = blob((760, 500), (740, 380), (800, 250), (900, 190), (1000, 200), (1070, 280), (1100, 400), (1090, 510), (920, 524))
    catshape = union(body, oval(850, 190, 118, 100), poly((752, 160), (742, 40), (836, 110)), poly((864, 104), (944, 34), (958, 160)), gouge([(1060, 470), (1180, 520), (1200, 680), (1120, 800), (1170, 880)], 62, (0.9, 0.5)), rod([(810, 400), (800, 520)], 58), rod([(890, 400), (892, 522)], 58))
    s.put(catshape, k=1)
    with s.clip(catshape):
        s.put(many(gouge([(1110 - i * 6, 300 + i * 52), (1040, 310 + i * 54), (980, 300 + i * 56)], 17, (1, 0)) for i in range(5)), y=1)
        s.put(gouge([(960, 150), (1010, 220), (1070, 290), (1100, 400), (1092, 500)], 14), y=1)
        s.put(many(gouge([(1150 + 40 * (i % 2), 540 + i * 54), (1210, 560 + i * 52)], 16, (0.2, 1)) for i in range(6)), y=1)
        s.put(many([oval(810, 186, 25, 20), oval(896, 186, 25, 20)]), y=1)
        s.put(many([oval(812, 186, 8, 19), oval(898, 186, 8, 19)]), k=1)
        s.cut(many([poly((840, 222), (868, 222), (854, 240)), *(gouge([(800 - i * 6, 236 + i * 12), (690, 228 + i * 26)], 5) for i in range(3)), *(gouge([(910 + i * 6, 236 + i * 12), (1020, 224 + i * 26)], 5) for i in range(3))]))
        s.cut(many([gouge([(836, 110), (850, 140), (848, 160)], 8), gouge([(856, 108), (866, 136), (862, 156)], 8)]))
    for x, y, r in ((180, 830, 190), (470, 950, 150), (20, 660, 130), (1560, 870, 210), (1780, 720, 150), (1330, 990, 130)):
        for _ in range(7):
            a = s.rng.uniform(0, 6.28)
            lx, ly = x + r * math.cos(a), y + r * math.sin(a)
            leaf = turned(blob((0, 0), (60, -62), (170, -50), (240, 10), (160, 56), (60, 50)), math.degrees(a) + s.rng.uniform(-20, 20), 0, 0)
            s.put(placed(leaf, lx - 60 * math.cos(a), ly - 60 * math.sin(a), 0.9), b=1, k=0.7)
            s.cut(placed(turned(gouge([(10, 0), (120, -4), (230, 8)], 6), math.degrees(a), 0, 0), lx - 60 * math.cos(a), ly - 60 * math.sin(a), 0.9), "k")
        s.put(oval(x, y, r * 0.95), k=1, b=0.5)
        for _ in range(int(r * 0.5)):
            a, q = s.rng.uniform(0, 6.28), math.sqrt(s.rng.random()) * r * 0.94
            fx, fy, size, turn = x + q * math.cos(a), y + q * math.sin(a), s.rng.uniform(15, 24), s.rng.uniform(0, 90)
            lit = (math.cos(a - 5.4) * q / r + 1) / 2
            tones = {"k": 0.1, "b": 0.05} if lit > 0.62 else {"k": 0.55} if lit > 0.4 else {"k": 0.8, "b": 0.6}
            s.put(many(turned(oval(fx, fy - size * 0.62, size * 0.55, size * 0.62), turn + 90 * i, fx, fy) for i in range(4)), **tones)
            s.put(oval(fx, fy, 4), y=1)
    s.cut(hatch(s.rng, (-100, -100, 2000, 1200), 74, 4, 102, (50, 150), 0.36))
    return s


SCENES = [classroom, factory_arm, cherry_wires, cat_wall]
