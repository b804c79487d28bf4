"""Time off: a night game from above, a stage, a travel kit, a mountain in its lake."""
# fmt: off
# The formatter would set one number a line; an outline is read as a whole.

from __future__ import annotations

import math

from .press import NAVY, OCHRE, PINE, ROSE, TEAL, VERMILION, Sheet
from .shapes import (
    blob,
    both,
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
    swell,
    turned,
    union,
)


def fielder(s: Sheet, x: float, y: float, turn: float, cap: dict, reach: float = 1) -> None:
    """A player from above and a shadow four times as long, falling to the lower left."""
    shadow = union(gouge([(x, y), (x - 120, y + 84), (x - 250, y + 176)], 54, (1, 0.8)), oval(x - 268, y + 188, 33, 25, 35), gouge([(x - 150, y + 100), (x - 190, y + 70), (x - 250 * reach, y + 66)], 19, (1, 0.4)), gouge([(x - 130, y + 106), (x - 120, y + 160), (x - 170, y + 220)], 19, (1, 0.4)))
    s.over(shadow, k=1)
    s.put(turned(union(oval(x, y, 56, 30), rod([(x - 44, y), (x - 74 * reach, y - 34)], 21), rod([(x + 44, y), (x + 76 * reach, y - 24)], 21)), turn, x, y), k=0.03)
    s.put(turned(union(oval(x + 80 * reach, y - 30, 20, 17)), turn, x, y), k=0.6, y=1)
    s.put(turned(union(oval(x, y - 2, 27, 27), blob((x - 20, y - 14), (x, y - 50), (x + 20, y - 14))), turn, x, y), **cap)
    s.cut(turned(gouge([(x - 16, y + 4), (x - 10, y + 18), (x + 6, y + 20)], 5), turn, x, y))


def night_game() -> Sheet:
    """The diamond from above, last inning: nine long shadows and one ball."""
    s = Sheet("night-game", {"k": PINE, "y": OCHRE, "r": VERMILION})
    s.put(rect(0, 0, 1800, 1200), k=0.75)
    with s.turned(-24, 900, 600):
        for i in range(-4, 18):
            if i % 2:
                s.put(rect(-600, i * 132 - 300, 3200, 132), k=0.5, y=0.2)
    home, first, second, third = (1290, 1010), (1600, 330), (930, 60), (560, 720)
    s.put(blob((1290, 1230), (980, 1130), (440, 900), (330, 650), (640, 60), (1000, -150), (1500, -60), (1860, 240), (1860, 900), (1600, 1160)), y=0.9, r=0.12)
    s.put(poly((1284, 900), (1496, 380), (950, 150), (660, 700)), k=0.62, y=0.1)
    s.put(both(poly((1284, 900), (1496, 380), (950, 150), (660, 700)), hatch(s.rng, (600, 100, 1000, 900), 62, 26, -24, (400, 900), 0.9)), k=0.85)
    s.put(oval(1075, 520, 92, 84), y=0.9, r=0.12)
    s.cut(oval(1290, 1010, 190, 150))
    s.put(oval(1290, 1010, 190, 150), y=0.75, r=0.1)
    s.cut(many([rod([home, (1990, -500)], 11), rod([home, (-400, 320)], 11)]))
    for x, y in (first, second, third):
        s.cut(turned(rect(x - 26, y - 26, 52, 52), 20, x, y))
    s.cut(turned(poly((1290, 985), (1318, 1000), (1318, 1026), (1262, 1026), (1262, 1000)), -24, 1290, 1010))
    s.cut(rect(1058, 512, 38, 12))
    s.cut(both(rect(300, 0, 1500, 1200), hatch(s.rng, (360, 40, 1400, 1100), 90, 5, -20, (30, 120), 0.22)), "y")
    white, red = {"k": 1}, {"r": 1}
    for x, y, turn, cap in ((1075, 505, 150, white), (1560, 270, 200, white), (870, 250, 160, white), (520, 640, 120, white), (1250, 190, 170, white), (250, 240, 130, white), (1330, 1096, -10, white)):
        fielder(s, x, y, turn, cap)
    fielder(s, 1220, 985, 80, red, 1.1)
    s.put(rod([(1250, 930), (1390, 850)], 15), r=1, y=1)
    fielder(s, 720, 640, 60, red)
    s.cut(gouge([(1180, 620), (1230, 740), (1290, 850)], 7))
    s.over(oval(1250, 880, 13), k=1)
    s.put(oval(1300, 862, 19), r=0.0)
    s.put(gouge([(1290, 850), (1302, 862), (1294, 876)], 5), r=1)
    s.put(poly((-20, 960), (420, 1220), (-20, 1220)), k=1)
    for i in range(70):
        x, y = s.rng.uniform(-10, 330), 1000 + s.rng.uniform(0, 210)
        if y > 990 + x * 0.6:
            s.put(oval(x, y, 15), **[{"k": 0.05}, {"r": 1}, {"y": 1}][i % 3])
    return s


