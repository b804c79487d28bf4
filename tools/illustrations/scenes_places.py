"""Places: a platform, a shrine path, hot springs, a volcano, a lake mountain."""
# fmt: off
# The formatter would set one number a line; an outline is read as a whole.

from __future__ import annotations

import math

from .press import INK, NAVY, OCHRE, PINE, SKY, TEAL, VERMILION, Sheet
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
    ring,
    rod,
    smooth,
    standing,
    swell,
    turned,
    union,
)


def rural_platform() -> Sheet:
    """One car, one bench, one passenger; sunflowers wait for nobody."""
    s = Sheet("rural-platform", {"k": PINE, "y": OCHRE, "r": VERMILION})
    s.put(rect(0, 0, 1800, 760), k=0.12)
    for x, y, w in ((120, 90, 620), (980, 60, 700), (620, 230, 420)):
        s.cut(kumo(s.rng, x, y, w, 4, 34))
    s.put(hill(ridge(s.rng, -20, 1820, 390, 120, 0.5), 900, False), k=0.6)
    near = hill(ridge(s.rng, -20, 1820, 510, 60, 0.5), 900, False)
    s.put(near, k=1)
    s.cut(both(near, hatch(s.rng, (0, 430, 1800, 200), 26, 6, 76, (20, 70), 0.5)))
    s.put(rect(0, 610, 1800, 600), y=1)
    for i in range(34):
        x = -900 + i * 108
        s.put(gouge([(900 + (x - 900) * 0.25, 612), (x, 900)], 20, (0.1, 1)), k=0.75, y=1)
    s.put(rect(-10, 812, 1820, 50), k=1, y=1)
    s.put(many(rect(x, 790, 40, 34) for x in range(-20, 1820, 84)), k=1, r=0.5)
    s.put(rect(-10, 786, 1820, 12), k=1)
    car = rect(-120, 372, 1010, 380, 26)
    s.put(car, y=0.12)
    s.put(both(car, rect(-120, 590, 1010, 170)), r=1)
    s.put(both(car, rect(-120, 372, 1010, 42)), r=1)
    for i in range(6):
        x = -70 + i * 152
        if i in (2, 5):
            s.put(rect(x + 10, 446, 84, 290, 6), k=0.4, r=1)
            s.put(rect(x + 22, 462, 60, 110), k=0.85)
        else:
            s.put(rect(x, 452, 124, 118, 12), k=0.85)
            s.cut(gouge([(x + 24, 550), (x + 80, 468)], 9))
    s.put(both(placed(standing(150), 180, 620), rect(80, 452, 124, 118)), r=0.0, k=1, y=1)
    s.put(rect(-120, 740, 990, 44), k=1, r=0.6)
    s.put(many(oval(x, 782, 34) for x in (20, 130, 620, 740)), k=1, r=1)
    s.put(poly((-20, 900), (1820, 862), (1820, 1220), (-20, 1220)), k=0.14)
    s.put(poly((-20, 900), (1820, 862), (1820, 884), (-20, 926)), k=0.0, r=0.0)
    s.put(many(poly((x, 952 - x * 0.021), (x + 76, 950 - x * 0.021), (x + 72, 974 - x * 0.021), (x - 4, 976 - x * 0.021)) for x in range(-20, 1820, 104)), y=1)
    s.put(poly((-20, 902), (1820, 864), (1820, 874), (-20, 914)), k=1)
    # A tin roof on two posts cuts the sky; its shadow lies on the platform.
    s.put(poly((930, 1220), (1240, 1010), (1820, 1000), (1820, 1220)), k=0.75)
    s.put(poly((880, 150), (1900, 60), (1900, 190), (940, 232)), k=1, r=1)
    s.put(many(gouge([(930 + i * 58, 150 - i * 5), (966 + i * 58, 226 - i * 2.6)], 7, (1, 1)) for i in range(17)), r=1)
    for x in (1080, 1700):
        s.put(rect(x, 190, 34, 860), k=1, r=1)
        s.put(gouge([(x - 90, 216), (x + 10, 330)], 22, (1, 1)), k=1, r=1)
    s.cut(oval(1330, 330, 78))
    s.put(ring(1330, 330, 78, 13), k=1, r=1)
    s.put(union(rod([(1330, 330), (1330, 276)], 9), rod([(1330, 330), (1370, 352)], 9), rod([(1330, 254), (1330, 200)], 12)), k=1, r=1)
    s.cut(rect(1180, 560, 380, 120, 4))
    s.put(minus(rect(1180, 560, 380, 120), rect(1190, 570, 360, 100)), k=1)
    s.put(rect(1190, 628, 360, 22), k=1)
    s.put(rect(1340, 628, 60, 22), r=1)
    s.put(many([rect(1250, 590, 240, 16, 8)]), k=1)
    s.put(union(rect(1210, 676, 16, 380), rect(1514, 676, 16, 380)), k=1)
    s.put(union(rect(1240, 940, 420, 30), rect(1270, 960, 24, 100), rect(1600, 960, 24, 100), rect(1240, 860, 420, 22)), k=1, r=1)
    girl = union(oval(1450, 726, 42, 46), blob((1400, 776), (1500, 776), (1530, 880), (1510, 960), (1560, 968), (1580, 1060), (1546, 1070), (1500, 1000), (1380, 980), (1376, 860)))
    s.put(girl, k=1)
    s.put(blob((1376, 716), (1420, 680), (1480, 680), (1530, 714), (1540, 726), (1370, 730)), y=0.3)
    s.put(both(girl, rect(1380, 790, 150, 180)), r=1, k=0.15)
    s.put(rect(1320, 884, 60, 62, 8), y=1)
    for x, y, r in ((70, 800, 110), (260, 930, 86), (-10, 1060, 96), (420, 1070, 66)):
        s.put(gouge([(x + 20, 1260), (x - 10, y + 180), (x, y)], 24, (1, 1)), k=1)
        s.put(many([blob((x, y + 200), (x + 90, y + 130), (x + 160, y + 190), (x + 80, y + 240))]), k=1)
        s.put(many(turned(blob((x, y - r * 0.5), (x + r * 0.2, y - r * 0.9), (x, y - r * 1.3), (x - r * 0.2, y - r * 0.9)), a, x, y) for a in range(0, 360, 20)), y=1, r=0.3)
        s.put(oval(x, y, r * 0.62), k=1, r=1)
        s.cut(many(oval(x + s.rng.normal(0, r * 0.22), y + s.rng.normal(0, r * 0.22), 5) for _ in range(26)), "k")
    return s


