"""The shore: a window in a sea wall, a drone, a cable on the sea floor, a keel, breakfast by the sea."""
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
    minus,
    oval,
    placed,
    poly,
    rect,
    ridge,
    rod,
    smooth,
    standing,
    swell,
    turned,
    union,
)

SIZE = (1500, 1000)


def gull(x: float, y: float, k: float) -> object:
    """A gull on the wing, seen from the side."""
    return placed(blob((-90, -34), (-40, -40), (0, -8), (44, -44), (96, -30), (44, -16), (10, 14), (-14, 14), (-44, -14)), x, y, k)


def wall_window() -> Sheet:
    """A very large wall, one pane of sea, a man on a ladder; the gulls look on."""
    s = Sheet("wall-window", {"k": INK, "b": TEAL, "r": VERMILION}, SIZE)
    s.put(rect(0, 0, 1500, 1000), b=0.16)
    s.cut(kumo(s.rng, 60, 40, 420, 3, 24))
    s.put(rect(0, 168, 1500, 832), k=0.3)
    s.put(rect(0, 168, 1500, 26), k=0.62)
    for x in range(-60, 1500, 312):
        s.put(rect(x, 194, 5, 806), k=0.7)
        s.put(many(oval(x + 156 + dx, y, 8) for dx in (-104, 104) for y in (300, 560, 820)), k=0.62)
    s.over(both(rect(0, 194, 1500, 806), hatch(s.rng, (0, 194, 1500, 806), 44, 4, 90, (30, 190), 0.34)), k=0.55)
    for x in (130, 470, 1310):
        s.over(gouge([(x, 196), (x + s.rng.uniform(-8, 8), 420), (x + 4, s.rng.uniform(560, 760))], 30, (1, 0)), b=0.7)
    pane = rect(640, 280, 560, 470, 10)
    s.put(rect(612, 252, 616, 526, 16), k=0.92)
    s.fade(pane, (0, 280), (0, 750), [{"b": 0.15}, {"b": 0.3}, {"b": 0.95}], at=[0, 0.42, 0.43])
    with s.clip(pane):
        s.put(oval(1010, 470, 74), r=0.95)
        s.put(rect(640, 482, 560, 280), b=1)
        for i in range(15):
            y = 492 + i**1.3 * 7.6
            s.cut(swell(lambda x, y=y, i=i: y + (2 + i) * math.sin(x / (36 + 5 * i) + i * 1.9), 600, 1240, 2.6 + i * 0.42, 16), "b")
        s.over(many(rect(952 + s.rng.uniform(-18, 18), 496 + i * 15, s.rng.uniform(50, 120), 5, 2) for i in range(15)), r=0.9)
        boat = placed(union(blob((-80, -16), (0, -8), (84, -24), (60, 18), (-58, 18)), rect(-24, -54, 50, 42), rod([(0, -50), (0, -112)], 5)), 760, 560, 0.9)
        s.put(boat, k=1)
        s.cut(turned(rect(560, 240, 90, 640), 24, 700, 500))
        s.over(turned(rect(560, 240, 90, 640), 24, 700, 500), b=0.3)
    wiped = blob((1040, 300), (1190, 290), (1196, 470), (1120, 560), (1060, 470), (1104, 400))
    s.cut(both(both(pane, wiped), hatch(s.rng, (1020, 280, 200, 300), 26, 12, -50, (80, 200), 0.9)), "k")
    for dx in (0, 84):
        s.put(rod([(1088 + dx, 996), (1136 + dx, 340)], 13), k=1, r=1)
    for i in range(12):
        s.put(rod([(1094 + i * 4.1, 930 - i * 52), (1170 + i * 4.1, 930 - i * 52)], 9), k=1, r=1)
    man = union(
        blob((1128, 560), (1206, 552), (1226, 640), (1206, 726), (1134, 726), (1120, 640)),
        rod([(1146, 716), (1136, 800), (1160, 868)], 34), rod([(1196, 716), (1210, 784), (1196, 818)], 34),
    )
    s.put(man, k=1, b=1)
    s.put(rod([(1138, 586), (1068, 548), (1052, 462)], 28), k=1, b=1)
    s.put(rod([(1206, 580), (1246, 640), (1226, 690)], 26), k=1, b=1)
    s.put(oval(1166, 520, 35, 39), r=0.3, b=0.06)
    s.put(minus(oval(1166, 512, 40, 40), rect(1100, 516, 140, 60)), r=1)
    s.put(rect(1010, 428, 90, 18, 6), k=1)
    s.put(many(oval(x, 476 + s.rng.uniform(-14, 40), r) for x, r in ((1030, 7), (1056, 11), (1078, 6), (1042, 5))), b=0.0)
    s.put(poly((1232, 690), (1300, 690), (1290, 770), (1242, 770)), r=1)
    s.put(rod([(1236, 690), (1266, 644), (1296, 690)], 5, True), k=1)
    for x, y, k in ((330, 100, 1.0), (520, 66, 0.7), (1390, 96, 0.8)):
        s.cut(gull(x, y, k))
        s.put(minus(gull(x, y, k), gull(x - 2, y - 8 * k, k)), k=0.9)
    s.cut(blob((196, 168), (176, 132), (210, 104), (258, 112), (300, 140), (330, 150), (280, 168)))
    s.put(blob((226, 130), (270, 126), (330, 150), (290, 160), (244, 152)), k=0.62)
    s.put(poly((182, 122), (156, 130), (184, 136)), r=1)
    s.put(oval(202, 122, 4), k=1)
    return s


