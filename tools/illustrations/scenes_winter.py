"""Winter: persimmons before a window, a room for records, a crate of mandarins, a plough called Grandmother."""
# fmt: off
# The formatter would set one number a line; an outline is read as a whole.

from __future__ import annotations

from .press import BROWN, INK, NAVY, OCHRE, PINE, SKY, VERMILION, Sheet
from .shapes import (
    blob,
    both,
    flakes,
    gouge,
    hatch,
    hill,
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
    turned,
    union,
)

SIZE = (1500, 1000)


def persimmon_curtain() -> Sheet:
    """Strings of peeled persimmons; behind them a room, and somebody on the telephone."""
    s = Sheet("persimmon-curtain", {"k": BROWN, "r": VERMILION, "y": OCHRE}, SIZE)
    s.put(rect(0, 0, 1500, 1000), y=0.5, k=0.0)
    s.fade(rect(0, 0, 1500, 1000), (0, 0), (0, 1000), [{"y": 0.25}, {"y": 0.75}])
    for x in range(-20, 1500, 254):
        s.put(rect(x, 0, 10, 760), k=0.55, y=1)
    for y in (190, 400, 600):
        s.put(rect(0, y, 1500, 8), k=0.55, y=1)
    s.put(rect(0, 752, 1500, 250), k=0.85, y=0.6)
    s.cut(hatch(s.rng, (0, 756, 1500, 244), 34, 4, 0, (160, 520), 0.6), "k")
    sitter = union(
        blob((900, 760), (912, 610), (968, 556), (1050, 552), (1112, 610), (1130, 760)),
        oval(1010, 486, 56, 64), blob((952, 480), (972, 420), (1040, 414), (1070, 460), (1062, 520), (1040, 470), (986, 452)),
    )
    s.put(sitter, k=0.8, y=0.5)
    s.put(rod([(1098, 640), (1128, 560), (1070, 506)], 34), k=0.8, y=0.5)
    s.put(turned(rect(1046, 470, 26, 74, 8), 12, 1058, 506), k=1)
    s.put(rod([(920, 650), (846, 640), (800, 604)], 30), k=0.8, y=0.5)
    s.put(rect(-10, 0, 1520, 52), k=1)
    s.cut(hatch(s.rng, (0, 0, 1500, 52), 16, 4, 0, (100, 500), 0.6), "k")
    strings = [(70, 8), (206, 9), (342, 9), (478, 8), (614, 9), (750, 7), (1172, 8), (1308, 9), (1440, 9)]
    for n, (x, count) in enumerate(strings):
        end = 96 + count * 88
        s.put(rod([(x, 40), (x + s.rng.uniform(-5, 5), end - 60)], 5), k=1)
        for i in range(count):
            cx, cy = x + s.rng.uniform(-10, 10), 112 + i * 88 + s.rng.uniform(-6, 6)
            rx, ry = s.rng.uniform(38, 47), s.rng.uniform(36, 43)
            dry = (i + n) % 4 == 0
            fruit = blob((cx - rx, cy - 4), (cx - rx * 0.6, cy - ry * 0.8), (cx, cy - ry * 0.74), (cx + rx * 0.6, cy - ry * 0.8), (cx + rx, cy - 4), (cx + rx * 0.5, cy + ry * 0.86), (cx, cy + ry * 1.14), (cx - rx * 0.5, cy + ry * 0.86))
            s.put(placed(fruit, 6, 7), k=0.75, y=0.8, r=0.5)
            s.put(fruit, r=0.95 if dry else 0.72, y=1, k=0.3 if dry else 0)
            with s.clip(fruit):
                s.put(blob((cx + rx * 0.2, cy - ry), (cx + rx * 1.2, cy - ry), (cx + rx * 1.2, cy + ry * 1.3), (cx, cy + ry * 1.3), (cx + rx * 0.5, cy + ry * 0.3)), r=1, y=1, k=0.28)
                s.cut(many(gouge([(cx - rx * 0.7 + d * 9, cy - ry * 0.5), (cx - rx * 0.8 + d * 9, cy), (cx - rx * 0.4 + d * 7, cy + ry * 0.8)], 4) for d in range(2)), "k", "r")
            s.put(union(*(turned(poly((cx, cy - ry * 0.7), (cx - 9, cy - ry * 0.7 - 17), (cx + 9, cy - ry * 0.7 - 17)), a, cx, cy - ry * 0.7) for a in (-62, -20, 20, 62))), k=1)
    wasp = union(oval(846, 520, 26, 12, -18), oval(872, 512, 10, 9))
    s.put(wasp, y=1)
    s.put(both(wasp, many(turned(rect(832 + i * 12, 500, 5, 40), -18, 846, 520) for i in range(3))), k=1)
    s.cut(union(oval(842, 498, 24, 8, -40), oval(856, 494, 20, 7, -70)))
    basket = blob((1180, 1000), (1150, 880), (1200, 850), (1420, 850), (1470, 880), (1440, 1000))
    s.put(basket, k=1)
    s.cut(both(basket, many([*(rod([(1150 + i * 36, 850), (1172 + i * 32, 1000)], 6) for i in range(10)), *(rod([(1140, 884 + i * 36), (1480, 884 + i * 36)], 5) for i in range(4))])), "k")
    for x, y in ((1210, 842), (1290, 828), (1370, 838), (1250, 858), (1330, 856), (1410, 856)):
        s.put(oval(x, y, 44, 38), r=0.6, y=1)
        s.cut(gouge([(x - 26, y - 14), (x - 30, y + 6), (x - 14, y + 24)], 6), "r")
        s.put(union(*(turned(poly((x, y - 24), (x - 10, y - 42), (x + 10, y - 42)), a, x, y - 24) for a in (-70, -24, 24, 70))), k=1)
    return s


