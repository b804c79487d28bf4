"""The town: container cranes, squid boats, a market, a bicycle, a cat, a branch and its wires."""
# fmt: off
# The formatter would set one number a line; an outline is read as a whole.

from __future__ import annotations

import math

import skia

from .press import BROWN, INK, NAVY, OCHRE, TEAL, VERMILION, Sheet
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
    ring,
    rod,
    smooth,
    standing,
    swell,
    turned,
    union,
)

WIDE = (1800, 1012)


def crane(h: float) -> object:
    """A ship-to-shore crane from the side, feet at 0,0, boom to the left."""
    legs = [rod([(-0.2 * h, 0), (-0.16 * h, -0.62 * h)], 0.032 * h), rod([(0.16 * h, 0), (0.13 * h, -0.62 * h)], 0.032 * h)]
    beams = [rod([(-0.19 * h, -0.2 * h), (0.15 * h, -0.2 * h)], 0.022 * h), rod([(-0.19 * h, -0.2 * h), (0.14 * h, -0.5 * h)], 0.014 * h),
             rod([(-0.8 * h, -0.62 * h), (0.5 * h, -0.62 * h)], 0.04 * h), rod([(-0.06 * h, -0.62 * h), (-0.02 * h, -0.98 * h), (0.06 * h, -0.62 * h)], 0.024 * h)]
    stays = [rod([(-0.02 * h, -0.97 * h), (x * h, -0.63 * h)], 0.009 * h) for x in (-0.76, -0.46, 0.46)]
    cab = [rect(-0.42 * h, -0.6 * h, 0.08 * h, 0.07 * h), rect(0.2 * h, -0.72 * h, 0.22 * h, 0.1 * h)]
    return union(*legs, *beams, *stays, *cab)


def container_port() -> Sheet:
    """Cranes at dusk; one box hangs between two countries."""
    s = Sheet("container-port", {"k": NAVY, "r": VERMILION, "y": OCHRE}, WIDE)
    s.fade(rect(0, 0, 1800, 760), (0, 0), (0, 700), [{"r": 1, "y": 0.9}, {"r": 0.55, "y": 1}, {"y": 1}, {"y": 0.4}], at=[0, 0.3, 0.65, 1])
    s.put(oval(470, 640, 120), r=1)
    for x, y, w in ((60, 90, 700), (1150, 150, 620), (560, 280, 380)):
        s.over(kumo(s.rng, x, y, w, 3, 22), r=1, k=0.2)
    s.put(hill(ridge(s.rng, -20, 1820, 660, 40), 760, False), k=0.4, r=1)
    for x, h in ((1010, 420), (1200, 430), (1390, 440)):
        s.put(placed(crane(h), x, 730), k=0.62, r=0.8)
    s.put(rect(-10, 716, 1820, 320), y=0.55)
    for i in range(20):
        y = 722 + i**1.3 * 6
        s.put(swell(lambda x, y=y, i=i: y + (2 + i * 0.6) * math.sin(x / (36 + 5 * i) + i * 2), -40, 1840, 5 + i * 0.8), k=0.9, r=0.6)
        s.put(gouge([(470 - 90 + 3 * i + s.rng.uniform(-20, 20), y + 8), (470, y + 6), (470 + 90 + s.rng.uniform(-20, 20), y + 9)], 6 + i * 0.4), r=1)
    hull = poly((620, 560), (1900, 500), (1900, 860), (800, 850), (700, 760))
    s.put(hull, k=1)
    s.put(both(hull, poly((600, 770), (1900, 770), (1900, 900), (600, 900))), r=1, k=0.3)
    s.cut(gouge([(640, 592), (1200, 560), (1860, 532)], 8, (1, 1)))
    colours = [{"r": 1}, {"y": 1}, {"k": 0.62}, {"k": 0.1}, {"r": 1, "k": 0.6}, {"y": 1, "k": 0.4}]
    for col in range(9):
        x = 760 + col * 128
        for row in range(s.rng.integers(2, 6)):
            y = 552 - (x - 620) * 0.047 - 62 * (row + 1)
            s.put(poly((x, y), (x + 122, y - 6), (x + 122, y + 51), (x, y + 57)), **colours[s.rng.integers(len(colours))])
            s.put(many(gouge([(x + 12 + i * 15, y + 4), (x + 12 + i * 15, y + 50)], 3.4, (1, 1)) for i in range(8)), k=0.8)
    big = placed(crane(1180), 330, 1120)
    s.put(big, k=1)
    s.put(placed(union(rect(0, 0, 1, 1), *(rod([(-0.8 * 1180 + i * 76, -0.62 * 1180 - 20), (-0.8 * 1180 + i * 76 + 38, -0.62 * 1180 + 22)], 7) for i in range(20))), 330, 1120), y=1)
    s.put(many([rod([(700, 420), (690, 560)], 4), rod([(800, 420), (820, 560)], 4)]), k=1)
    s.put(rod([(330 + 400, 388), (330 + 420, 388)], 30), k=1)
    with s.turned(-5, 755, 600):
        s.put(rect(650, 560, 220, 96), r=1)
        s.over(rect(790, 560, 80, 96), k=0.6)
        s.cut(many(gouge([(664 + i * 18, 568), (664 + i * 18, 648)], 4, (1, 1)) for i in range(7)))
    s.put(poly((-20, 960), (1820, 930), (1820, 1030), (-20, 1030)), k=1)
    angler = union(placed(standing(180), 0, 0), rod([(20, -130), (70, -110), (300, -240)], 7))
    s.put(placed(angler, 1010, 950), k=1)
    s.put(rod([(1310, 712), (1316, 860)], 2.5), k=1)
    s.put(rect(946, 912, 36, 38), y=1)
    return s


