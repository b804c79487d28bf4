"""Hands and desks: dough, pen, phone, a night desk, the travel kit."""
# fmt: off
# The formatter would set one number a line; an outline is read as a whole.

from __future__ import annotations

import math

from .press import BROWN, INDIGO, NAVY, OCHRE, ROSE, VERMILION, Sheet
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
    rod,
    smooth,
    turned,
    union,
)


def finger(a: tuple, b: tuple, c: tuple, width: float) -> object:
    """A finger from knuckle to tip."""
    return union(rod([a, b], width), rod([b, c], width * 0.9), oval(*b, width * 0.5))


def hand_over(s: Sheet, parts: list, skin: dict, dark: str = "k") -> None:
    """Print fingers one after another, each with its dark lower edge carved against the last."""
    for part in parts:
        s.put(placed(part, 7, 9), **{dark: 1})
        s.put(part, **skin)


def hands_kneading() -> Sheet:
    """Two forearms come in from the top; the dough is the brightest thing in the room."""
    s = Sheet("hands-kneading", {"k": BROWN, "r": ROSE, "y": OCHRE})
    s.put(rect(0, 0, 1800, 1200), k=1, y=0.7)
    s.cut(hatch(s.rng, (0, 0, 1800, 1200), 42, 5, -6, (200, 800), 0.6), "k")
    for _ in range(900):
        a, r = s.rng.uniform(0, 6.28), abs(s.rng.normal(0, 1)) * 330
        s.cut(oval(930 + r * 1.5 * math.cos(a), 740 + r * 0.8 * math.sin(a), s.rng.uniform(1.5, 6)))
    dough = blob((360, 760), (420, 600), (600, 520), (820, 500), (1040, 490), (1280, 520), (1440, 620), (1500, 780), (1440, 930), (1240, 1040), (960, 1080), (660, 1050), (440, 940))
    s.put(placed(dough, 26, 40), k=1, r=0.7, y=1)
    s.cut(dough)
    with s.clip(dough):
        s.over(minus(dough, placed(dough, -40, -54)), y=0.75)
        s.over(minus(dough, placed(dough, -16, -22)), k=0.3)
        for pts in (((600, 560), (700, 660), (690, 800)), ((1260, 560), (1180, 680), (1200, 820)), ((820, 960), (960, 1000), (1120, 960)), ((500, 700), (540, 800), (620, 880)), ((1380, 700), (1360, 800), (1290, 880))):
            s.over(gouge(pts, 22), y=1)
            s.over(gouge(pts, 9), k=1)
    skin = {"r": 0.72, "y": 0.25}
    for flip in (False, True):
        def m(path: object, flip: bool = flip) -> object:
            return placed(path, 1850 if flip else 0, 0, 1, flip)
        arm = m(poly(*smooth([(330, -60), (470, 200), (590, 420), (640, 520)]), *smooth([(850, 480), (790, 330), (690, 150), (620, -60)])))
        s.put(placed(arm, 20, 30), k=1, r=1, y=1)
        s.put(arm, **skin)
        s.over(m(poly(*smooth([(330, -60), (470, 200), (590, 420), (640, 520)]), *smooth([(690, 500), (640, 400), (540, 200), (410, -60)]))), k=0.45, r=1)
        palm = m(blob((620, 470), (740, 430), (860, 470), (910, 570), (880, 680), (760, 730), (650, 680), (600, 570)))
        fingers = [m(finger((648 + i * 62, 640 + 24 * (i in {1, 2})), (640 + i * 68, 740 + 20 * (i in {1, 2})), (664 + i * 62, 812 + 16 * (i in {1, 2})), 64 - 5 * (i == 0))) for i in range(4)]
        s.put(m(oval(770, 820, 190, 60)), y=0.8, k=0.25)
        hand_over(s, [*fingers, palm], skin)
        s.cut(both(palm, m(many(gouge([(640 + i * 66, 610), (664 + i * 64, 590), (690 + i * 62, 606)], 8) for i in range(4)))))
        thumb = m(finger((870, 560), (925, 650), (905, 740), 70))
        hand_over(s, [thumb], skin)
        s.put(m(oval(908, 738, 18, 26)), y=0.1)
        s.put(m(many(gouge([(650 + i * 66, 770 + 18 * (i in {1, 2})), (672 + i * 64, 764 + 18 * (i in {1, 2})), (690 + i * 62, 772)], 7) for i in range(4))), k=1)
        sleeve = m(poly(*smooth([(240, -80), (330, 60), (420, 190)]), *smooth([(420, 200), (560, 150), (690, 80)]), (640, -80)))
        s.put(sleeve, k=0.0, y=0.0)
        s.put(both(sleeve, m(many(turned(rect(150 + i * 70, -200, 22, 600), -32, 400, 0) for i in range(9)))), k=0.95, r=1)
        s.put(m(gouge([(415, 200), (560, 160), (700, 82)], 16, (0.5, 0.5))), k=1)
    egg = oval(1560, 1010, 84, 66, -30)
    s.put(placed(egg, 16, 24), k=1, r=1, y=1)
    s.put(egg, y=0.3)
    s.over(minus(egg, placed(egg, -20, -22)), y=1, k=0.3)
    return s