def shrine_path() -> Sheet:
    """Cedars older than the road; somebody has hung a red umbrella on the gate."""
    s = Sheet("shrine-path", {"k": "#173a33", "y": OCHRE, "r": VERMILION})
    s.fade(rect(0, 0, 1800, 1200), (900, 200), (900, 1000), [{"y": 0.12}, {"y": 0.5}])
    for i in range(16):
        x = s.rng.uniform(300, 1500)
        w = s.rng.uniform(16, 44)
        s.put(poly((x, -20), (x + w, -20), (x + w + 8, 760), (x - 8, 760)), k=0.16 + 0.1 * (i % 3))
    s.put(blob((-100, 1300), (-100, 700), (300, 720), (620, 690), (900, 680), (1180, 690), (1500, 710), (1900, 690), (1900, 1300)), k=0.55, y=1)
    for a in (0.62, 0.74, 0.83, 0.95):
        s.cut(poly((1500, -60), (1500 - 1700 * a, 1260), (1500 - 1700 * a + 84, 1260), (1530, -60)), "k")
    path = poly((800, 640), (1000, 640), (1420, 1260), (380, 1260))
    s.put(path, y=0.35)
    for i in range(12):
        t = (i / 11) ** 1.7
        y, half = 650 + 560 * t, 104 + 430 * t
        s.put(gouge([(900 - half, y + 4), (900 - half * 0.3, y), (900 + half, y + 6)], 8 + 20 * t, (0.6, 0.6)), k=1)
        s.put(gouge([(900 - half, y + 16 + 20 * t), (900 + half, y + 18 + 20 * t)], 6 + 10 * t), k=0.5, y=1)
    gate = union(rect(716, 330, 34, 370), rect(1050, 330, 34, 370), rect(690, 410, 420, 28), rect(884, 350, 32, 60),
                 poly((630, 300), (1170, 300), (1150, 346), (650, 346)), poly((610, 262), (900, 282), (1190, 262), (1176, 306), (624, 306)))
    s.put(placed(gate, 7, 8), k=1)
    s.put(gate, r=1)
    s.over(union(poly((610, 262), (900, 282), (1190, 262), (1186, 282), (900, 300), (614, 282)), rect(716, 640, 34, 60), rect(1050, 640, 34, 60)), k=1)
    s.put(placed(standing(104, 0, 0.4), 880, 690), k=1)
    s.put(placed(standing(70, 0, 0.42), 930, 694), k=1)
    s.put(union(poly((1104, 470), (1128, 470), (1142, 640), (1116, 676), (1090, 640)), rod([(1116, 470), (1116, 440), (1098, 430)], 6)), y=1, r=1)
    for x in (560, 1230):
        k = 1.25 if x > 900 else 1.0
        lantern = union(rect(-22, -200, 44, 150), rect(-52, -60, 104, 60, 6), poly((-70, -200), (70, -200), (50, -226), (-50, -226)), rect(-44, -300, 88, 80), poly((-92, -300), (92, -300), (40, -352), (-40, -352)), oval(0, -366, 18))
        s.put(placed(lantern, x, 860, k), k=1)
        s.put(placed(rect(-20, -286, 40, 52), x, 860, k), y=1)
    trunks = ((-120, 420, 1), (370, 170, 0), (1330, 190, 0), (1500, 480, 1), (220, 110, 0))
    for x, w, near in sorted(trunks, key=lambda t: t[1]):
        bark = poly(*smooth([(x + 24, -40), (x + 10, 500), (x - 10, 900), (x - 90 - w * 0.2, 1260)]), *smooth([(x + w + 110 + w * 0.2, 1260), (x + w + 16, 900), (x + w, 500), (x + w - 20, -40)]))
        s.put(bark, k=1)
        with s.clip(bark):
            for i in range(int(w / 17)):
                bx = x + 20 + i * 17
                y0 = s.rng.uniform(-200, 300)
                while y0 < 1200:
                    run = s.rng.uniform(120, 420)
                    s.cut(gouge([(bx, y0), (bx + s.rng.uniform(-8, 8), y0 + run / 2), (bx + s.rng.uniform(-10, 10), y0 + run)], s.rng.uniform(4, 9)), "k")
                    y0 += run + s.rng.uniform(40, 200)
            edge = poly((x + w * 0.72, -40), (x + w * 1.6, -40), (x + w * 1.6, 1260), (x + w * 0.82, 1260))
            if near:
                s.over(both(bark, edge), y=0.9)
    rope = [(1470, 640), (1700, 690), (1860, 670)]
    s.cut(gouge(rope, 50, (1, 1)))
    s.put(many(gouge([(1480 + i * 34, 626 + i * 4), (1504 + i * 34, 690)], 9) for i in range(11)), k=1)
    for x in (1560, 1700):
        s.cut(poly((x, 700), (x + 46, 700), (x + 66, 760), (x + 30, 760), (x + 52, 830), (x + 10, 830), (x + 30, 764), (x, 764)))
    for _ in range(120):
        x, y = s.rng.choice([s.rng.uniform(-20, 420), s.rng.uniform(1380, 1820)]), s.rng.uniform(1040, 1210)
        s.put(gouge([(x, y + 40), (x + s.rng.uniform(-14, 14), y), (x + s.rng.uniform(-50, 50), y - 46)], 10, (1, 0)), k=1, y=1)
    return s