def squid_boats() -> Sheet:
    """Squid boats leave before four; their lamps make a second town."""
    s = Sheet("squid-boats", {"k": "#152548", "y": OCHRE, "b": TEAL})
    s.fade(rect(0, 0, 1800, 1200), (0, 0), (0, 640), [{"k": 1, "b": 0.3}, {"k": 0.9, "b": 1}, {"b": 1, "k": 0.2}])
    s.cut(flakes(s.rng, 60, 1800, 330, (1.4, 3.6)))
    s.put(hill(ridge(s.rng, -20, 1820, 470, 150, 0.5), 700, False), k=0.85, b=1)
    for _ in range(46):
        x = s.rng.uniform(0, 1800)
        s.put(rect(x, s.rng.uniform(560, 610), 9, 10), y=1)
    s.put(rect(-10, 616, 1820, 600), k=1, b=1)
    for i in range(22):
        y, amp = 628 + i**1.38 * 7, 1.6 + i * 0.8
        s.put(swell(lambda x, y=y, a=amp, i=i: y + a * math.sin(x / (40 + 6 * i) + i), -40, 1840, 4 + i * 0.7), b=1, k=0.25)
    for x, y, k in ((330, 668, 0.5), (640, 650, 0.36), (1150, 700, 0.85)):
        halo = oval(x, y - 150 * k, 560 * k)
        s.glow(halo, (x, y - 150 * k), 560 * k, [{"k": 0.0, "y": 1, "b": 0.7}, {"k": 0.45, "y": 1, "b": 1}, {"k": 1, "y": 1, "b": 1}], mode="cut", at=[0, 0.4, 1])
        s.glow(halo, (x, y - 150 * k), 400 * k, [{"y": 0.85}, {"y": 0.3}, {}], mode="over")
        hull = blob((-270, -40), (-150, -20), (120, -24), (300, -96), (250, 20), (160, 56), (-230, 50))
        house = union(rect(-190, -150, 150, 130, 8), rect(-160, -210, 90, 70, 8), rod([(110, -40), (110, -290)], 10), rod([(-210, -60), (-210, -270)], 8))
        s.put(placed(union(hull, house), x, y, k), k=1)
        s.put(placed(rod([(-210, -190), (110, -210), (270, -170)], 6), x, y, k), k=1)
        s.cut(placed(many(oval(-196 + i * 42, -176 - 6 * math.sin(i), 19, 24) for i in range(11)), x, y, k))
        s.put(placed(many(oval(-196 + i * 42, -176 - 6 * math.sin(i), 8, 10) for i in range(11)), x, y, k), y=1)
        s.put(placed(rect(-150, -190, 70, 34), x, y, k), y=1)
        s.cut(placed(gouge([(-250, 10), (0, 14), (270, -40)], 12), x, y, k))
        for i in range(14):
            yy = y + 70 * k + i * 24 * k
            s.put(gouge([(x - 200 * k + s.rng.uniform(-60, 60), yy), (x, yy + 3), (x + 200 * k + s.rng.uniform(-60, 60), yy)], 13 * k), y=1)
    quay = poly((-20, 1000), (640, 1040), (1020, 1240), (-20, 1240))
    s.put(quay, k=1)
    s.cut(gouge([(-20, 1000), (330, 1018), (640, 1040), (840, 1140), (1020, 1240)], 9, (1, 1), bend=False))
    bollard = union(blob((150, 1110), (170, 860), (120, 820), (130, 750), (290, 720), (450, 750), (460, 820), (410, 860), (430, 1110)), oval(290, 1110, 170, 46))
    s.put(bollard, k=1)
    s.cut(both(bollard, gouge([(178, 1090), (200, 880), (150, 810), (170, 764), (280, 736)], 15)))
    s.put(both(bollard, gouge([(410, 1090), (392, 870), (440, 810), (436, 764)], 17)), y=1)
    for i in range(3):
        rope = [(1840, 640 + 60 * i), (1240, 900 + 30 * i), (700, 960 + 26 * i), (430, 930 + 34 * i), (290, 960 + 34 * i), (160, 930 + 34 * i)]
        if i == 0:
            s.put(rod(rope, 44, True), k=1)
            s.cut(rod(rope, 32, True))
            run = smooth(rope, 16)
            s.put(many(gouge([(a[0] - 12, a[1] - 15), (a[0] + 12, a[1] + 15)], 6) for a in run[::2]), k=1)
        else:
            s.cut(rod(rope[3:], 32, True))
            s.put(many(gouge([(a[0] - 10, a[1] - 14), (a[0] + 12, a[1] + 14)], 6) for a in smooth(rope[3:], 8)[::1]), k=1)
    gull = union(blob((540, 1010), (600, 950), (690, 950), (740, 990), (680, 1020), (600, 1036)), oval(556, 950, 38, 34), poly((526, 944), (484, 962), (528, 962)), poly((700, 960), (800, 990), (720, 1004)))
    s.cut(gull)
    s.put(blob((610, 970), (690, 958), (780, 986), (680, 1010)), k=0.5)
    s.put(union(oval(546, 944, 6), rod([(620, 1030), (620, 1066)], 6), rod([(650, 1030), (652, 1066)], 6)), k=1)
    s.put(poly((526, 948), (484, 962), (528, 962)), y=1)
    return s