def stage() -> Sheet:
    """The encore: three beams, one voice, and a hand that still holds its ticket."""
    s = Sheet("stage", {"k": "#241f57", "r": "#ee5c78", "y": OCHRE})
    s.put(rect(0, 0, 1800, 1200), k=1)
    beams = [((300, -40), 210, 720, {"r": 1}), ((1000, -40), 560, 1150, {"y": 1}), ((1560, -40), 640, 1290, {"r": 0.7}), ((640, -40), 1080, 1560, {"y": 0.8})]
    for (x, y), xa, xb, _ in beams:
        wedge = poly((x - 24, y), (x + 24, y), (xb, 900), (xa, 900))
        s.cut(wedge, "k")
    for (x, y), xa, xb, tones in beams:
        s.over(poly((x - 24, y), (x + 24, y), (xb, 900), (xa, 900)), **tones)
    floor = oval(930, 1000, 1180, 250)
    s.put(floor, r=1, y=1)
    s.put(minus(floor, oval(930, 990, 1180, 250)), k=1, r=1)
    s.cut(oval(860, 872, 300, 46))
    s.put(rect(-10, -10, 1820, 64), k=1)
    for x in (300, 640, 1000, 1300, 1560):
        s.put(union(rect(x - 52, 20, 104, 76, 12), rod([(x, 20), (x, -20)], 16)), k=1)
        s.put(oval(x, 96, 40, 15), y=0.3)
    singer = union(oval(0, -500, 50, 58), blob((-20, -560), (30, -590), (84, -540), (70, -440), (30, -440), (46, -500)), blob((-58, -424), (58, -424), (74, -260), (120, -10), (-120, -10), (-70, -260)),
                   rod([(48, -400), (110, -330), (36, -428)], 30), rod([(-48, -400), (-170, -480), (-230, -600)], 30), rod([(-40, -30), (-60, 40)], 28), rod([(40, -30), (54, 40)], 28))
    s.put(placed(singer, 860, 850, 1.0), k=1)
    s.put(placed(gouge([(-56, -410), (-66, -260), (-116, -20)], 12), 860, 850), y=1)
    s.put(placed(gouge([(-44, -520), (-50, -490), (-34, -456)], 9), 860, 850), y=1)
    s.put(placed(union(rod([(34, -434), (30, -452)], 24)), 860, 850), r=1)
    s.put(rod([(800, 420), (812, 890)], 7), k=1)
    bass = union(blob((0, -20), (90, -40), (110, -130), (76, -210), (104, -290), (70, -370), (0, -390), (-70, -370), (-104, -290), (-76, -210), (-110, -130), (-90, -40)), rect(-13, -640, 26, 270), oval(0, -650, 27, 25))
    player = union(oval(110, -500, 46, 54), blob((60, -430), (160, -430), (190, -230), (180, 0), (70, 0), (60, -230)), rod([(80, -400), (10, -500)], 29), rod([(90, -330), (-10, -210)], 29))
    s.put(placed(player, 1290, 880, 0.92), k=1)
    s.put(placed(bass, 1290, 880, 0.92), k=1, r=1)
    s.put(placed(minus(bass, placed(bass, 14, -3)), 1290, 880, 0.92), y=1)
    s.cut(placed(many(rod([(x, -600), (x * 1.4, -90)], 3) for x in (-7, 0, 7)), 1290, 880, 0.92))
    drums = union(oval(430, 800, 100, 96), oval(300, 730, 66, 30), oval(560, 730, 60, 28), rod([(300, 740), (280, 890)], 9), rod([(560, 740), (580, 890)], 9), oval(440, 560, 44, 52), blob((370, 620), (510, 620), (520, 760), (360, 760)), rod([(380, 640), (280, 640), (300, 720)], 26), rod([(500, 640), (600, 600), (570, 500)], 26), rod([(570, 500), (640, 420)], 8))
    s.put(drums, k=1)
    s.put(ring(430, 800, 88, 9), y=1)
    s.put(many([gouge([(236, 722), (300, 706), (366, 722)], 9), gouge([(502, 722), (560, 706), (620, 722)], 9)]), y=1)
    for x, y, r in [(i * 150 + s.rng.uniform(-30, 30), 1120 + 46 * math.sin(i * 2.1), s.rng.uniform(82, 108)) for i in range(-1, 14)]:
        s.put(union(oval(x, y, r * 0.78, r), blob((x - r * 1.7, 1300), (x - r * 1.4, y + r * 1.1), (x, y + r * 0.7), (x + r * 1.4, y + r * 1.1), (x + r * 1.7, 1300))), k=1)
        s.put(gouge([(x - r * 0.6, y - r * 0.5), (x, y - r * 0.97), (x + r * 0.6, y - r * 0.5)], 9), r=1)
    for x, y, flip in ((260, 1000, False), (1130, 980, True), (1620, 1000, False)):
        arm = union(rod([(30, 300), (0, 60)], 62), oval(0, 20, 46, 52), *(rod([(-34 + i * 22, 0), (-46 + i * 28, -74 + 12 * abs(i - 1.5))], 20) for i in range(4)), rod([(34, 30), (74, -10)], 21))
        s.put(placed(arm, x, y, 1.05, flip), k=1)
        s.put(placed(gouge([(-46, 50), (-40, 0), (-54, -70)], 8), x, y, 1.05, flip), r=1)
    with s.turned(14, 1620, 890):
        s.put(rect(1560, 830, 190, 86), y=0.2)
        s.put(rect(1704, 830, 46, 86), r=1)
        s.put(many([rod([(1580, 854), (1670, 854)], 9), rod([(1580, 884), (1640, 884)], 9)]), k=1)
    return s