def clinic_drone() -> Sheet:
    """A drone under low cloud with a small box; far below, the one lit roof."""
    s = Sheet("clinic-drone", {"k": NAVY, "y": OCHRE, "r": VERMILION}, SIZE)
    s.fade(rect(0, 0, 1500, 1000), (0, 0), (0, 700), [{"k": 1}, {"k": 0.72}])
    for x, y, w in ((-120, 30, 760), (620, -20, 900), (980, 120, 620), (180, 150, 420)):
        s.put(kumo(s.rng, x, y, w, 4, 34), k=0.55)
    s.put(rect(0, 640, 1500, 400), k=0.94)
    for i in range(17):
        y, w = 648 + i**1.35 * 7.4, 34 + 8 * i
        s.cut(swell(lambda x, y=y, w=w, i=i: y + (1.5 + i) * math.sin(x / w + i * 2.1) + i * 0.5 * math.sin(x / w * 2.2), -40, 1540, 2.4 + i * 0.5, 20), "k")
    island = hill([(700, 690), (820, 640), (930, 560), (1040, 520), (1180, 540), (1300, 600), (1420, 640), (1540, 650)], 760)
    s.put(island, k=1)
    s.cut(both(island, hatch(s.rng, (700, 520, 840, 220), 24, 5, 70, (24, 90), 0.42)), "k")
    s.put(poly((680, 700), (1540, 660), (1540, 770), (760, 752)), k=1)
    s.glow(oval(1050, 590, 260, 190), (1050, 590), 250, [{"y": 0.85}, {"y": 0.5}, {}], mode="over")
    s.put(rect(964, 560, 172, 92), k=0.2, y=0.35)
    s.put(rect(948, 540, 204, 24), k=1)
    s.put(many(rect(982 + i * 40, 584, 22, 30) for i in range(4)), y=1)
    s.put(rect(1034, 496, 34, 46), k=0.05)
    s.put(union(rect(1046, 500, 10, 36), rect(1036, 512, 30, 11)), r=1)
    s.put(placed(standing(70), 1108, 540), k=1)
    s.put(rod([(1100, 492), (1078, 462)], 8), k=1)
    s.put(oval(1076, 458, 6), y=1)
    for x, y in ((1240, 640), (1300, 660), (1190, 676), (1380, 668), (868, 684)):
        s.put(rect(x, y, 12, 12), y=1)
    cone = poly((560, 470), (986, 900), (520, 1010), (300, 1010))
    s.glow(both(cone, rect(0, 430, 1500, 600)), (560, 460), 560, [{"y": 0.55}, {"y": 0.18}, {}], mode="over")
    for side in (-1, 1):
        s.put(rod([(560, 330), (560 + side * 210, 288)], 22), k=1)
        s.put(rod([(560, 336), (560 + side * 128, 372)], 18), k=1)
        s.put(rect(560 + side * 210 - 14, 250, 28, 46, 8), k=1)
        s.put(rect(560 + side * 128 - 12, 340, 24, 40, 8), k=1)
        for x, y, r in ((560 + side * 210, 248, 168), (560 + side * 128, 338, 130)):
            blade = oval(x, y, r, 15)
            s.cut(blade)
            s.put(both(blade, hatch(s.rng, (x - r, y - 18, 2 * r, 36), 8, 3, 0, (30, 120), 0.8)), k=0.7)
        s.put(rod([(560 + side * 50, 372), (560 + side * 92, 470)], 9), k=1)
    s.put(blob((470, 330), (500, 282), (560, 268), (620, 282), (650, 330), (620, 380), (500, 380)), k=1)
    s.cut(gouge([(500, 306), (560, 286), (620, 306)], 9), "k")
    s.put(oval(560, 340, 13), r=1)
    s.put(rect(486, 392, 148, 108, 10), k=0.04)
    s.put(rect(486, 392, 148, 30, 8), r=1)
    s.put(union(rect(550, 432, 20, 56), rect(532, 450, 56, 20)), r=1)
    s.put(many(gouge([(x, y), (x - 16, y + 60)], 4) for x, y in ((s.rng.uniform(0, 1500), s.rng.uniform(60, 900)) for _ in range(150))), k=0.16)
    heron = union(blob((120, 900), (170, 872), (226, 890), (214, 920), (150, 926)), rod(smooth([(128, 896), (104, 860), (116, 820)]), 12), rod([(176, 920), (172, 1000)], 6), rod([(196, 918), (198, 1000)], 6))
    s.cut(heron)
    s.cut(poly((108, 812), (64, 822), (112, 830)))
    return s


