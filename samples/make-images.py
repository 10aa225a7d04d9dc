#!/usr/bin/env python3
"""Draws the pictures of the samples: seeded SVG, rasterised by headless Chromium, stored as JPEG by ImageMagick.

Usage: samples/make-images.py [chromium] [convert]   (the results are committed; run it only to change them)
"""
import math
import os
import random
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
W, H = 1600, 900


def gradient(name, stops, x2=0, y2=1):
    inner = "".join(f'<stop offset="{o}" stop-color="{c}" stop-opacity="{a}"/>' for o, c, a in stops)
    return f'<linearGradient id="{name}" x1="0" y1="0" x2="{x2}" y2="{y2}">{inner}</linearGradient>'


def glow(name, stops):
    inner = "".join(f'<stop offset="{o}" stop-color="{c}" stop-opacity="{a}"/>' for o, c, a in stops)
    return f'<radialGradient id="{name}">{inner}</radialGradient>'


def sky(*stops):
    return gradient("sky", [(o, c, 1) for o, c in stops]), f'<rect width="{W}" height="{H}" fill="url(#sky)"/>'


def stars(rnd, count, bottom):
    return "".join(
        f'<circle cx="{rnd.uniform(0, W):.1f}" cy="{rnd.uniform(0, bottom) * rnd.random():.1f}" r="{rnd.uniform(.5, 2):.2f}" fill="#fff" opacity="{rnd.uniform(.3, 1):.2f}"/>'
        for _ in range(count))


def ridge(rnd, base, rough, colour, opacity=1.0, step=40):
    phases = [(rnd.uniform(0, 6.28), rnd.uniform(.6, 1.6)) for _ in range(4)]
    points = []
    for x in range(-step, W + 2 * step, step):
        y = base + sum(rough / (i + 1) * math.sin(x / (420 / (i + 1)) * f + p) for i, (p, f) in enumerate(phases)) + rnd.uniform(-rough, rough) * .12
        points.append(f"{x},{y:.1f}")
    return f'<path d="M{" L".join(points)} L{W + step},{H} L{-step},{H} Z" fill="{colour}" opacity="{opacity}"/>'


def lantern(x, y, s, lit=True):
    light = f'<circle cx="{x}" cy="{y}" r="{s * 6}" fill="url(#halo)"/>' if lit else ""
    return light + f'''
    <g transform="translate({x} {y}) scale({s / 60})">
      <path d="M-40 -88 C-40 -150 40 -150 40 -88" fill="none" stroke="#3a3128" stroke-width="7"/>
      <rect x="-46" y="-92" width="92" height="26" rx="8" fill="#4a3f33"/>
      <rect x="-36" y="-66" width="72" height="112" rx="10" fill="{'#ffdf9e' if lit else '#e9e2d6'}"/>
      <rect x="-36" y="-66" width="18" height="112" fill="#fff" opacity=".35"/>
      <path d="M-22 -66 V46 M22 -66 V46" stroke="#6a5842" stroke-width="4"/>
      <rect x="-52" y="46" width="104" height="34" rx="9" fill="#4a3f33"/><circle cx="30" cy="63" r="11" fill="#c78b45"/>
    </g>'''


HALO = glow("halo", [(0, "#ffd58a", .95), (.25, "#ffb347", .5), (1, "#ff9a2e", 0)])


def product_hero(rnd):
    d, bg = sky((0, "#071226"), (.55, "#1d3557"), (.8, "#34506e"), (1, "#0c1626"))
    water = "".join(f'<rect x="{rnd.uniform(-50, W):.0f}" y="{rnd.uniform(610, 800):.0f}" width="{rnd.uniform(60, 360):.0f}" height="2" fill="#8fb3d9" opacity="{rnd.uniform(.08, .3):.2f}"/>' for _ in range(90))
    return d + HALO, bg + stars(rnd, 260, 560) + ridge(rnd, 430, 95, "#23395a", .9) + ridge(rnd, 520, 60, "#16263f") + f'<rect y="600" width="{W}" height="300" fill="#102238"/>' + water + ridge(rnd, 815, 22, "#1a140f", 1, 30) + lantern(1060, 690, 100)