def hand_writing() -> Sheet:
    """A left hand, a pen, and a line that has already been crossed out."""
    s = Sheet("hand-writing", {"k": INDIGO, "r": ROSE, "y": OCHRE})
    s.put(rect(0, 0, 1800, 1200), y=1)
    s.put(poly((-20, -20), (700, -20), (-20, 620)), y=1, k=0.85)
    with s.turned(-8, 900, 600):
        s.put(rect(330, 70, 1280, 1500), k=1)
        s.cut(rect(300, 40, 1280, 1500))
        for i in range(11):
            s.put(rect(360, 150 + i * 92, 1160, 4), k=0.5)
        s.put(rect(450, 40, 5, 1500), r=1)
        for row in range(5):
            x = 490.0
            end = 1420 if row < 4 else 800
            while x < end:
                w = s.rng.uniform(40, 130)
                pts = [(x + w * t, 138 + row * 92 + s.rng.uniform(-26, 4)) for t in (0, 0.2, 0.4, 0.6, 0.8, 1)]
                s.put(gouge(pts, 11, (0.4, 0.4)), k=1)
                x += w + 34
        s.put(gouge([(480, 300), (700, 314), (930, 298), (1180, 316), (1400, 302)], 15, (0.3, 0.4)), r=1)
        s.put(gouge([(1400, 328), (1100, 318), (800, 332), (520, 322)], 10, (0.3, 0.2)), r=1)
    skin = {"r": 0.75, "y": 0.2}
    arm = poly(*smooth([(1900, 740), (1600, 700), (1330, 640)]), *smooth([(1180, 900), (1420, 1040), (1700, 1300)]), (1900, 1300))
    s.put(placed(arm, -30, 44), k=0.8)
    back = blob((1330, 600), (1200, 560), (1080, 590), (1010, 680), (1040, 800), (1140, 900), (1300, 930), (1420, 860), (1450, 700))
    s.put(placed(back, -34, 40), k=0.8)
    hand_over(s, [finger((1080, 840), (960, 850), (900, 800), 82), finger((1050, 790), (920, 790), (850, 742), 84)], skin)
    hand_over(s, [arm], skin)
    pen = poly((716, 640), (744, 600), (1520, 50), (1570, 110), (780, 672))
    s.put(placed(pen, -14, 30), k=0.55)
    s.put(pen, k=1)
    s.put(poly((716, 640), (744, 600), (800, 560), (838, 620), (780, 672)), y=1, k=0.5)
    s.put(poly((680, 668), (730, 616), (764, 656)), k=1)
    s.cut(gouge([(860, 540), (1200, 300), (1500, 86)], 12))
    s.put(poly((1400, 135), (1452, 98), (1500, 158), (1448, 196)), y=1)
    hand_over(s, [finger((1060, 740), (960, 660), (842, 626), 84), back, finger((1150, 600), (1040, 560), (900, 560), 84)], skin)
    thumb = finger((1180, 780), (1040, 720), (930, 640), 92)
    hand_over(s, [thumb], skin)
    s.put(blob((908, 616), (950, 620), (968, 650), (936, 660), (906, 640)), r=0.12)
    s.put(blob((868, 542), (912, 534), (926, 556), (880, 566)), r=0.12)
    s.over(both(union(back, arm), poly((1100, 960), (1240, 850), (1500, 860), (1900, 1060), (1900, 1300), (1100, 1300))), k=0.5)
    s.put(many([gouge([(1230, 620), (1290, 640), (1320, 690)], 8), gouge([(1180, 640), (1216, 660), (1230, 700)], 7), gouge([(1120, 790), (1180, 800), (1220, 780)], 8)]), k=1)
    cuff = poly((1480, 640), (1900, 720), (1900, 1300), (1560, 1200), (1370, 980))
    s.put(cuff, k=1)
    s.cut(both(cuff, hatch(s.rng, (1350, 600, 600, 700), 30, 7, 62, (60, 240), 0.6)), "k")
    s.cut(gouge([(1478, 650), (1410, 800), (1376, 976)], 12, (1, 1)))
    return s