def travel_kit() -> Sheet:
    """What goes in the pocket: a phone with signal, a passport, a map, something sweet."""
    s = Sheet("travel-kit", {"k": NAVY, "r": VERMILION, "b": TEAL})
    s.put(rect(0, 0, 1800, 1200), b=1)
    for row in range(11):
        for col in range(15):
            x, y = col * 132 + (row % 2) * 66 - 20, row * 114
            for r in (62, 44, 26):
                s.put(both(ring(x, y, r, 5), rect(x - 70, y - 70, 140, 70)), b=1, k=0.55)
    with s.turned(9, 1250, 500):
        s.put(rect(786, -60, 1080, 840), k=1, b=1)
        s.cut(rect(760, -90, 1080, 840))
        for i in range(4):
            s.put(rect(760 + i * 270, -90, 135, 840), k=0.08)
        s.put(blob((760, 500), (960, 420), (1120, 460), (1240, 380), (1420, 420), (1560, 330), (1840, 360), (1840, 760), (760, 760)), b=0.6)
        s.cut(blob((1130, 560), (1230, 520), (1330, 560), (1300, 640), (1180, 650)))
        for i in range(6):
            s.put(rod([(780, 60 + i * 52), (1000 + 20 * i, 40 + i * 66), (1240, 110 + i * 34), (1820, 20 + i * 52)], 4, True), k=0.7)
        s.put(rod([(830, 330), (980, 250), (1160, 300), (1330, 160), (1560, 200), (1760, 90)], 12, True), r=1)
        for x, y in ((830, 330), (1160, 300), (1560, 200)):
            s.put(oval(x, y, 24), r=1)
            s.cut(oval(x, y, 11))
        s.put(union(oval(1330, 110, 50), poly((1284, 130), (1376, 130), (1330, 206))), r=1)
        s.cut(oval(1330, 108, 20))
    with s.turned(-13, 420, 560):
        s.put(rect(196, 262, 440, 620, 30), k=1, b=1)
        s.put(rect(170, 230, 440, 620, 30), r=1)
        s.over(rect(170, 230, 56, 620, 20), k=0.6)
        s.cut(minus(oval(408, 480, 110), oval(408, 480, 97)))
        s.cut(many(minus(oval(408, 480, 104, 104), oval(408 + d, 480, 104, 104)) for d in (0,)))
        s.cut(many([minus(oval(408, 480, 50, 104), oval(408, 480, 40, 97)), rect(304, 474, 208, 11), rect(402, 376, 11, 208)]))
        s.cut(many([rect(298, 660, 220, 20, 8), rect(338, 704, 140, 14, 6)]))
        s.cut(rect(470, 190, 150, 140))
        s.put(rect(470, 190, 150, 50), k=1)
    with s.turned(6, 880, 640):
        s.put(rect(700, 300, 410, 800, 60), k=1, b=1)
        s.put(rect(670, 262, 410, 800, 60), k=1)
        s.cut(rect(694, 290, 362, 744, 38))
        s.put(rect(694, 290, 362, 744, 38), b=0.25)
        s.put(rect(820, 306, 110, 22, 11), k=1)
        for i in range(4):
            s.put(rect(766 + i * 58, 560 - i * 46, 42, 60 + i * 46, 8), **({"k": 1} if i < 3 else {"r": 1}))
        s.put(rect(750, 700, 250, 190, 26), k=1)
        s.put(minus(rect(784, 730, 182, 130, 16), rect(796, 742, 158, 106, 10)), r=1)
        s.put(many([rect(784, 776, 60, 9), rect(906, 776, 60, 9), rect(784, 816, 60, 9), rect(906, 816, 60, 9), rect(844, 730, 9, 130), rect(900, 730, 9, 130)]), r=1)
        s.put(rect(750, 930, 250, 54, 27), r=1)
    x, y = 1450, 950
    s.put(poly((x - 196, y + 196), (x + 26, y - 190), (x + 250, y + 196)), k=1, b=1)
    s.cut(blob((x, y - 230), (x + 90, y - 100), (x + 230, y + 130), (x + 190, y + 180), (x, y + 190), (x - 190, y + 180), (x - 230, y + 130), (x - 90, y - 100)))
    s.put(poly((x - 92, y + 10), (x + 92, y + 10), (x + 100, y + 190), (x - 100, y + 190)), k=1)
    s.put(many(oval(x + s.rng.normal(0, 62), y - 70 + s.rng.normal(0, 50), 9, 5, s.rng.uniform(0, 180)) for _ in range(24)), k=0.75)
    s.put(oval(x + 6, y - 24, 26), r=1)
    for cx, cy in ((300, 1040), (420, 1110)):
        s.put(oval(cx + 9, cy + 12, 66), k=1, b=1)
        s.put(oval(cx, cy, 66), k=0.3)
        s.put(minus(ring(cx, cy, 56, 7), oval(cx, cy, 20)), k=1)
        s.put(oval(cx, cy, 18), b=1)
    return s