def onsen_steam() -> Sheet:
    """Dawn in a bath town: every roof smokes, one bather has the snow to herself."""
    s = Sheet("onsen-steam", {"k": NAVY, "r": VERMILION, "b": SKY})
    s.put(rect(0, 0, 1800, 1200), b=0.55)
    s.put(hill(ridge(s.rng, -20, 1820, 240, 160, 0.5), 900, False), b=1)
    near = hill(ridge(s.rng, -20, 1820, 380, 110, 0.52), 900, False)
    s.put(near, b=1, k=0.6)
    for i in range(50):
        x = i * 38 - 20
        s.put(placed(pine(s.rng.uniform(70, 130), s.rng), x, 520 + 30 * math.sin(i)), k=1, b=1)
    roofs = ((-60, 560, 520), (330, 500, 380), (640, 560, 460), (1010, 490, 400), (1330, 550, 560))
    for x, y, w in roofs:
        s.put(rect(x + 40, y + 70, w - 80, 330), k=1, r=0.25)
        s.cut(poly((x - 20, y + 96), (x + w * 0.16, y - 20), (x + w * 0.84, y - 20), (x + w + 20, y + 96)))
        s.put(poly((x - 20, y + 96), (x + w + 20, y + 96), (x + w, y + 118), (x, y + 118)), k=1)
        s.put(both(poly((x + w * 0.5, y - 20), (x + w * 0.84, y - 20), (x + w + 20, y + 96), (x + w * 0.56, y + 96)), hatch(s.rng, (x, y - 20, w + 40, 130), 15, 6, 62, (60, 160), 0.9)), k=0.8)
        for i in range(int(w / 70) - 1):
            s.put(rect(x + 60 + i * 66, y + 150, 44, 56), r=1 if (i + x) % 3 else 0.5, k=0.0 if (i + x) % 3 else 1)
            s.put(rect(x + 80 + i * 66, y + 150, 4, 56), k=1)
    bank = blob((-100, 1300), (-100, 760), (160, 740), (420, 800), (700, 770), (980, 800), (1300, 760), (1600, 800), (1900, 760), (1900, 1300))
    s.cut(bank)
    pool = blob((200, 1300), (240, 1010), (420, 890), (720, 850), (1060, 850), (1400, 880), (1640, 960), (1900, 1000), (1900, 1300))
    s.put(placed(pool, -10, -22), k=1)
    s.put(pool, b=1, k=0.12)
    with s.clip(pool):
        for i in range(18):
            y = 900 + i * 20
            s.cut(swell(lambda x, y=y, i=i: y + 7 * math.sin(x / 60 + i), s.rng.uniform(0, 900), s.rng.uniform(1000, 1900), 6 + 0.3 * i, 30))
        for r in (430, 330, 250):
            s.put(ring(940, 1120, r, 9), k=0.8, b=1)
    for x, y, r in ((300, 1010, 130), (480, 900, 90), (680, 850, 84), (1300, 862, 96), (1480, 910, 120), (1690, 970, 140), (160, 1150, 170)):
        rock = turned(blob((x - r, y + r * 0.3), (x - r * 0.7, y - r * 0.4), (x, y - r * 0.62), (x + r * 0.8, y - r * 0.3), (x + r, y + r * 0.35), (x, y + r * 0.6)), s.rng.uniform(-8, 8), x, y)
        s.put(rock, k=1)
        s.cut(both(rock, placed(rock, -r * 0.1, -r * 0.55)))
        s.cut(both(rock, hatch(s.rng, (x - r, y - r, 2 * r, 2 * r), 22, 5, 40, (20, 70), 0.4)))
    s.put(blob((700, 1300), (720, 1190), (830, 1110), (900, 1090), (910, 1010), (990, 1010), (1000, 1090), (1070, 1110), (1180, 1190), (1200, 1300)), r=0.42)
    s.over(blob((960, 1010), (1000, 1010), (1004, 1090), (1070, 1110), (1180, 1190), (1200, 1300), (1010, 1300), (1000, 1140)), r=0.9)
    s.put(union(oval(950, 950, 100, 112), oval(950, 836, 60, 50)), k=1)
    s.cut(many(gouge([(880 + i * 24, 1010), (894 + i * 18, 930), (940 + i * 4, 860)], 6) for i in range(7)))
    s.cut(blob((850, 800), (940, 770), (1050, 790), (1060, 840), (950, 850), (846, 842)))
    s.put(many(rect(876 + i * 50, 778, 13, 70) for i in range(4)), r=1)
    s.put(turned(rect(1330, 1010, 210, 30, 10), -4, 1400, 1020), k=1)
    s.put(union(rect(1376, 950, 34, 60, 8), rect(1384, 930, 18, 26)), r=1)
    s.cut(oval(1470, 992, 26, 18))
    for x, y, w, h in ((120, 540, 60, 520), (500, 490, 50, 480), (880, 540, 64, 560), (1230, 470, 50, 460), (1640, 540, 70, 560)):
        for d in range(2):
            x0, dx = x + d * 46, s.rng.uniform(40, 90)
            s.cut(gouge([(x0, y), (x0 + dx, y - h * 0.22), (x0 - dx * 0.4, y - h * 0.5), (x0 + dx, y - h * 0.76), (x0 + dx * 0.3, y - h)], w * (1 - 0.4 * d)))
    s.cut(flakes(s.rng, 180, 1800, 1200, (3, 9)))
    return s