def market() -> Sheet:
    """The covered market at seven: fish, radishes, one bargaining hand."""
    s = Sheet("market", {"k": INK, "r": VERMILION, "g": TEAL})
    s.put(rect(0, 0, 1800, 1200), k=1)
    s.put(poly((640, 300), (1160, 300), (1240, 760), (560, 760)), g=0.12)
    for i, (y, w, tone) in enumerate(((250, 1900, "r"), (330, 1300, "g"), (392, 860, "r"))):
        for side in (-1, 1):
            for j in range(8):
                xa, xb = 900 + side * (240 - i * 60 + j * w / 18), 900 + side * (240 - i * 60 + (j + 1) * w / 18)
                s.put(poly((xa, y), (xb, y - 12 + i * 4), (xb + side * 24, y + 130 - i * 34), (xa + side * 20, y + 138 - i * 34)), **({tone: 1} if j % 2 else {"k": 0.03}))
                s.put(oval((xa + xb) / 2 + side * 22, y + 134 - i * 34, abs(xb - xa) / 2, 24 - i * 5), **({tone: 1} if j % 2 else {"k": 0.03}))
    s.cut(poly((700, -20), (1100, -20), (980, 290), (820, 290)))
    s.put(many(gouge([(900 + (x - 900) * 0.36, 290), (x, -20)], 12, (0.5, 1)) for x in range(-300, 2200, 130)), g=0.8, k=0.6)
    s.put(many(rod([(240, y), (1560, y)], 7) for y in (40, 130)), g=0.6, k=0.7)
    for x, y, r in ((330, 470, 40), (610, 440, 30), (760, 425, 20), (1050, 425, 20), (1210, 440, 30), (1480, 470, 40)):
        s.put(rod([(x, 130), (x, y - r)], 4), k=1, g=1)
        s.cut(oval(x, y, r))
        s.cut(many(turned(rect(x - 3, y - r * 1.9, 6, r * 0.6), a, x, y) for a in range(0, 360, 45)))
        s.put(oval(x, y, r * 0.5), r=0.5)
    for x, h in ((840, 200), (930, 230), (1000, 180), (780, 260), (1060, 290)):
        s.put(placed(standing(h, 0, 0.42), x, 770), k=1)
    s.put(poly((560, 760), (1240, 760), (1900, 1260), (-100, 1260)), g=0.5, k=0.75)
    floor = poly((560, 766), (1240, 766), (1900, 1260), (-100, 1260))
    s.put(both(floor, hatch(s.rng, (500, 780, 800, 300), 26, 6, 0, (40, 200), 0.4)), g=0.3)
    left = poly((-40, 700), (560, 700), (640, 800), (360, 1260), (-40, 1260))
    s.put(left, g=1)
    s.put(both(left, hatch(s.rng, (-40, 800, 700, 460), 34, 7, -60, (60, 200), 0.6)), k=1, g=1)
    s.cut(poly((-40, 660), (580, 690), (640, 800), (500, 980), (-40, 1010)))
    for _ in range(160):
        x, y = s.rng.uniform(-20, 560), s.rng.uniform(690, 970)
        s.put(turned(poly((x, y), (x + 22, y + 5), (x + 12, y + 22)), s.rng.uniform(0, 360), x, y), g=0.7)
    for i, (x, y, k, turn) in enumerate(((110, 760, 1.0, 8), (330, 770, 0.9, 2), (130, 880, 1.15, 6), (400, 880, 1.0, -4))):
        fish = blob((-150, 0), (-90, -46), (10, -56), (100, -26), (150, 0), (100, 28), (10, 52), (-90, 42))
        tail = poly((130, 0), (206, -52), (186, 0), (206, 52))
        whole = turned(placed(union(fish, tail), x, y, k), turn, x, y)
        s.put(placed(whole, 6, 10), k=1)
        s.put(whole, **({"r": 1} if i in {0, 3} else {"g": 0.8, "k": 0.35}))
        with s.turned(turn, x, y):
            s.cut(placed(blob((-140, 8), (-60, 34), (60, 32), (130, 6), (60, 46), (-70, 44)), x, y, k))
            s.cut(placed(many(gouge([(-40 + a * 26, -30 + b * 18), (-30 + a * 26, -22 + b * 18), (-40 + a * 26, -14 + b * 18)], 5) for a in range(6) for b in range(2)), x, y, k))
            s.cut(placed(oval(-106, -8, 14), x, y, k))
            s.put(placed(union(oval(-106, -8, 7), gouge([(-66, -34), (-54, 0), (-70, 34)], 7)), x, y, k), k=1)
    s.cut(poly((300, 610), (440, 600), (452, 700), (312, 708)))
    s.put(many([rod([(330, 640), (420, 632)], 9), rod([(334, 670), (400, 664)], 9)]), r=1)
    right = poly((1240, 800), (1860, 690), (1860, 1260), (1480, 1260))
    s.put(right, r=1, k=0.2)
    for row in range(4):
        for i in range(9):
            x, y = 1330 + i * 70 + row * 34, 800 + row * 92 - i * 9
            s.put(turned(union(blob((x, y - 16), (x + 34, y + 20), (x + 8, y + 110), (x - 6, y + 110), (x - 34, y + 20))), s.rng.uniform(-14, 14), x, y), k=0.02)
            s.put(gouge([(x + 16, y + 10), (x + 14, y + 60), (x + 4, y + 100)], 8), k=0.7)
            s.put(many(turned(blob((x, y), (x - 20, y - 50), (x, y - 92), (x + 20, y - 50)), a, x, y) for a in (-32, 0, 32)), g=1, k=0.15)
    thief = union(
        blob((0, 0), (60, -46), (200, -52), (300, -40), (330, 10), (280, 40), (60, 44), (10, 30)), oval(-30, -50, 62, 54), poly((-80, -76), (-86, -146), (-36, -100)),
        poly((-30, -100), (10, -146), (22, -76)), rod([(30, 30), (-20, 120), (-44, 124)], 30), rod([(80, 30), (96, 124), (74, 126)], 28), rod([(250, 30), (230, 122), (206, 126)], 28),
        rod([(290, 10), (330, 70), (322, 124), (298, 126)], 30), gouge([(310, -10), (400, -60), (380, -160), (440, -200)], 40, (0.9, 0.3)),
    )
    s.cut(placed(thief, 786, 1044, 1.12))
    s.put(placed(thief, 792, 1048, 1.04), k=1)
    s.cut(placed(many([oval(-54, -58, 7, 11), oval(-18, -58, 7, 11), gouge([(120, -40), (140, 0), (130, 30)], 9), gouge([(170, -44), (190, -4), (180, 26)], 9), gouge([(220, -40), (238, 0), (230, 26)], 9)]), 792, 1048, 1.04))
    caught = union(blob((-150, 0), (-90, -40), (10, -50), (100, -24), (150, 0), (100, 26), (10, 46), (-90, 38)), poly((130, 0), (200, -50), (184, 0), (200, 50)))
    s.put(placed(turned(caught, 14, 0, 0), 726, 1032, 0.86), r=1)
    s.cut(placed(turned(oval(-100, -8, 13), 14, 0, 0), 726, 1032, 0.86))
    return s