def mountain_lake() -> Sheet:
    """The mountain twice, before the first oar."""
    s = Sheet("mountain-lake", {"k": NAVY, "r": ROSE, "y": OCHRE})
    s.fade(rect(0, 0, 1800, 640), (0, 0), (0, 640), [{"r": 0.9}, {"r": 0.5, "y": 0.35}, {"y": 0.75}])
    s.cut(oval(360, 470, 74))
    for x, y, w in ((-120, 150, 640), (1180, 110, 700), (700, 60, 300)):
        s.cut(kumo(s.rng, x, y, w, 3, 30))
    line = [(p, q) for p, q in ridge(s.rng, 150, 1030, 0, 34, 0.55)]
    left = [(p, 640 - 520 * ((p - 150) / 880) ** 1.5 + q * 0.5) for p, q in line]
    right = [(p + 960, 122 + 500 * (((p - 150) / 880) ** 0.72) + q * 0.5) for p, q in ridge(s.rng, 150, 1030, 0, 34, 0.55)]
    peak = poly(*left, (1060, 104), (1100, 118), *right, (2000, 640))
    s.put(peak, k=0.8, r=0.3)
    snow = poly((820, 300), (900, 330), (930, 280), (980, 380), (1030, 300), (1070, 440), (1130, 310), (1180, 400), (1230, 320), (1290, 380), (1340, 300), (1340, 60), (820, 60))
    s.cut(both(peak, snow))
    s.put(both(peak, both(snow, poly((1080, 60), (1340, 60), (1400, 480), (1150, 480), (1110, 240)))), r=0.75)
    with s.clip(peak):
        for i in range(26):
            t = i / 25
            s.cut(gouge([(1060 - 90 + 200 * t, 330 + s.rng.uniform(0, 60)), (700 + 800 * t, 480), (240 + 1700 * t, 640)], s.rng.uniform(4, 10)))
    far = hill(ridge(s.rng, -20, 1820, 560, 60, 0.55), 660, False)
    s.put(far, k=1)
    s.cut(both(far, hatch(s.rng, (0, 500, 1800, 160), 22, 6, 72, (20, 60), 0.4)))
    s.put(rect(-10, 640, 1820, 580), r=0.5, y=0.3)
    mirror = poly((120, 640), (1000, 1150), (1070, 1180), (1150, 1140), (1900, 640))
    s.put(mirror, k=0.8, r=0.5)
    s.cut(poly((860, 1000), (940, 960), (1000, 1020), (1060, 930), (1120, 1010), (1180, 950), (1290, 1000), (1150, 1140), (1070, 1182), (1000, 1150)))
    s.put(rect(-10, 640, 1820, 46), k=1)
    for i in range(30):
        y = 690 + i**1.18 * 9.6
        for _ in range(3):
            x = s.rng.uniform(-100, 1700)
            run = s.rng.uniform(200, 700)
            tones = [{"r": 0.5, "y": 0.3}, {"k": 0.9}, {}][s.rng.integers(3)]
            s.put(swell(lambda q, y=y, i=i: y + 3 * math.sin(q / (40 + 4 * i) + i), x, x + run, 5 + i * 0.42), **tones)
    boat = poly(*[(x, y) for x, y in ((640, 930), (760, 990), (1000, 1010), (1260, 985), (1390, 910), (1330, 1040), (1230, 1090), (820, 1096), (700, 1040))])
    s.put(placed(boat, -20, 60), k=1)
    s.put(boat, y=1, r=1)
    s.put(blob((640, 930), (1000, 900), (1390, 910), (1270, 985), (1000, 1012), (760, 992)), k=1)
    s.put(blob((690, 934), (1000, 916), (1340, 918), (1240, 966), (1000, 990), (790, 970)), y=0.7, k=0.35)
    s.put(many(poly((x, 918), (x + 70, 918), (x + 60, 986), (x - 12, 986)) for x in (830, 1120)), y=1)
    s.cut(gouge([(660, 960), (820, 1024), (1010, 1040), (1240, 1016), (1370, 950)], 11))
    s.put(rod([(1010, 930), (1560, 1050)], 15), k=1)
    s.put(turned(blob((1540, 1050), (1640, 1030), (1740, 1056), (1640, 1086)), 12, 1600, 1056), k=1)
    for i in range(46):
        x = s.rng.uniform(-40, 430)
        tip = (x + s.rng.uniform(-30, 90), 1200 - s.rng.uniform(260, 620) * (1 - x / 700))
        s.put(gouge([(x, 1230), ((x + tip[0]) / 2, (1230 + tip[1]) / 2 + 20), tip], 17, (1, 0)), k=1)
        if i % 3 == 0:
            s.put(turned(rect(tip[0] - 11, tip[1] - 20, 22, 96, 11), 8, *tip), k=1, y=1)
    dragon = union(rod([(470, 790), (590, 770)], 9), oval(596, 769, 15, 13), blob((540, 776), (500, 700), (530, 680), (556, 770)), blob((556, 774), (560, 690), (590, 690), (570, 772)))
    s.cut(dragon)
    return s


SCENES = [night_game, stage, travel_kit, mountain_lake]