def volcano() -> Sheet:
    """The mountain clears its throat; the ferry keeps to the timetable."""
    s = Sheet("volcano", {"k": INK, "r": VERMILION, "b": TEAL})
    s.put(rect(0, 0, 1800, 1200), b=0.18)
    plume = union(*(oval(x, y, r, r * 0.86) for x, y, r in (
        (1060, 372, 50), (1040, 310, 74), (1000, 240, 96), (1080, 230, 84), (930, 160, 120), (1060, 120, 130), (820, 90, 130),
        (960, 30, 150), (690, 40, 120), (1180, 40, 120), (560, 90, 92), (450, 60, 84), (340, 100, 66), (230, 70, 74), (100, 110, 66), (-10, 70, 90))))
    s.put(plume, k=1)
    curls = []
    for x, y, r in ((1040, 310, 60), (1000, 240, 80), (1080, 226, 66), (930, 160, 100), (1060, 120, 108), (820, 100, 104), (960, 50, 110), (690, 60, 96), (1180, 60, 96), (560, 90, 76), (450, 76, 66), (340, 100, 52), (230, 80, 58), (100, 110, 50)):
        for q in (1.0, 0.66, 0.36):
            a0 = s.rng.uniform(2.4, 3.6)
            curls.append(gouge([(x + r * q * math.cos(a0 + b), y + r * 0.86 * q * math.sin(a0 + b)) for b in (0, 0.6, 1.2, 1.8, 2.4)], 9))
    s.cut(both(plume, many(curls)))
    cone = poly(*smooth([(-60, 800), (320, 720), (640, 600), (850, 470), (960, 392)]), (1010, 408), (1060, 388), (1120, 402), *smooth([(1160, 384), (1290, 500), (1500, 630), (1900, 770)]), (1900, 860), (-60, 860))
    s.put(cone, k=0.0, b=1)
    s.put(both(cone, poly((1060, 380), (1180, 380), (1900, 760), (1900, 870), (1180, 870), (1240, 700), (1120, 600))), b=1, k=0.85)
    with s.clip(cone):
        for i in range(30):
            t = i / 29
            top = (970 + 190 * t, 404 + 6 * math.sin(i))
            foot = (-100 + 1900 * t, 860)
            mid = (top[0] * 0.55 + foot[0] * 0.45 + s.rng.uniform(-30, 30), 590 + s.rng.uniform(-30, 30))
            s.cut(gouge([(top[0] * 0.8 + mid[0] * 0.2, 450 + s.rng.uniform(0, 90)), mid, (foot[0] * 0.7 + mid[0] * 0.3, 740)], s.rng.uniform(5, 14)))
        lava = gouge([(1058, 388), (1046, 440), (1080, 490), (1060, 550), (1100, 620)], 26, (1, 0))
        s.put(lava, r=1)
    s.put(oval(1066, 396, 74, 14), r=1)
    s.put(many(oval(1066 + s.rng.normal(0, 70), 330 + s.rng.normal(0, 60), s.rng.uniform(3, 8)) for _ in range(46)), r=1)
    s.put(rect(-10, 800, 1820, 420), b=1)
    s.put(hill(ridge(s.rng, -20, 760, 790, 20), 830, False), k=1, b=1)
    for i in range(21):
        y, amp = 812 + i**1.35 * 7, 2 + i * 0.7
        s.put(swell(lambda x, y=y, a=amp, i=i: y + a * math.sin(x / (40 + 6 * i) + i * 1.9), -40, 1840, 4 + i * 0.8), b=1, k=0.85)
        if i % 2:
            s.cut(swell(lambda x, y=y, a=amp, i=i: y + 12 + a * math.sin(x / (40 + 6 * i) + i * 1.9), s.rng.uniform(-40, 800), s.rng.uniform(900, 1840), 4 + i * 0.4))
    ferry = union(poly((-330, -60), (300, -60), (380, -96), (330, 40), (-290, 40)))
    s.cut(placed(union(rect(-260, -150, 440, 96, 10), rect(-180, -220, 260, 80, 10)), 560, 960, 1.15))
    s.put(placed(ferry, 560, 960, 1.15), k=1)
    s.cut(placed(gouge([(-320, -30), (0, -30), (350, -66)], 12, (1, 1)), 560, 960, 1.15))
    s.put(placed(many([*(rect(-236 + i * 40, -128, 22, 30, 6) for i in range(10)), *(rect(-160 + i * 38, -200, 22, 24, 5) for i in range(6))]), 560, 960, 1.15), k=1)
    s.put(placed(union(rect(-120, -300, 70, 90), rect(10, -270, 12, 60)), 560, 960, 1.15), r=1)
    s.put(placed(rect(-120, -300, 70, 22), 560, 960, 1.15), k=1)
    s.cut(gouge([(150, 1010), (480, 1030), (860, 1016), (1200, 1040)], 24))
    for x, h in ((1330, 330), (1500, 380), (1640, 300), (1760, 350)):
        s.put(placed(union(standing(h, 0, 0.4)), x, 1260), k=1)
        s.put(placed(gouge([(-h * 0.06, -h * 0.98), (-h * 0.085, -h * 0.9), (-h * 0.06, -h * 0.84)], 8), x, 1260), r=1)
    s.put(union(rod([(1240, 1130), (1820, 1110)], 16), *(rod([(x, 1130), (x, 1220)], 9) for x in range(1250, 1820, 62))), k=1)
    s.put(union(rod([(1560, 960), (1590, 890), (1600, 850)], 20)), k=1)
    s.put(rect(1578, 826, 50, 34, 6), r=1)
    return s


SCENES = [rural_platform, shrine_path, onsen_steam, volcano]