def record_room() -> Sheet:
    """Eleven seats before a loudspeaker; one record, one cup, and a cat who owns the arm-rest."""
    s = Sheet("record-room", {"k": INK, "r": VERMILION, "y": OCHRE}, SIZE)
    s.put(rect(0, 0, 1500, 1000), k=0.82, r=0.7)
    for i in range(34):
        x, h, w = -20 + i * 46, s.rng.uniform(150, 190), s.rng.uniform(20, 42)
        for row in range(2):
            tone = ({"y": 0.9}, {"r": 1}, {"k": 0.3}, {"y": 0.5, "r": 0.9}, {"k": 1})[int(s.rng.integers(0, 5))]
            s.put(rect(x, 66 + row * 226 + 190 - h, w, h), **tone)
            s.put(rect(x + w + 3, 66 + row * 226 + 20, 16, 170), k=1)
    for y in (256, 482):
        s.put(rect(0, y, 1500, 22), k=1)
    s.put(rect(0, 504, 1500, 260), k=0.9, r=0.8)
    for cx in (250, 1250):
        s.put(rect(cx - 190, 120, 380, 700, 10), k=1)
        s.put(rect(cx - 172, 138, 344, 664, 6), r=0.75, y=0.75, k=0.35)
        s.put(both(rect(cx - 172, 138, 344, 664), hatch(s.rng, (cx - 172, 138, 344, 664), 20, 4, 90, (120, 460), 0.7)), k=0.85, r=0.5, y=0.5)
        for cy, r in ((600, 148), (300, 86)):
            s.put(oval(cx, cy, r), k=1)
            s.put(ring(cx, cy, r - 10, 9), y=0.9)
            for k in range(3):
                s.cut(minus(ring(cx, cy, r * (0.78 - 0.17 * k), 4), rect(cx - 20 + 26 * k, cy - r, r, r)), "k")
            s.put(oval(cx, cy, r * 0.2), r=1)
    lamp = poly((750, 40), (690, 150), (810, 150))
    s.put(rod([(750, -10), (750, 50)], 6), k=1)
    s.glow(poly((690, 150), (810, 150), (1090, 760), (410, 760)), (750, 150), 720, [{"y": 0.95}, {"y": 0.9, "r": 0.3}, {"k": 0.6, "r": 0.7, "y": 0.4}])
    s.put(lamp, r=1)
    s.put(rect(686, 150, 128, 12, 6), y=0.4)
    s.put(rect(500, 600, 500, 40), k=1)
    s.put(rect(520, 640, 460, 150), k=1, r=0.5)
    s.put(rect(548, 520, 404, 84, 8), k=1)
    s.put(oval(726, 534, 158, 44), k=1)
    s.put(minus(oval(726, 530, 158, 44), oval(726, 530, 152, 40)), y=0.9)
    s.cut(many(minus(oval(726, 530, 146 - i * 17, 38 - i * 4.6), oval(726, 530, 144 - i * 17, 36.6 - i * 4.6)) for i in range(5)), "k")
    s.put(oval(726, 530, 54, 15), r=1, y=0.6)
    s.put(oval(726, 529, 5, 3), k=1)
    s.put(rod([(922, 500), (900, 530), (822, 544)], 10), y=0.35)
    s.put(oval(922, 502, 17, 12), y=0.35)
    s.put(rect(0, 800, 1500, 210), k=0.95, r=0.9)
    s.cut(hatch(s.rng, (0, 806, 1500, 194), 30, 4, 0, (120, 460), 0.55), "k")
    s.put(blob((360, 1010), (352, 842), (420, 790), (560, 790), (620, 842), (612, 1010)), k=1)
    head = union(oval(488, 740, 62, 70), rod([(488, 800), (488, 850)], 56))
    s.put(head, k=1)
    s.cut(gouge([(540, 690), (556, 736), (544, 786)], 6), "k")
    s.put(blob((300, 1010), (300, 900), (340, 872), (640, 872), (680, 900), (680, 1010)), r=1, k=0.3)
    s.put(blob((860, 1010), (860, 900), (900, 872), (1180, 872), (1220, 900), (1220, 1010)), r=1, k=0.3)
    for x0, x1 in ((300, 680), (860, 1220)):
        s.cut(both(rect(x0, 872, x1 - x0, 140), hatch(s.rng, (x0, 872, x1 - x0, 140), 24, 4, 88, (20, 90), 0.4)), "k")
    cat = union(blob((880, 880), (900, 812), (980, 790), (1060, 812), (1090, 880)), oval(906, 800, 42, 38), poly((876, 780), (872, 736), (902, 768)), poly((912, 768), (938, 740), (940, 784)), rod(smooth([(1080, 870), (1130, 850), (1150, 900), (1130, 950)]), 20))
    s.put(cat, k=1)
    s.cut(many(gouge([(960 + i * 30, 800), (970 + i * 30, 826), (962 + i * 30, 858)], 6) for i in range(4)), "k")
    s.cut(many([gouge([(884, 800), (892, 806), (900, 800)], 5), gouge([(912, 800), (920, 806), (928, 800)], 5)]), "k")
    cup = union(poly((706, 846), (806, 846), (790, 918), (722, 918)), ring(812, 876, 26, 9))
    s.put(rect(650, 930, 220, 16, 6), k=0.2, y=0.6)
    s.put(rect(742, 946, 34, 60), k=1)
    s.cut(cup)
    s.put(oval(756, 848, 50, 11), k=1, r=0.8)
    s.cut(gouge([(744, 830), (760, 800), (736, 766), (756, 736)], 12))
    s.cut(gouge([(776, 828), (790, 806), (772, 780), (786, 760)], 9))
    return s