def bicycle_wall() -> Sheet:
    """Ten in the morning: the bicycle is parked, its shadow has already left."""
    s = Sheet("bicycle-wall", {"k": BROWN, "y": OCHRE, "b": TEAL})
    s.put(rect(0, 0, 1800, 900), y=0.9)
    for row in range(9):
        for col in range(16):
            x, y = col * 128 - (row % 2) * 64 - 30, row * 96 - 8
            s.put(rect(x, y, 122, 90, 4), y=1, k=0.06 + 0.2 * (s.rng.random() < 0.18))
    s.put(poly((-20, -20), (760, -20), (250, 900), (-20, 900)), y=1, k=0.7)
    s.put(poly((-20, 860), (1820, 860), (1820, 1220), (-20, 1220)), y=0.3)
    s.put(poly((-20, 860), (272, 860), (60, 1220), (-20, 1220)), y=0.6, k=0.75)
    s.put(rect(-20, 846, 1840, 26), k=1)

    def bike(flat: bool) -> list:
        a, b, bb, seat, headset = (-330, 0), (330, 0), (-40, 10), (-110, -250), (230, -270)
        rims = [ring(*p, 205, 20) for p in (a, b)]
        spokes = [rod([(p[0] + 190 * math.cos(t), p[1] + 190 * math.sin(t)), p], 3.4) for p in (a, b) for t in [i * math.pi / 8 for i in range(16)]]
        frame = [rod([seat, bb], 17), rod([bb, headset], 19), rod([(-98, -214), headset], 15), rod([a, (-92, -200)], 12), rod([a, bb], 13), rod([(214, -330), (236, -250), (270, -120), b], 15)]
        top = [rod([seat, (-122, -306)], 13), blob((-200, -318), (-120, -336), (-50, -318), (-60, -300), (-130, -294), (-204, -296)), rod([(214, -330), (206, -372), (270, -392), (320, -360)], 14, True)]
        crank = [ring(*bb, 50, 11), rod([bb, (0, 90)], 11), rect(-24, 84, 60, 16, 6), rod([(-330, -208), (-470, -170), (-520, -60)], 9, True)]
        basket = [minus(poly((250, -350), (450, -350), (420, -190), (280, -190)), *(rect(270 + i * 34, -336, 22, 130) for i in range(5)))]
        return [*rims, *spokes, *frame, *top, *crank, *([] if flat else basket)] + basket * flat



    m = skia.Matrix()
    m.setAll(1, -0.62, 1130, 0, 0.9, 690, 0, 0, 1)
    with s.clip(rect(-20, -20, 1840, 872)):
        for part in bike(True):
            part.transform(m)
            s.over(part, k=0.75, y=1)
    for part in bike(False):
        s.put(placed(part, 860, 800, 1.3), b=1, k=0.75)
    for p in ((-330, 0), (330, 0)):
        s.put(placed(ring(*p, 212, 24), 860, 800, 1.3), k=1)
    s.put(placed(many([rod([(-40, 10), (230, -270)], 19), rod([(-98, -214), (230, -270)], 15), rod([(-110, -250), (-40, 10)], 17)]), 860, 800, 1.3), b=1)
    leeks = [gouge([(1300 + i * 34, 560), (1320 + i * 40, 330), (1290 + i * 66, 170 + 30 * (i % 2))], 32, (0.9, 0.2)) for i in range(5)]
    s.put(many(leeks), b=1, y=0.6)
    s.cut(many(gouge([(1300 + i * 34, 560), (1316 + i * 38, 400)], 34, (0.9, 0.9)) for i in range(5)))
    s.put(placed(minus(poly((250, -350), (450, -350), (420, -190), (280, -190)), *(rect(270 + i * 34, -336, 22, 130) for i in range(5))), 860, 800, 1.3), k=1)
    s.put(union(rect(330, -10, 30, 880), rect(318, 300, 54, 24), rect(318, 640, 54, 24)), k=1)
    s.put(rect(336, -10, 7, 880), y=1)
    cat = union(oval(150, 1052, 88, 60), oval(232, 1008, 46, 42), poly((196, 990), (196, 944), (232, 976)), poly((240, 974), (272, 944), (272, 992)), gouge([(70, 1070), (10, 1080), (-10, 1030), (20, 1000)], 25, (0.8, 0.5)), rect(100, 1080, 150, 30, 14))
    s.put(cat, k=1)
    s.put(many([oval(220, 1004, 5, 7), oval(246, 1004, 5, 7)]), y=1)
    s.put(both(rect(300, 880, 1500, 320), hatch(s.rng, (400, 900, 1400, 280), 40, 5, -1, (60, 260), 0.3)), y=1, k=0.4)
    s.put(many([oval(220, 1004, 7, 10), oval(248, 1004, 7, 10)]), y=0.3)
    return s


SCENES = [container_port, squid_boats, market, bicycle_wall]