def product_glow(rnd):
    d, bg = sky((0, "#050917"), (.7, "#1a2347"), (1, "#2b2a45"))
    band = "".join(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{rnd.uniform(.6, 2.2):.2f}" fill="{rnd.choice(["#fff", "#cfe0ff", "#ffe9c7"])}" opacity="{rnd.uniform(.25, .9):.2f}"/>' for x, y in ((t, 620 - t * .42 + rnd.gauss(0, 70)) for t in (rnd.uniform(0, W) for _ in range(900))) if y < 640)
    tent = '<circle cx="560" cy="690" r="420" fill="url(#halo)" opacity=".6"/><path d="M290 780 L560 500 L860 780 Z" fill="url(#tent)"/><path d="M560 500 L560 780" stroke="#a8551a" stroke-width="5"/><path d="M560 500 L500 780 L620 780 Z" fill="#ffe2a6" opacity=".85"/>'
    return d + HALO + gradient("tent", [(0, "#ffb454", 1), (1, "#d9702a", 1)]), bg + band + ridge(rnd, 660, 50, "#0d1426") + tent + ridge(rnd, 800, 14, "#090c14")


def product_solar(rnd):
    d, bg = sky((0, "#8cc4ea"), (.6, "#fbe3b5"), (1, "#f3c987"))
    cells = "".join(f'<rect x="{760 + c * 74}" y="{392 + r * 74}" width="68" height="68" rx="6" fill="url(#cell)"/>' for r in range(4) for c in range(6))
    return d + HALO + gradient("cell", [(0, "#33518f", 1), (1, "#16244a", 1)], 1, 1), bg + '<circle cx="330" cy="240" r="300" fill="url(#halo)"/><circle cx="330" cy="240" r="74" fill="#fff7dd"/>' + ridge(rnd, 600, 60, "#7fa06a") + ridge(rnd, 720, 40, "#4f7a4b") + '<g transform="rotate(-7 980 540)"><rect x="738" y="370" width="488" height="334" rx="18" fill="#3a3128"/>' + cells + "</g>" + lantern(500, 660, 86, False)


def product_parts(rnd):
    d, bg = sky((0, "#efe6d8"), (1, "#dccdb6"))
    grain = "".join(f'<rect y="{y}" width="{W}" height="{rnd.uniform(1, 4):.1f}" fill="#b79d79" opacity="{rnd.uniform(.08, .25):.2f}"/>' for y in range(0, H, 14))
    parts = '''<g filter="url(#soft)"><path d="M150 560 L210 300 L370 300 L430 560 Z" fill="#c9cdd2"/><path d="M210 300 L250 300 L215 560 L150 560 Z" fill="#fff" opacity=".5"/>
      <circle cx="590" cy="440" r="92" fill="#9a6a3a"/><circle cx="590" cy="440" r="66" fill="#b98450"/><rect x="584" y="352" width="12" height="48" rx="6" fill="#5a3c1f"/>
      <rect x="760" y="318" width="108" height="250" rx="22" fill="#2f6f5e"/><rect x="788" y="300" width="52" height="24" rx="6" fill="#9fb1ad"/><rect x="760" y="400" width="108" height="60" fill="#f2efe6"/>
      <rect x="960" y="330" width="250" height="220" rx="10" fill="#1f5b3a"/><rect x="1000" y="372" width="70" height="70" fill="#16221b"/><circle cx="1150" cy="410" r="26" fill="#f6d57a"/><path d="M1000 480 H1180 M1000 505 H1140" stroke="#d6b45f" stroke-width="7"/></g>'''
    screws = "".join(f'<g filter="url(#soft)"><circle cx="{1320 + (i % 2) * 110}" cy="{390 + (i // 2) * 120}" r="30" fill="#a9afb5"/><rect x="{1298 + (i % 2) * 110}" y="{385 + (i // 2) * 120}" width="44" height="10" rx="4" fill="#5d646b"/></g>' for i in range(4))
    return d + '<filter id="soft" x="-20%" y="-20%" width="140%" height="150%"><feDropShadow dx="8" dy="16" stdDeviation="12" flood-color="#4d3b23" flood-opacity=".45"/></filter>', bg + grain + parts + screws


def waves(rnd, top, colours):
    return "".join(ridge(rnd, top + i * (H - top) / len(colours), 9 + i * 3, c, 1, 30) for i, c in enumerate(colours))


def article_lighthouse(rnd):
    d, bg = sky((0, "#20335c"), (.45, "#8a5a7d"), (.68, "#f19a6b"), (.8, "#f7c27f"), (1, "#27475f"))
    tower = '<path d="M1010 690 L1040 320 H1120 L1150 690 Z" fill="#f4f1ea"/><path d="M1096 320 H1120 L1150 690 H1106 Z" fill="#c9c4ba"/><path d="M1027 480 H1133 L1139 560 H1021 Z" fill="#c2453c"/><rect x="1026" y="296" width="108" height="26" fill="#39424c"/><rect x="1048" y="226" width="64" height="70" fill="#ffe9b0"/><path d="M1040 226 L1080 180 L1120 226 Z" fill="#39424c"/>'
    beam = '<path d="M1080 258 L0 60 L0 330 Z" fill="url(#beam)"/><path d="M1080 258 L1600 190 L1600 330 Z" fill="#fff4cf" opacity=".25"/><circle cx="1080" cy="260" r="150" fill="url(#halo)"/>'
    return d + HALO + gradient("beam", [(0, "#fff4cf", 0), (1, "#fff4cf", .6)], 1, 0), bg + stars(rnd, 70, 260) + beam + waves(rnd, 640, ["#2f5a73", "#274d66", "#1f4057", "#183347"]) + '<path d="M760 900 C820 740 940 680 1080 684 C1260 690 1420 740 1600 730 L1600 900 Z" fill="#1c2a25"/>' + tower


def article_lens(rnd):
    d, bg = sky((0, "#101a2b"), (1, "#05080f"))
    rings = "".join(f'<circle cx="800" cy="450" r="{r}" fill="none" stroke="hsl({190 + r / 5:.0f} 70% {70 - r / 14:.0f}%)" stroke-width="{16 - r / 40:.1f}" opacity="{.95 - r / 900:.2f}"/>' for r in range(60, 430, 26))
    rays = "".join(f'<path d="M800 450 L{800 + 1200 * math.cos(a):.0f} {450 + 1200 * math.sin(a):.0f}" stroke="#ffe7ae" stroke-width="3" opacity=".14"/>' for a in (i * math.pi / 36 for i in range(72)))
    frame = '<path d="M800 10 V890 M360 450 H1240" stroke="#b08d4f" stroke-width="10" opacity=".8"/><circle cx="800" cy="450" r="436" fill="none" stroke="#b08d4f" stroke-width="18"/>'
    return d + HALO, bg + rays + frame + rings + '<circle cx="800" cy="450" r="280" fill="url(#halo)"/><circle cx="800" cy="450" r="34" fill="#fffbe8"/>'


def article_rhythm(rnd):
    d, bg = sky((0, "#f3efe4"), (1, "#e4ddcc"))
    rows = [("Fl 5s", 5, 1), ("Fl(2) 10s", 10, 2), ("Fl(3) 20s", 20, 3), ("Oc 6s", 6, -1), ("Q", 1, 1)]
    parts = []
    for i, (name, period, flashes) in enumerate(rows):
        y = 150 + i * 140
        parts.append(f'<text x="90" y="{y + 46}" font-family="DejaVu Sans" font-size="40" fill="#29404d">{name}</text><rect x="400" y="{y}" width="1110" height="64" fill="#29404d" opacity=".12" rx="6"/>')
        t = 0.0
        while t < 30:
            spans = [(t, period - 1.2)] if flashes < 0 else [(t + k * 1.4, .5) for k in range(flashes)]
            parts += [f'<rect x="{400 + s * 37:.1f}" y="{y}" width="{min(n, 30 - s) * 37:.1f}" height="64" rx="6" fill="{["#e0a030", "#c2453c", "#1f6f8b", "#5b8c5a", "#7a5aa6"][i]}"/>' for s, n in spans if s < 30]
            t += period
    ticks = "".join(f'<text x="{400 + s * 37}" y="860" font-family="DejaVu Sans" font-size="26" fill="#5b666b">{s} s</text>' for s in range(0, 30, 5))
    return d, bg + "".join(parts) + ticks


def article_today(rnd):
    d, bg = sky((0, "#bfe0ec"), (.7, "#e9f3ee"), (1, "#d6e6e2"))
    mills = "".join(f'<g opacity=".7" transform="translate({x} {y}) scale({s})"><path d="M-3 0 L3 0 L6 260 L-6 260 Z" fill="#fff"/>' + "".join(f'<path d="M0 0 L8 -20 L3 -150 L-4 -20 Z" fill="#fff" transform="rotate({a + r})"/>' for a in (0, 120, 240)) + "</g>" for x, y, s, r in ((180, 330, 1, 15), (420, 370, .8, 70), (640, 390, .7, 40), (1430, 360, .85, 95)))
    mast = '<g stroke="#d0453a" stroke-width="12" fill="none"><path d="M990 730 L1040 330 L1090 730 M1002 640 H1078 M1014 540 H1066 M1026 440 H1054"/></g><rect x="1006" y="268" width="68" height="64" rx="12" fill="#2e3a42"/><circle cx="1040" cy="292" r="150" fill="url(#halo)" opacity=".7"/><rect x="1018" y="252" width="44" height="44" rx="10" fill="#fffdf0"/>'
    return d + HALO, bg + mills + waves(rnd, 560, ["#7fb3bd", "#63a0ad", "#4b8b9a"]) + '<path d="M640 900 C760 760 900 700 1060 716 C1250 730 1420 800 1600 780 L1600 900 Z" fill="#4a4f4c"/>' + "".join(f'<ellipse cx="{rnd.uniform(760, 1580):.0f}" cy="{rnd.uniform(790, 890):.0f}" rx="{rnd.uniform(20, 70):.0f}" ry="{rnd.uniform(10, 26):.0f}" fill="#6a706c"/>' for _ in range(26)) + mast


def birch(x, y, s):
    marks = "".join(f'<rect x="{-6 + (i * 37 % 9)}" y="{-i * 26}" width="8" height="4" fill="#333" opacity=".6"/>' for i in range(2, 13))
    return f'<g transform="translate({x} {y}) scale({s})"><path d="M-8 0 L-4 -380 L4 -380 L9 0 Z" fill="#e8e6dd"/>{marks}<g fill="#b9a648" opacity=".8"><ellipse cx="-46" cy="-360" rx="60" ry="40"/><ellipse cx="40" cy="-410" rx="66" ry="46"/><ellipse cx="0" cy="-330" rx="70" ry="36"/></g></g>'


def moor(rnd):
    d, bg = sky((0, "#9fb8d4"), (.4, "#f4d9b3"), (.55, "#f7e7c6"), (1, "#6d7a54"))
    mist = "".join(f'<ellipse cx="{rnd.uniform(0, W):.0f}" cy="{rnd.uniform(470, 640):.0f}" rx="{rnd.uniform(240, 520):.0f}" ry="{rnd.uniform(14, 36):.0f}" fill="#fff" opacity="{rnd.uniform(.12, .34):.2f}"/>' for _ in range(26))
    pools = "".join(f'<ellipse cx="{x}" cy="{y}" rx="{r}" ry="{r * .16:.0f}" fill="#dfe6dd" opacity=".85"/>' for x, y, r in ((420, 720, 260), (1120, 690, 190), (960, 820, 330)))
    return d + HALO, bg + '<circle cx="1120" cy="400" r="260" fill="url(#halo)"/>' + ridge(rnd, 500, 26, "#6f8373", .8) + ridge(rnd, 590, 14, "#6c7b4d") + pools + ridge(rnd, 870, 12, "#4a5a34") + "".join(birch(x, y, s) for x, y, s in ((240, 640, .8), (330, 620, .6), (1380, 660, 1), (1480, 640, .75), (700, 600, .45))) + mist


def schichten(rnd):
    d, bg = sky((0, "#cfe3ea"), (.2, "#e8efe6"), (1, "#e8efe6"))
    layers = [(210, "#6f9a45"), (260, "#8a6a3c"), (350, "#75532e"), (450, "#604124"), (560, "#4b321c"), (670, "#382615"), (760, "#8d8f8a"), (830, "#a9a294")]
    body = "".join(ridge(rnd, y, 8, c, 1, 30) for y, c in layers)
    bits = "".join(f'<path d="M{x:.0f} {y:.0f} q{rnd.uniform(10, 40):.0f} {rnd.uniform(-10, 10):.0f} {rnd.uniform(30, 90):.0f} 0" stroke="#c8a469" stroke-width="2" fill="none" opacity=".4"/>' for x, y in ((rnd.uniform(0, W), rnd.uniform(280, 740)) for _ in range(240)))
    core = '<rect x="1180" y="120" width="70" height="640" rx="10" fill="#d9dde0" opacity=".9"/><rect x="1192" y="260" width="46" height="490" fill="#5a3e22"/><path d="M1192 330 h46 M1192 420 h46 M1192 520 h46 M1192 640 h46" stroke="#d9b36a" stroke-width="6"/>'
    return d, bg + body + bits + core


def torfmoos(rnd):
    d, bg = sky((0, "#33502c"), (1, "#16260f"))
    heads = []
    for _ in range(170):
        x, y, r = rnd.uniform(-40, W), rnd.uniform(-20, H + 40), rnd.uniform(26, 66)
        h = rnd.uniform(70, 120)
        heads.append(f'<g transform="translate({x:.0f} {y:.0f}) rotate({rnd.uniform(0, 60):.0f})" opacity=".92">' + "".join(f'<ellipse cx="0" cy="{-r / 2:.0f}" rx="{r / 6:.1f}" ry="{r / 2:.0f}" transform="rotate({a})" fill="hsl({h + a / 12:.0f} 52% {rnd.uniform(34, 56):.0f}%)"/>' for a in range(0, 360, 30)) + f'<circle r="{r / 4:.0f}" fill="hsl({h:.0f} 60% 64%)"/></g>')
    dew = "".join(f'<g transform="translate(1050 470) rotate({a})"><path d="M0 0 L0 -190" stroke="#c0563f" stroke-width="7"/><ellipse cy="-226" rx="44" ry="52" fill="#d9704f"/>' + "".join(f'<path d="M0 -226 L{70 * math.cos(b):.0f} {-226 + 78 * math.sin(b):.0f}" stroke="#e2543f" stroke-width="3"/><circle cx="{70 * math.cos(b):.0f}" cy="{-226 + 78 * math.sin(b):.0f}" r="8" fill="#fff0e8" opacity=".9"/>' for b in (i * math.pi / 8 for i in range(16))) + "</g>" for a in (0, 64, 128, 190, 250, 308))
    drops = "".join(f'<circle cx="{rnd.uniform(0, W):.0f}" cy="{rnd.uniform(0, H):.0f}" r="{rnd.uniform(4, 15):.0f}" fill="#eaf7ff" opacity="{rnd.uniform(.35, .8):.2f}"/>' for _ in range(60))
    return d, bg + "".join(heads) + dew + drops


def steg(rnd):
    d, bg = sky((0, "#a7cbe6"), (.45, "#e6f0ea"), (1, "#5c7a4d"))
    pools = "".join(f'<ellipse cx="{rnd.uniform(0, W):.0f}" cy="{y:.0f}" rx="{(y - 400) * rnd.uniform(.4, .8):.0f}" ry="{(y - 400) * .07:.0f}" fill="#bcd8e6"/>' for y in (470, 500, 540, 590, 660, 740, 830))
    planks = "".join(f'<path d="M{800 - 14 - t * 300:.0f} {430 + t * 470:.0f} L{800 + 14 + t * 300:.0f} {430 + t * 470:.0f}" stroke="{rnd.choice(["#8d6f4c", "#9a7b55", "#7d6242"])}" stroke-width="{3 + t * 26:.1f}"/>' for t in ((i / 24) ** 2 for i in range(2, 25)))
    reeds = "".join(f'<path d="M{x:.0f} {y:.0f} q{rnd.uniform(-12, 12):.0f} {-(y - 380) * .3:.0f} {rnd.uniform(-20, 20):.0f} {-(y - 380) * .55:.0f}" stroke="{rnd.choice(["#7d8f45", "#a39a4e", "#5d7a3b"])}" stroke-width="{1 + (y - 400) / 130:.1f}" fill="none"/>' for x, y in ((rnd.choice([rnd.uniform(0, 620), rnd.uniform(980, W)]), rnd.uniform(480, 900)) for _ in range(420)))
    return d, bg + ridge(rnd, 410, 20, "#54735c", .9) + ridge(rnd, 440, 8, "#7c9158") + pools + '<path d="M786 430 L814 430 L1140 900 L460 900 Z" fill="#5d4630"/>' + planks + reeds


def tide(rnd, level, top, colours):
    d, bg = sky(*top)
    posts = "".join(f'<rect x="{300 + i * 210}" y="{430 + i * 14}" width="26" height="420" fill="#4b3d33"/><rect x="{300 + i * 210}" y="{level + 20 + i * 6}" width="26" height="200" fill="#2d3a2e"/>' for i in range(6))
    return d + HALO, bg + '<circle cx="1240" cy="210" r="190" fill="url(#halo)" opacity=".8"/><circle cx="1240" cy="210" r="52" fill="#fffbe8"/>' + ridge(rnd, 470, 18, "#5d6b74", .7) + ridge(rnd, 640, 12, "#b79b74") + posts + waves(rnd, level, colours)


PICTURES = {
    "product/images/hero": product_hero, "product/images/glow": product_glow, "product/images/solar": product_solar, "product/images/parts": product_parts,
    "article/images/lighthouse": article_lighthouse, "article/images/lens": article_lens, "article/images/rhythm": article_rhythm, "article/images/today": article_today,
    "deutsch/images/moor": moor, "deutsch/images/schichten": schichten, "deutsch/images/torfmoos": torfmoos, "deutsch/images/steg": steg,
    "storyboard/images/low": lambda r: tide(r, 760, ((0, "#f2b38a"), (.6, "#fbe2c0"), (1, "#d9c3a0")), ["#6fa3ad", "#5b8f9c"]),
    "storyboard/images/rising": lambda r: tide(r, 640, ((0, "#9cc7e0"), (.6, "#e7f1ee"), (1, "#c6d8cf")), ["#6fa3ad", "#5b8f9c", "#497b8a"]),
    "storyboard/images/high": lambda r: tide(r, 540, ((0, "#2b3c66"), (.6, "#7d6f94"), (1, "#51657d")), ["#3f6377", "#355568", "#2b475a", "#22394b"]),
}


def main():
    chromium, convert = (sys.argv[1:] + ["chromium", "convert"][len(sys.argv) - 1:])[:2]
    for number, (name, draw) in enumerate(PICTURES.items()):
        defs, body = draw(random.Random(1000 + number))
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{W}" height="{H}" viewBox="0 0 {W} {H}"><defs>{defs}</defs>{body}</svg>'
        with tempfile.TemporaryDirectory() as scratch:
            page, png = os.path.join(scratch, "p.html"), os.path.join(scratch, "p.png")
            with open(page, "w", encoding="utf-8") as file:
                file.write(f"<!doctype html><style>body{{margin:0;overflow:hidden}}svg{{display:block}}</style>{svg}")
            subprocess.run([chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={W},{H}", f"--screenshot={png}", f"file://{page}"], check=True, capture_output=True)
            subprocess.run([convert, png, "-crop", f"{W}x{H}+0+0", "+repage", "-strip", "-sampling-factor", "4:2:0", "-interlace", "none", "-quality", "84", os.path.join(HERE, name + ".jpg")], check=True)


if __name__ == "__main__":
    main()
