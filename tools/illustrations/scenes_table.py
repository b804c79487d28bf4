"""Tables: ramen, tea, sweets, dough, the travel kit."""
# fmt: off
# The formatter would set one number a line; an outline is read as a whole.

from __future__ import annotations

import math

from .press import BROWN, NAVY, OCHRE, PINE, ROSE, VERMILION, Sheet
from .shapes import (
    blob,
    both,
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
    turned,
    union,
)


def steam(s: Sheet, x: float, y: float, reach: float, width: float) -> object:
    """One curl of steam that rises from x,y."""
    d = s.rng.uniform(-1, 1)
    pts = [(x, y), (x + 40 * d + 26, y - reach * 0.25), (x - 46 + 20 * d, y - reach * 0.5), (x + 50, y - reach * 0.75), (x + 10 * d, y - reach)]
    return gouge(pts, width)


def ramen() -> Sheet:
    """A bowl from above, too big for the frame, and the ticket that paid for it."""
    s = Sheet("ramen", {"k": BROWN, "r": VERMILION, "y": OCHRE})
    s.put(rect(0, 0, 1800, 1200), y=0.55)
    s.put(rect(0, 0, 1800, 1200), k=0.9, r=0.25)
    s.cut(hatch(s.rng, (0, 0, 1800, 1200), 30, 5, 4, (160, 700), 0.75), "k")
    cx, cy = 1060, 640
    s.put(oval(cx - 60, cy + 60, 690), k=1, r=1)
    s.cut(oval(cx, cy, 680))
    s.put(ring(cx, cy, 666, 26), r=1)
    fret = [turned(rect(cx - 24, cy - 626, 48, 30, 4), a, cx, cy) for a in range(0, 360, 8)]
    s.put(many(fret), r=1)
    s.cut(many(turned(rect(cx - 12, cy - 618, 24, 14), a, cx, cy) for a in range(0, 360, 8)))
    soup = oval(cx, cy, 560)
    s.put(soup, y=1, r=0.25)
    with s.clip(soup):
        s.put(minus(oval(cx, cy, 570), oval(cx + 26, cy + 34, 548)), y=1, r=0.5, k=0.8)
        for i in range(30):
            r = 60 + i * 17
            a0 = s.rng.uniform(2.2, 2.9)
            pts = [(cx - 90 + (r + 22 * math.sin(k * 1.3 + i)) * math.cos(a0 + k * 0.22), cy + 120 + (r + 22 * math.sin(k * 1.3 + i)) * math.sin(a0 + k * 0.22) * 0.8) for k in range(12)]
            s.put(gouge(pts, 26, (0.7, 0.7)), y=1, r=0.3, k=0.85)
            s.put(gouge(pts, 17, (0.7, 0.7)), y=0.45)
        for _ in range(40):
            x, y, r = cx + s.rng.normal(120, 240), cy + s.rng.normal(-150, 200), s.rng.uniform(7, 24)
            s.put(ring(x, y, r, 4), y=0.2)
    for x, y, turn in ((1080, 210, -14), (1240, 190, 4)):
        nori = turned(poly((x, y), (x + 190, y - 14), (x + 210, y + 300), (x + 16, y + 320)), turn, x, y)
        s.put(placed(nori, 18, 22), k=1, r=1, y=1)
        s.put(nori, k=1, r=0.12)
        s.cut(both(nori, hatch(s.rng, (x - 100, y - 80, 420, 480), 19, 4, 84, (20, 110), 0.5)), "k")
    for x, y, turn in ((1330, 640, 20), (1290, 860, 52)):
        meat = turned(blob((x - 150, y - 20), (x - 90, y - 120), (x + 60, y - 130), (x + 160, y - 30), (x + 120, y + 90), (x - 70, y + 110)), turn, x, y)
        s.put(placed(meat, 12, 20), k=1, y=1, r=1)
        s.put(meat, r=0.55, y=0.5)
        s.put(both(meat, many(turned(ring(x, y + 8, r, 13), turn, x, y) for r in (104, 66, 30))), r=0.85, k=0.65, y=1)
        s.cut(both(meat, many(oval(x + s.rng.normal(0, 60), y + s.rng.normal(0, 50), s.rng.uniform(3, 10), 4) for _ in range(40))))
    for x, y, turn in ((800, 420, -30), (960, 530, 15)):
        s.put(oval(x + 10, y + 18, 122, 92, turn), k=1, y=1, r=1)
        s.cut(oval(x, y, 120, 90, turn))
        s.put(minus(oval(x, y, 120, 90, turn), oval(x - 5, y - 6, 113, 83, turn)), k=0.5)
        s.put(oval(x + 4, y + 2, 60, 52, turn), y=1, r=0.62)
        s.put(oval(x + 10, y + 6, 40, 34, turn), y=1, r=0.9)
        s.cut(oval(x - 16, y - 14, 13, 9, turn))
    x, y = 720, 670
    petals = [(x + (98 + 13 * math.cos(k * math.pi)) * math.cos(k * 0.2618), y + (98 + 13 * math.cos(k * math.pi)) * math.sin(k * 0.2618)) for k in range(24)]
    s.put(placed(blob(*petals), 10, 16), k=1, r=1, y=1)
    s.cut(blob(*petals))
    swirl = [(x + (8 + 3.4 * k) * math.cos(k * 0.62), y + (8 + 3.4 * k) * math.sin(k * 0.62)) for k in range(20)]
    s.put(gouge(swirl, 19, (0.6, 0.6)), r=1)
    for _ in range(46):
        a, r = s.rng.uniform(0, 6.28), abs(s.rng.normal(0, 120))
        x, y, size = 1010 + r * math.cos(a) * 1.3, 760 + r * math.sin(a), s.rng.uniform(13, 26)
        s.put(oval(x + 4, y + 6, size), k=1, r=1, y=1)
        s.put(ring(x, y, size, size * 0.5), y=0.75, k=0.28)
    for a, b in (((-60, 250), (780, 800)), ((-60, 360), (830, 830))):
        s.put(gouge([(a[0], a[1] + 40), (b[0], b[1] + 36)], 36, (1, 0.55)), k=1, r=1)
        s.put(gouge([a, b], 34, (1, 0.5)), r=1, k=0.1)
        s.cut(gouge([(a[0], a[1] - 9), (b[0] - 60, b[1] - 40)], 7, (1, 0)))
    with s.turned(-13, 180, 950):
        s.put(rect(86, 872, 260, 158), k=1, r=1)
        s.cut(rect(74, 856, 260, 158))
        s.put(rect(74, 856, 60, 158), r=1)
        s.put(many([rect(160, 886, 140, 20), rect(160, 926, 96, 14), rect(160, 960, 120, 14)]), k=1)
    s.cut(many([steam(s, 560, 330, 330, 22), steam(s, 660, 260, 300, 16), steam(s, 1560, 330, 360, 20)]))
    return s