def mikan_crate() -> Sheet:
    """A wall of mandarins in crates on a slope above the sea; one has rolled away."""
    s = Sheet("mikan-crate", {"k": PINE, "y": OCHRE, "r": VERMILION}, SIZE)
    s.fade(rect(0, 0, 1500, 420), (0, 0), (0, 420), [{"k": 0.26}, {"y": 0.35}])
    s.put(rect(0, 300, 1500, 130), k=0.5)
    s.cut(hatch(s.rng, (0, 306, 1500, 120), 22, 5, 0, (60, 260), 0.6))
    s.put(oval(1180, 300, 70), y=1, r=0.3)
    s.put(rect(0, 300, 1500, 4), k=0.7)
    s.over(many(rect(1180 + s.rng.uniform(-26, 26) - 50, 310 + i * 15, s.rng.uniform(60, 130), 5, 2) for i in range(8)), y=1)
    island = hill([(560, 302), (640, 262), (720, 240), (800, 262), (870, 302)], 303)
    s.put(island, k=0.85)
    for i in range(6):
        base = 380 + i * 66
        line = [(-20, base + 120 - i * 10), (300, base + 46), (620, base + 10), (900, base + 40), (1200, base + 100), (1520, base + 170)]
        terrace = hill(line, 1010)
        s.put(terrace, k=1 if i % 2 else 0.78, y=1)
        for x, y in smooth(line, 7)[::2]:
            r = s.rng.uniform(26, 38) + i * 2
            s.put(blob((x - r, y - 6), (x - r * 0.7, y - r * 0.9), (x, y - r * 1.15), (x + r * 0.8, y - r * 0.8), (x + r, y - 6), (x, y + 8)), k=1, y=0.5)
            s.put(many(oval(x + s.rng.uniform(-r, r) * 0.7, y - s.rng.uniform(0.1, 0.95) * r, 5 + i * 0.7) for _ in range(7)), y=1, r=0.55)
    monorail = smooth([(980, 1010), (1000, 800), (1050, 640), (1090, 520), (1110, 440)])
    s.put(rod(monorail, 12), k=1, r=1)
    s.put(many(rod([(x, y), (x + 4, y + 56)], 8) for x, y in monorail[4::7]), k=1, r=1)
    s.put(placed(union(rect(-70, -70, 140, 60, 6), rect(-60, -96, 120, 30, 4)), 1042, 674), k=1, r=1)
    s.put(many(oval(1042 - 48 + i * 32, 578, 18) for i in range(4)), y=1, r=0.55)

    def crate(x: float, y: float, w: float, h: float, rows: int) -> None:
        s.put(rect(x, y, w, h), k=1, r=0.9, y=1)
        r = w / 9.4
        for j in range(rows):
            for i in range(5):
                cx, cy = x + r + i * (w - 2 * r) / 4 + s.rng.uniform(-6, 6), y - 4 - j * r * 1.25 + s.rng.uniform(-5, 5)
                s.put(oval(cx + 4, cy + 5, r * 1.06), k=0.8, y=1, r=0.6)
                s.put(oval(cx, cy, r * 1.05, r), y=1, r=0.55)
                s.put(both(oval(cx, cy, r * 1.05, r), oval(cx + r * 0.7, cy + r * 0.7, r)), y=1, r=0.85)
                s.cut(oval(cx - r * 0.36, cy - r * 0.4, r * 0.2, r * 0.12, -30), "r", "k")
                s.put(union(*(turned(rect(cx - 2.5, cy - r * 0.78, 5, r * 0.3), a, cx, cy - r * 0.52) for a in (0, 60, 120))), k=1)
        for k in range(3):
            s.put(rect(x - 8, y + 14 + k * h / 3, w + 16, h / 3 - 14, 4), y=0.55, k=0.14)
            s.put(both(rect(x - 8, y + 14 + k * h / 3, w + 16, h / 3 - 14), hatch(s.rng, (x - 8, y, w + 16, h), 13, 3, 0, (60, 200), 0.5)), y=0.8, k=0.55)
        for px in (x - 8, x + w - 16):
            s.put(rect(px, y - 2, 24, h + 4), y=0.7, k=0.5)

    crate(96, 800, 430, 190, 2)
    crate(566, 826, 400, 170, 3)
    crate(196, 600, 380, 160, 3)
    x, y, r = 1230, 906, 58
    s.put(oval(x + 8, y + 44, r * 1.1, 18), k=1)
    s.put(oval(x, y, r * 1.05, r), y=1, r=0.55)
    s.put(both(oval(x, y, r * 1.05, r), oval(x + 38, y + 38, r)), y=1, r=0.9)
    s.cut(oval(x - 22, y - 24, 12, 7, -30), "r", "k")
    s.put(union(blob((x, y - 48), (x + 50, y - 92), (x + 104, y - 84), (x + 62, y - 52)), rod([(x, y - 48), (x - 4, y - 66)], 8)), k=1)
    bird = union(blob((1330, 918), (1370, 890), (1420, 896), (1466, 930), (1420, 944), (1360, 944)), oval(1350, 896, 25, 23))
    s.put(bird, k=1, r=0.3)
    s.cut(ring(1342, 893, 11, 4), "k", "r")
    s.put(poly((1328, 894), (1302, 904), (1330, 908)), y=1)
    s.put(many(rod([(px, 940), (px - 4, 974)], 5) for px in (1380, 1400)), k=1)
    return s