def sea_cable() -> Sheet:
    """An old cable over the sea floor, listening; a whale above does not know."""
    s = Sheet("sea-cable", {"k": NAVY, "b": TEAL, "r": VERMILION}, SIZE)
    s.fade(rect(0, 0, 1500, 1000), (0, 0), (0, 900), [{"b": 0.25}, {"b": 0.75}, {"b": 1, "k": 0.55}])
    for i in range(7):
        x = 120 + i * 210 + s.rng.uniform(-40, 40)
        s.cut(poly((x, -10), (x + 60, -10), (x - 120, 620), (x - 250, 620)) if i % 2 else poly((x, -10), (x + 30, -10), (x - 190, 520), (x - 250, 520)), "k")
    for i in range(9):
        y = 24 + i * 13
        s.cut(swell(lambda x, y=y, i=i: y + 6 * math.sin(x / 70 + i), -30, 1530, 5 - i * 0.4, 24), "b")
    whale = blob((300, 330), (430, 246), (620, 214), (830, 232), (1000, 286), (1110, 322), (1180, 296), (1250, 240), (1300, 244), (1268, 312), (1300, 372), (1240, 380), (1164, 352), (1010, 380), (800, 420), (560, 430), (380, 400))
    s.put(whale, k=1, b=0.35)
    belly = blob((300, 340), (420, 372), (620, 396), (800, 392), (780, 440), (560, 450), (380, 420))
    with s.clip(whale):
        s.put(belly, b=0.12, k=0.1)
        for i in range(9):
            s.put(gouge([(320 + i * 8, 348 + i * 9), (520, 376 + i * 9), (760, 378 + i * 9)], 4.5), k=1)
        s.cut(hatch(s.rng, (440, 210, 760, 130), 26, 3.4, 8, (40, 130), 0.4), "k")
    s.put(blob((560, 404), (620, 398), (596, 470), (520, 540), (500, 530), (536, 460)), k=1, b=0.35)
    s.put(oval(410, 326, 8), b=0.0)
    s.put(oval(411, 327, 4), k=1)
    floor = hill(ridge(s.rng, -20, 1520, 800, 46, 0.5), 1010, False)
    back = hill(ridge(s.rng, -20, 1520, 720, 90, 0.55), 1010, False)
    s.put(back, k=0.55, b=0.8)
    s.put(floor, k=1, b=0.4)
    s.cut(both(floor, hatch(s.rng, (0, 790, 1500, 220), 24, 4, 3, (30, 150), 0.45)), "k")
    run = smooth([(-40, 848), (180, 822), (360, 872), (600, 838), (820, 880), (1040, 846), (1260, 888), (1540, 846)])
    for reach in (210, 160, 112, 68):
        arc = minus(oval(820, 872, reach * 1.5, reach), oval(820, 872, reach * 1.5 - 7, reach - 7))
        s.put(both(arc, rect(0, 0, 1500, 880)), r=0.95)
    s.put(rod(run, 36), k=1)
    s.put(rod(run, 25), r=1)
    for x, y in run[::5]:
        s.put(turned(rect(x - 5, y - 14, 9, 28), 12, x, y), k=1)
    s.put(minus(oval(820, 874, 25), oval(820, 874, 12)), k=0.0)
    for x, y, k, flip in ((210, 590, 1.0, False), (300, 640, 0.8, False), (160, 664, 0.7, False), (1240, 600, 1.1, True), (1340, 650, 0.8, True), (1190, 666, 0.7, True)):
        fish = union(blob((-52, 0), (-10, -22), (44, -4), (50, 4), (-10, 22)), poly((-44, 0), (-84, -24), (-84, 24)))
        s.cut(placed(fish, x, y, k, flip))
        s.put(placed(oval(30, -4, 4), x, y, k, flip), k=1)
    for x, h in ((70, 190), (110, 140), (1420, 210), (1466, 150), (1380, 130)):
        s.put(gouge([(x, 1000), (x + 26, 1000 - h * 0.4), (x - 18, 1000 - h * 0.7), (x + 14, 1000 - h)], 24, (1, 0.1)), k=1, b=1)
    crab = union(oval(476, 836, 40, 22), *[rod([(476 + d * 30, 840), (476 + d * 62, 826), (476 + d * 74, 856)], 7) for d in (-1, 1)], *[rod([(476 + d * 24, 846), (476 + d * 50, 856), (476 + d * 58, 872)], 6) for d in (-1, 1)])
    s.cut(crab)
    s.put(placed(crab, 2, 3), r=0.9)
    s.put(many(oval(476 + d * 12, 812, 5) for d in (-1, 1)), k=1)
    return s