def tea() -> Sheet:
    """An iron kettle against a paper screen; the steam writes the only curve of light."""
    s = Sheet("tea", {"k": BROWN, "y": OCHRE, "g": PINE})
    s.fade(rect(0, 0, 1800, 1200), (0, 0), (1800, 300), [{"y": 0.35}, {"y": 0.9}, {"y": 1}], at=[0, 0.5, 1])
    shade = [
        gouge([(40, 1000), (240, 640), (520, 360), (760, 240)], 44, (1, 0.2)), gouge([(360, 500), (400, 300), (500, 160)], 22, (1, 0)),
        gouge([(240, 640), (120, 460), (100, 300)], 22, (1, 0)), gouge([(560, 330), (720, 400), (860, 390)], 18, (1, 0)),
    ]
    for _ in range(75):
        t = s.rng.random()
        x, y = 80 + 760 * t + s.rng.normal(0, 90), 760 - 560 * t + s.rng.normal(0, 100)
        shade.append(placed(turned(blob((0, 0), (26, -16), (64, 0), (26, 16)), s.rng.uniform(0, 360), 0, 0), x, y, s.rng.uniform(0.7, 1.5)))
    s.over(many(shade), y=1, k=0.3)
    for x in (-8, 442, 892, 1342, 1792):
        s.put(rect(x, -10, 26, 900), k=1)
    for y in (-6, 236, 478, 720):
        s.put(rect(-10, y, 1830, 15), k=1)
    table = poly((-20, 880), (1820, 850), (1820, 1220), (-20, 1220))
    s.put(table, k=0.93, y=1)
    s.cut(both(table, hatch(s.rng, (0, 850, 1800, 360), 27, 5, -1, (200, 800), 0.7)), "k")
    body = blob((640, 830), (600, 700), (640, 560), (800, 470), (1010, 440), (1220, 470), (1380, 560), (1425, 700), (1380, 840), (1240, 960), (1010, 990), (780, 950))
    s.put(placed(oval(1010, 975, 430, 60), 60, 10), k=1, y=1)
    s.put(union(body, poly((1330, 640), (1560, 520), (1600, 470), (1636, 500), (1610, 570), (1400, 780))), k=1)
    with s.clip(body):
        for row in range(7):
            for col in range(34):
                a = -1.5 + col * 0.092 + (row % 2) * 0.046
                x, y = 1010 + 400 * math.sin(a), 560 + row * 42 + 26 * math.cos(a)
                s.put(oval(x, y, 9 * math.cos(a) + 1, 9), y=1, k=0.4)
        s.put(gouge([(630, 800), (612, 690), (660, 570), (790, 490)], 26), y=1)
    s.put(union(oval(1010, 452, 170, 34), rect(975, 372, 70, 60, 10), oval(1010, 372, 42, 30)), k=1)
    s.put(gouge([(850, 458), (1010, 428), (1170, 458)], 7), y=1)
    handle = rod([(690, 560), (660, 330), (790, 160), (1010, 118), (1230, 160), (1360, 330), (1330, 560)], 40, True)
    s.put(handle, k=1)
    s.put(gouge([(676, 420), (720, 260), (840, 160), (990, 122)], 9), y=1)
    for x, y, k in ((330, 960, 1.0), (120, 1090, 1.25)):
        cup = union(poly((x - 120 * k, y - 110 * k), (x + 120 * k, y - 110 * k), (x + 96 * k, y + 60 * k), (x + 60 * k, y + 100 * k), (x - 60 * k, y + 100 * k), (x - 96 * k, y + 60 * k)))
        s.put(oval(x + 70 * k, y + 96 * k, 130 * k, 24 * k), k=1, y=1)
        s.put(cup, g=0.92)
        s.over(both(cup, poly((x + 40 * k, y - 200 * k), (x + 200 * k, y - 200 * k), (x + 200 * k, y + 200 * k), (x + 10 * k, y + 200 * k))), k=0.7)
        s.put(oval(x, y - 110 * k, 120 * k, 30 * k), y=0.05)
        s.put(oval(x, y - 106 * k, 104 * k, 22 * k), g=0.75, y=1)
        s.cut(both(cup, gouge([(x - 92 * k, y - 50 * k), (x - 82 * k, y + 10 * k), (x - 66 * k, y + 60 * k)], 15 * k)))
    s.cut(many([steam(s, 1626, 470, 400, 44), steam(s, 1680, 420, 330, 26), steam(s, 330, 830, 260, 18)]))
    s.put(gouge([(1640, 300), (1700, 240), (1660, 160)], 7), k=0.6)
    bee = union(oval(1250, 1080, 24, 15, 20), oval(1238, 1062, 20, 9, -30), oval(1262, 1058, 20, 9, 40))
    s.put(bee, y=1)
    leaf = turned(blob((0, 0), (50, -34), (120, -20), (160, 10), (100, 34), (40, 28)), -20, 0, 0)
    s.put(placed(leaf, 560, 1100, 1.1), g=1)
    s.cut(placed(turned(gouge([(4, 0), (80, 2), (152, 10)], 6), -20, 0, 0), 560, 1100, 1.1))
    return s