def hand_phone() -> Sheet:
    """A crowded carriage at night; one lit screen holds the morning's weather."""
    s = Sheet("hand-phone", {"k": NAVY, "r": ROSE, "y": OCHRE})
    s.put(rect(0, 0, 1800, 1200), k=1)
    for x, w in ((-60, 420), (460, 520), (1100, 500), (1700, 300)):
        s.put(rect(x, 150, w, 420, 40), k=0.55, r=0.5)
        for _ in range(9):
            bx = x + s.rng.uniform(0, w - 60)
            s.put(rect(bx, s.rng.uniform(220, 420), s.rng.uniform(40, 110), 400), k=0.85, r=0.6)
            s.put(rect(bx + 14, s.rng.uniform(440, 540), 14, 18), y=1)
    s.put(rect(-10, 570, 1820, 700), k=0.55, r=0.8)
    s.put(rod([(-20, 70), (1820, 70)], 16), y=1, k=0.3)
    for x in (180, 470, 1290, 1600):
        s.put(rod([(x, 70), (x + 6, 190)], 12), r=0.6, k=0.4)
        s.put(minus(oval(x + 8, 246, 60), oval(x + 8, 246, 42)), r=1)
    s.glow(rect(-10, 0, 1820, 1210), (900, 560), 760, [{"y": 1}, {"y": 0.9, "r": 0.5}, {}], mode="over", at=[0.2, 0.5, 1])
    for x, h, lean in ((90, 560, 0), (390, 470, 0.02), (1440, 520, -0.02), (1720, 600, 0)):
        person = union(oval(x, 1000 - h, 96, 112), blob((x - 250, 1300), (x - 210, 1170 - h), (x - 50, 1110 - h), (x + 50, 1110 - h), (x + 210, 1170 - h), (x + 250, 1300)))
        s.put(person, k=1)
        coat = both(person, rect(x - 260, 1150 - h, 520, 700))
        s.put(both(coat, hatch(s.rng, (x - 260, 1120 - h, 520, 640), 38, 6, 84 if x < 900 else 96, (60, 240), 0.55)), r=1, k=0.3)
        s.cut(placed(gouge([(x - 90, 1010 - h), (x - 70, 930 - h), (x + 10 + lean, 894 - h)], 9), 0, 0))
        s.put(gouge([(x + 60, 1114 - h), (x + 190, 1160 - h), (x + 238, 1280)], 9), r=1)
    skin = {"r": 0.85, "y": 0.3}
    arm = poly(*smooth([(690, 1300), (770, 1080), (770, 880)]), *smooth([(1090, 880), (1090, 1060), (1150, 1300)]))
    s.put(arm, **skin)
    s.over(both(arm, poly((980, 860), (1300, 860), (1300, 1300), (1010, 1300))), k=0.6)
    s.put(blob((700, 900), (720, 640), (860, 600), (1080, 620), (1140, 760), (1130, 920), (900, 980)), **skin)
    phone = turned(rect(720, 210, 400, 720, 54), -6, 920, 570)
    s.put(turned(rect(704, 226, 400, 720, 54), -6, 920, 570), k=1)
    s.put(phone, k=1)
    with s.turned(-6, 920, 570):
        s.cut(rect(744, 240, 352, 660, 30))
        s.put(rect(744, 240, 352, 660, 30), y=0.35)
        s.put(oval(920, 430, 88), r=1, y=1)
        s.put(many(turned(rect(914, 296, 12, 34, 6), a, 920, 430) for a in range(0, 360, 30)), r=1, y=1)
        s.put(blob((744, 560), (820, 530), (920, 566), (1010, 528), (1096, 556), (1096, 640), (744, 640)), k=1)
        s.put(rect(744, 600, 352, 180), k=1)
        s.cut(many(gouge([(750, 640 + i * 26), (840, 630 + i * 26), (930, 642 + i * 26), (1092, 632 + i * 26)], 7) for i in range(5)))
        s.put(many([rect(776, 806, 180, 22, 11), rect(776, 846, 120, 18, 9)]), k=1)
        s.put(oval(1044, 836, 26), r=1, y=1)
        s.put(rect(870, 254, 100, 20, 10), k=1)
    fingers = [finger((1170, 560 + i * 94), (1136, 556 + i * 94), (1064 + 12 * (i % 2), 566 + i * 94), 78) for i in range(4)]
    s.put(blob((1090, 520), (1190, 500), (1240, 620), (1240, 860), (1150, 960), (1110, 940), (1130, 700)), **skin)
    hand_over(s, fingers, skin)
    s.over(blob((1170, 510), (1220, 560), (1240, 700), (1240, 860), (1160, 960), (1190, 760)), k=0.7)
    s.put(many(blob((1050 + 12 * (i % 2), 548 + i * 94), (1084, 544 + i * 94), (1088, 570 + i * 94), (1054, 578 + i * 94)) for i in range(4)), r=0.25)
    hand_over(s, [finger((730, 900), (700, 740), (784, 640), 96)], skin)
    s.over(blob((700, 960), (670, 800), (660, 720), (690, 700), (720, 860)), k=0.6)
    s.put(oval(792, 634, 25, 34, 40), r=0.25)
    cuff = poly((650, 1300), (735, 1060), (1120, 1046), (1200, 1300))
    s.cut(placed(cuff, 0, -9))
    s.put(cuff, k=1, r=1)
    s.cut(many(gouge([(764 + i * 42, 1076), (738 + i * 49, 1210)], 8) for i in range(9)))
    return s