def keel_sparks() -> Sheet:
    """A hull in ribs, a welder in the middle of it; the sparks are the only daylight."""
    s = Sheet("keel-sparks", {"k": INK, "y": OCHRE, "r": VERMILION}, SIZE)
    s.put(rect(0, 0, 1500, 1000), k=0.86, r=0.3)
    s.glow(rect(0, 0, 1500, 1000), (660, 600), 1050, [{"y": 0.95}, {"y": 0.95, "r": 0.45}, {"y": 0.8, "r": 0.85, "k": 0.15}, {"k": 0.8, "r": 0.6}], at=[0, 0.25, 0.5, 0.9])
    for i, (x, w) in enumerate(((90, 62), (300, 52), (1000, 52), (1190, 62), (1400, 76))):
        rib = smooth([(x + (40 if x < 640 else -40), -40), (x - (46 if x < 640 else -46), 300), (x, 640), (x + (90 if x < 640 else -90), 800)])
        s.put(rod(rib, w), k=1, r=0.35)
        lit = [(px + (w * 0.34 if x < 640 else -w * 0.34), py) for px, py in rib]
        s.put(rod(lit, 9), r=0.9, y=1)
        s.cut(many(oval(px, py, 5) for px, py in rib[6 + i % 2::7]), "k")
    s.put(poly((-20, 1010), (-20, 800), (420, 756), (940, 756), (1520, 806), (1520, 1010)), k=1, r=0.4)
    s.put(poly((360, 756), (1010, 756), (1060, 790), (300, 790)), y=1, r=0.35)
    s.cut(both(poly((-20, 1010), (-20, 800), (420, 756), (940, 756), (1520, 806), (1520, 1010)), hatch(s.rng, (0, 790, 1500, 220), 30, 4, -2, (50, 240), 0.5)), "k", "r")
    s.put(rect(420, 640, 470, 34), k=1)
    s.put(many(rect(430 + i * 108, 672, 22, 96) for i in range(5)), k=1)
    welder = union(
        blob((842, 520), (930, 448), (1010, 470), (1056, 560), (1050, 700), (1080, 800), (900, 806), (880, 690), (862, 600)),
        rod([(910, 780), (860, 830), (800, 836)], 58), rod([(1030, 780), (1076, 850), (1020, 880)], 60),
    )
    welder = union(welder, blob((880, 420), (950, 420), (1000, 490), (900, 500)))
    s.put(welder, k=1, r=0.25)
    with s.clip(welder):
        s.put(blob((842, 520), (930, 448), (950, 470), (880, 560), (892, 690), (872, 690), (852, 600)), r=1, y=0.9)
    s.put(rod([(930, 520), (850, 604), (742, 622)], 48), k=1, r=0.25)
    s.put(rod([(926, 506), (846, 588), (760, 604)], 9), r=1, y=1)
    s.put(blob((784, 420), (838, 370), (910, 376), (938, 430), (920, 494), (846, 520), (800, 494)), k=1)
    s.put(turned(rect(784, 430, 92, 34, 5), -6, 830, 447), y=1)
    s.put(turned(rect(800, 438, 60, 18, 4), -6, 830, 447), y=0.3)
    bun = oval(930, 372, 28)
    s.put(bun, k=0.25)
    s.put(blob((880, 362), (930, 386), (950, 440), (932, 470), (916, 420)), k=0.25)
    s.put(rod([(742, 622), (668, 612)], 12), k=1)
    for _ in range(120):
        a, r0, r1 = s.rng.uniform(-3.4, 0.5), s.rng.uniform(20, 150), s.rng.uniform(40, 250)
        x0, y0 = 656 + r0 * math.cos(a), 616 + r0 * math.sin(a)
        x1, y1 = 656 + (r0 + r1) * math.cos(a), 616 + (r0 + r1) * math.sin(a) + r1 * r1 / 620
        s.cut(gouge([(x0, y0), ((x0 + x1) / 2, (y0 + y1) / 2 - 12), (x1, y1)], s.rng.uniform(3, 7)))
    s.cut(flakes(s.rng, 60, 1200, 900, (1.5, 4)), "k")
    s.cut(oval(656, 616, 44))
    s.put(minus(oval(656, 616, 62), oval(656, 616, 46)), y=0.8)
    flask = union(rect(1196, 640, 64, 150, 14), rect(1208, 610, 40, 40, 8))
    s.put(flask, r=1)
    s.put(rect(1196, 690, 64, 16), y=0.4)
    s.put(placed(blob((-46, 0), (-34, -44), (34, -44), (46, 0)), 1320, 800), y=0.1)
    s.put(rect(1298, 774, 44, 22), k=1)
    return s