def wagashi() -> Sheet:
    """Three sweets on lacquer; someone has already tasted one."""
    s = Sheet("wagashi", {"k": NAVY, "r": ROSE, "y": OCHRE})
    s.put(rect(0, 0, 1800, 1200), y=0.9)
    s.put(hatch(s.rng, (0, 0, 1800, 1200), 15, 4, 90, (300, 900), 0.8), y=1, k=0.25)
    for x in (-40, 1500):
        s.put(rect(x, -10, 92, 1300), k=1)
        s.cut(many(rect(x + 46 + 18 * math.sin(i) - 7, i * 64, 14, 26, 7) for i in range(20)), "k")
    with s.turned(-9, 900, 600):
        s.put(rect(240, 250, 1400, 820, 40), y=1, k=0.7)
        s.put(rect(200, 200, 1400, 820, 40), k=1, r=1)
        s.cut(minus(rect(222, 222, 1356, 776, 26), rect(232, 232, 1336, 756, 22)), "k")
        s.cut(rect(330, 320, 1140, 590, 6))
        s.put(poly((330, 910), (330, 640), (620, 910)), k=0.18)
    # A chrysanthemum, pink, petals carved from the middle.
    x, y = 620, 560
    s.put(oval(x + 26, y + 36, 196), k=0.75)
    s.put(oval(x, y, 196), r=0.95)
    for ring_r, n, width in ((60, 12, 15), (122, 20, 15), (182, 28, 15)):
        for i in range(n):
            a = 2 * math.pi * (i + 0.5 * (ring_r == 122)) / n
            s.cut(gouge([(x + (ring_r - 46) * math.cos(a), y + (ring_r - 46) * math.sin(a)), (x + ring_r * math.cos(a), y + ring_r * math.sin(a))], width * 0.62, (0.2, 1)))
    s.over(minus(oval(x, y, 196), oval(x - 34, y - 38, 200)), k=0.5)
    s.put(oval(x, y, 24), y=1)
    # A green leaf fold over bean paste, printed from blue and yellow.
    x, y = 1010, 440
    leaf = turned(blob((x - 200, y + 20), (x - 120, y - 110), (x + 40, y - 140), (x + 190, y - 60), (x + 230, y + 40), (x + 120, y + 110), (x - 60, y + 130)), -18, x, y)
    s.put(placed(leaf, 26, 34), k=0.75)
    s.put(leaf, y=1, k=0.36)
    with s.turned(-18, x, y):
        s.cut(gouge([(x - 190, y + 14), (x, y - 14), (x + 220, y + 30)], 13))
        for i in range(7):
            s.cut(gouge([(x - 120 + i * 46, y + 4), (x - 90 + i * 46, y - 90)], 7, (1, 0)))
            s.cut(gouge([(x - 120 + i * 46, y + 6), (x - 96 + i * 46, y + 92)], 7, (1, 0)))
    # A brown bun, quartered, one bite gone.
    x, y = 1130, 740
    bun = minus(oval(x, y, 176, 160), poly((x, y), (x + 260, y - 150), (x + 280, y + 110), (x + 20, y + 30)))
    s.put(placed(bun, 24, 34), k=0.75)
    s.put(bun, y=1, k=0.55, r=1)
    s.put(poly((x, y), (x + 146, y - 88), (x + 128, y - 62), (x + 14, y + 6)), k=1, r=1)
    s.put(poly((x, y), (x + 18, y + 32), (x + 160, y + 66), (x + 168, y + 40)), k=0.95, r=0.6)
    s.cut(many(oval(x - 50 + s.rng.normal(0, 52), y - 40 + s.rng.normal(0, 44), 6, 4, 40) for _ in range(36)))
    s.put(many(oval(x + 150 + s.rng.normal(20, 40), y + 40 + s.rng.normal(0, 40), s.rng.uniform(3, 9)) for _ in range(18)), k=1, r=1)
    s.put(gouge([(1286, 1010), (1420, 600)], 30, (1, 0.1)), k=0.55)
    s.put(gouge([(1262, 990), (1400, 580)], 30, (1, 0.1)), k=1, y=1)
    s.cut(gouge([(1266, 970), (1390, 600)], 6))
    blossom = [(0, 0, 0), (130, -60, 20), (-420, 610, 50), (-300, 690, 10)]
    for dx, dy, turn in blossom:
        x, y = 480 + dx, 120 + dy
        s.put(many(turned(blob((x, y), (x - 28, y - 40), (x - 10, y - 74), (x, y - 62), (x + 10, y - 74), (x + 28, y - 40)), turn + a, x, y) for a in range(0, 360, 72)), r=1)
        s.put(oval(x, y, 8), k=1)
    return s


SCENES = [ramen, tea, wagashi]