def grandmother_plough() -> Sheet:
    """A rotary plough throws the road over the roofs; a child salutes it."""
    s = Sheet("grandmother-plough", {"k": NAVY, "r": VERMILION, "b": SKY}, SIZE)
    s.fade(rect(0, 0, 1500, 1000), (0, 0), (0, 700), [{"b": 0.75, "k": 0.2}, {"b": 0.25}])
    s.put(hill(ridge(s.rng, -20, 1520, 330, 90, 0.55), 800, False), b=0.7, k=0.2)
    for x, h in ((60, 260), (150, 330), (250, 240), (1330, 300), (1430, 380)):
        s.put(placed(pine(h, s.rng), x, 640), k=0.85)
    for x, w, y in ((330, 300, 420), (1020, 330, 400)):
        s.put(rect(x, y + 90, w, 170), k=0.9)
        s.put(many(rect(x + 30 + i * 84, y + 130, 46, 54) for i in range(3)), r=0.25, k=0.0)
        s.put(poly((x - 50, y + 100), (x + w * 0.3, y), (x + w * 0.7, y), (x + w + 50, y + 100)), k=1)
        s.cut(blob((x - 60, y + 92), (x - 20, y + 40), (x + w * 0.3, y - 34), (x + w * 0.7, y - 36), (x + w + 26, y + 44), (x + w + 62, y + 90), (x + w * 0.5, y + 56)))
    s.cut(hill([(-20, 640), (240, 610), (520, 650), (760, 640), (1000, 610), (1260, 640), (1520, 600)], 1010))
    road = poly((620, 1010), (1130, 640), (1240, 640), (1500, 1010))
    s.put(road, k=0.42, b=0.5)
    s.cut(many(gouge([(700 + i * 150, 1000), (1000 + i * 60, 800), (1146 + i * 18, 660)], 9) for i in range(5)), "k", "b")
    plume = blob((830, 520), (760, 400), (610, 250), (420, 150), (230, 130), (60, 200), (-30, 330), (-30, 120), (90, 20), (330, -20), (600, 60), (800, 220), (900, 420), (910, 520))
    s.cut(plume)
    s.over(both(plume, hatch(s.rng, (-40, -20, 960, 560), 26, 5, 34, (40, 170), 0.5)), b=0.55)
    s.cut(flakes(s.rng, 190, 760, 640, (3, 11)))
    s.put(placed(rect(-60, -120, 120, 130, 10), 874, 560), r=1)
    s.put(poly((830, 470), (910, 470), (926, 560), (820, 560)), r=1, k=0.3)
    s.put(rect(800, 400, 420, 300, 26), r=1)
    s.put(poly((800, 560), (1220, 560), (1220, 720), (800, 720)), r=1, k=0.25)
    s.put(rect(836, 424, 348, 128, 16), k=1)
    s.put(poly((850, 436), (1010, 436), (990, 540), (850, 540)), b=0.5)
    s.put(poly((1024, 436), (1172, 436), (1172, 540), (1004, 540)), b=0.3)
    s.put(union(oval(1086, 492, 26, 30), blob((1040, 552), (1060, 520), (1112, 520), (1134, 552))), k=1)
    s.put(minus(oval(1086, 482, 30, 26), rect(1040, 484, 100, 40)), r=1)
    s.put(many(rod([(900 + d * 150, 540), (930 + d * 150, 470)], 6) for d in (0, 1)), k=1)
    s.put(rect(960, 356, 60, 46, 10), r=0.9, k=0.0)
    s.put(many(oval(x, 620, 27) for x in (850, 1170)), k=0.0)
    s.put(many(ring(x, 620, 34, 8) for x in (850, 1170)), k=1)
    s.put(rect(920, 590, 180, 62, 8), k=0.0)
    s.put(many(gouge([(940 + i * 28, 602), (946 + i * 28, 620), (938 + i * 28, 640)], 8) for i in range(6)), k=1)
    s.put(poly((720, 700), (1300, 700), (1350, 920), (670, 920)), k=1)
    s.put(poly((748, 722), (1272, 722), (1312, 896), (708, 896)), r=0.9, k=0.55)
    for cx in (860, 1010, 1160):
        for a in range(0, 360, 45):
            s.put(turned(gouge([(cx, 810), (cx + 34, 780), (cx + 72, 800)], 22, (1, 0.4)), a, cx, 810), k=1)
        s.put(oval(cx, 810, 22), r=1)
        s.put(ring(cx, 810, 84, 8), k=1)
    s.cut(blob((560, 1010), (620, 900), (700, 860), (760, 930), (900, 896), (1020, 950), (1180, 910), (1290, 950), (1400, 890), (1460, 1010)))
    s.over(both(rect(560, 860, 900, 150), hatch(s.rng, (560, 880, 900, 130), 22, 4, 6, (30, 120), 0.4)), b=0.4)
    child = union(oval(300, 742, 44, 46), blob((244, 800), (300, 778), (356, 800), (378, 920), (222, 920)))
    s.put(child, r=1)
    s.put(blob((250, 736), (300, 690), (350, 736), (300, 752)), k=1)
    s.put(oval(300, 690, 17), k=0.0)
    s.put(oval(312, 752, 30, 24), k=0.06, r=0.25)
    s.put(rod([(350, 812), (400, 770), (346, 728)], 26), r=1)
    s.put(oval(344, 730, 15), k=1)
    s.put(rod([(250, 812), (222, 880)], 26), r=1)
    s.put(many(rod([(x, 916), (x, 968)], 34) for x in (272, 328)), k=1)
    shovel = union(rod([(206, 960), (190, 740)], 12), rect(168, 690, 52, 66, 8))
    s.put(shovel, k=1)
    s.cut(flakes(s.rng, 70, 1500, 1000, (2, 6)))
    return s


SCENES = [persimmon_curtain, record_room, mikan_crate, grandmother_plough]