def desk_night() -> Sheet:
    """Eleven at night, one lamp: the cat has taken the paperwork."""
    s = Sheet("desk-night", {"k": "#22245c", "y": OCHRE, "r": VERMILION})
    s.put(rect(0, 0, 1800, 1200), k=1)
    s.put(rect(1130, 60, 560, 560), k=0.6)
    s.cut(oval(1560, 190, 56))
    for i in range(9):
        x, top = 1130 + i * 64, 620 - s.rng.uniform(80, 340)
        s.put(rect(x, top, 60, 620 - top), k=1)
        for j in range(7):
            if s.rng.random() < 0.5:
                s.put(rect(x + 10 + 22 * (j % 2), top + 14 + j * 34, 12, 16), y=1)
    s.put(many([rect(1110, 40, 600, 20), rect(1110, 616, 600, 24), rect(1110, 40, 22, 590), rect(1688, 40, 22, 590), rect(1398, 40, 16, 590)]), k=1, r=1)
    s.fade(poly((560, 330), (800, 330), (1260, 900), (60, 900)), (0, 330), (0, 900), [{"y": 0.25}, {"y": 0.85}])
    desk = poly((-20, 840), (1820, 840), (1820, 1220), (-20, 1220))
    s.put(desk, k=0.9, r=1)
    s.put(both(desk, oval(660, 900, 760, 190)), y=1, r=0.12)
    s.put(both(desk, hatch(s.rng, (0, 840, 1800, 380), 26, 5, 0, (200, 700), 0.6)), k=0.7, r=1, y=1)
    s.put(rect(-20, 1080, 1840, 26), k=1, r=1)
    s.put(union(poly((470, 340), (890, 340), (780, 150), (580, 150)), rect(640, 110, 80, 50)), r=1)
    s.over(poly((690, 340), (890, 340), (780, 150), (700, 150)), k=0.75)
    s.put(rod([(680, 120), (960, 60), (1080, 330), (980, 850)], 22), k=1, r=1)
    s.put(rod([(676, 112), (950, 54), (1066, 320)], 6), y=1)
    s.put(oval(980, 860, 130, 30), k=1, r=1)
    for x, y, n in ((-60, 850, 9), (1330, 850, 6)):
        for i in range(n):
            dx = s.rng.uniform(-22, 22)
            s.put(rect(x + dx, y - 44 - i * 44, 330, 40, 4), **[{"k": 1, "r": 0.4}, {"r": 1}, {"y": 1, "k": 0.35}, {"k": 0.35}][i % 4])
            s.put(rect(x + dx + 300, y - 38 - i * 44, 26, 28), y=0.25)
    sheets = [((330, 880), (720, 860), (760, 950), (340, 980)), ((560, 930), (900, 900), (960, 990), (590, 1030))]
    for sh in sheets:
        s.put(placed(poly(*sh), -8, 12), k=0.8, r=1, y=1)
        s.cut(poly(*sh))
    s.put(many(rod([(366, 900 + i * 18), (660 - 60 * (i % 3), 886 + i * 18)], 5) for i in range(4)), k=1)
    body = blob((440, 930), (430, 850), (500, 770), (620, 720), (760, 720), (880, 770), (930, 850), (920, 930), (800, 962), (580, 966))
    s.put(placed(body, 16, 14), k=0.9, r=1, y=1)
    cat = union(body, oval(480, 850, 84, 72), poly((410, 830), (398, 744), (466, 790)), poly((486, 786), (540, 740), (548, 820)), gouge([(900, 900), (980, 960), (880, 1010), (700, 990), (600, 1000)], 46, (0.9, 0.4)))
    s.put(cat, k=1)
    with s.clip(cat):
        s.put(many(gouge([(560 + i * 54, 724 - 6 * (i % 3)), (580 + i * 56, 780), (572 + i * 58, 850)], 13, (1, 0)) for i in range(6)), y=1)
        s.put(gouge([(452, 800), (520, 752), (640, 722), (780, 722), (880, 770)], 20), y=0.25)
        s.cut(many([gouge([(436, 856), (454, 866), (470, 854)], 8), gouge([(494, 856), (512, 866), (528, 854)], 8)]))
        s.put(poly((472, 878), (492, 878), (482, 890)), r=1)
    s.cut(many([rod([(440, 890), (370, 884)], 3), rod([(440, 898), (376, 908)], 3), rod([(524, 890), (590, 880)], 3)]))
    cup = union(rect(1130, 800, 150, 150, 24), minus(oval(1290, 866, 50), oval(1290, 866, 28)))
    s.cut(cup)
    s.over(both(cup, rect(1210, 780, 150, 200)), k=0.7)
    s.put(rect(1130, 860, 150, 20), r=1)
    s.cut(many(gouge([(1180 + i * 44, 780), (1210 + i * 40, 710), (1160 + i * 44, 640), (1196 + i * 40, 560)], 15) for i in range(2)))
    s.put(many([turned(rect(1560, 640, 14, 230), a, 1567, 860) for a in (-14, -3, 9)]), y=1)
    s.put(rect(1500, 780, 140, 160, 20), r=1, k=0.2)
    return s


SCENES = [hands_kneading, hand_writing, hand_phone, desk_night]