def keepers_breakfast() -> Sheet:
    """A tray by the window that was a chart room; the lamp's shadow lies over the sea."""
    s = Sheet("keepers-breakfast", {"k": NAVY, "y": OCHRE, "r": VERMILION}, SIZE)
    s.put(rect(0, 0, 1500, 1000), y=0.3, r=0.12)
    s.cut(hatch(s.rng, (0, 0, 1500, 700), 46, 3, 90, (60, 260), 0.3), "r")
    s.put(rect(156, 66, 900, 568), k=1)
    pane = rect(184, 94, 844, 512)
    s.fade(pane, (0, 94), (0, 420), [{"k": 0.12}, {"y": 0.45, "r": 0.2}, {"y": 0.9, "r": 0.4}])
    with s.clip(pane):
        s.cut(kumo(s.rng, 240, 150, 300, 3, 22))
        s.cut(kumo(s.rng, 700, 120, 260, 3, 20))
        s.put(oval(640, 404, 76), r=1)
        s.put(rect(184, 404, 844, 220), k=0.85)
        for i in range(12):
            y = 412 + i**1.3 * 8
            s.cut(swell(lambda x, y=y, i=i: y + (1.5 + i) * math.sin(x / (34 + 6 * i) + i * 1.7), 160, 1060, 2.6 + i * 0.5, 16), "k")
        s.over(many(rect(590 + s.rng.uniform(-22, 22), 412 + i * 15, s.rng.uniform(60, 120), 5, 2) for i in range(13)), r=0.95)
        rocks = hill(ridge(s.rng, 160, 480, 560, 34, 0.6), 640, False)
        s.put(rocks, k=1)
        s.put(poly((250, 548), (264, 330), (316, 330), (330, 548)), k=0.04)
        for y0, y1 in ((380, 424), (470, 514)):
            s.put(both(poly((250, 548), (264, 330), (316, 330), (330, 548)), rect(200, y0, 200, y1 - y0)), r=1)
        s.put(union(rect(258, 318, 64, 14), rect(266, 270, 48, 50), poly((258, 272), (290, 238), (322, 272))), k=1)
        s.put(rect(274, 280, 32, 34), y=1)
        s.put(placed(union(blob((-70, -14), (0, -8), (76, -20), (54, 16), (-52, 16)), rect(-20, -46, 44, 38)), 860, 450, 0.8), k=1)
    s.put(many([rect(600, 94, 12, 512), rect(184, 340, 844, 10)]), k=1)
    s.put(poly((-10, 640), (1510, 616), (1510, 1010), (-10, 1010)), k=0.78, r=0.65, y=0.5)
    s.cut(both(poly((-10, 640), (1510, 616), (1510, 1010), (-10, 1010)), hatch(s.rng, (0, 630, 1500, 380), 34, 4, -1, (120, 460), 0.6)), "k")
    s.put(poly((240, 720), (1180, 700), (1270, 950), (170, 972)), k=1, r=1)
    s.put(poly((268, 736), (1158, 718), (1234, 930), (208, 950)), r=1, k=0.12)
    s.cut(oval(720, 838, 238, 74))
    s.put(minus(oval(720, 838, 238, 74), oval(720, 832, 214, 60)), k=0.7)
    fish = blob((520, 838), (590, 800), (700, 792), (800, 806), (862, 832), (900, 804), (930, 808), (912, 838), (934, 868), (902, 868), (860, 848), (790, 872), (690, 880), (590, 868))
    s.put(fish, k=1)
    with s.clip(fish):
        s.put(blob((500, 850), (700, 846), (870, 846), (800, 890), (600, 890)), y=0.6, k=0.1)
        s.cut(many(gouge([(640 + i * 44, 800), (664 + i * 44, 836)], 9) for i in range(5)), "k")
    s.put(oval(566, 828, 7), y=0.1)
    s.put(poly((906, 772), (966, 776), (962, 826), (912, 822)), y=1)
    for x, y, rx, tone in ((396, 800, 106, {"k": 1}), (1046, 790, 112, {"k": 0.95, "r": 0.2})):
        s.put(blob((x - rx, y), (x - rx * 0.8, y + 74), (x - rx * 0.3, y + 104), (x + rx * 0.3, y + 104), (x + rx * 0.8, y + 74), (x + rx, y)), **tone)
        s.put(oval(x, y, rx, 34), **tone)
    s.cut(blob((310, 796), (330, 752), (396, 732), (462, 752), (482, 796), (396, 822)))
    s.put(many(gouge([(330 + i * 30, 772 + s.rng.uniform(-16, 20)), (350 + i * 30, 768 + s.rng.uniform(-12, 16))], 5) for i in range(5)), k=0.3)
    s.put(oval(1046, 790, 96, 25), y=1, r=0.55)
    s.put(many(rect(1006 + i * 40, 780 + (i % 2) * 10, 22, 14) for i in range(3)), y=0.1)
    s.put(gouge([(980, 800), (1030, 794), (1100, 804)], 12), k=1)
    for x in (1010, 1072):
        s.cut(gouge([(x, 758), (x + 34, 716), (x - 10, 664), (x + 30, 612), (x + 6, 566)], 22))
    s.put(rod([(330, 968), (900, 986)], 10), k=1)
    s.put(rod([(330, 984), (900, 1000)], 10), k=1)
    s.put(turned(rect(1150, 330, 250, 290, 6), 4, 1275, 480), k=1)
    s.cut(turned(rect(1166, 346, 218, 258, 4), 4, 1275, 480))
    s.put(turned(many(gouge([(1186, 382 + i * 30), (1270, 378 + i * 30), (1190 + s.rng.uniform(90, 176), 382 + i * 30)], 5) for i in range(7)), 4, 1275, 480), k=0.9)
    s.put(turned(rect(1296, 560, 60, 26), 4, 1275, 480), r=1)
    return s


SCENES = [wall_window, clinic_drone, sea_cable, keel_sparks, keepers_breakfast]
