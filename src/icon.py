#!/usr/bin/env python3
"""Draws icon.png, the packages' picture: a small network. Needs nothing but Python."""
import math
import pathlib
import struct
import zlib

SIDE = 128
SAMPLES = 4
BACKGROUND = (0x1B, 0x26, 0x3B)
LINE = (0x77, 0x8D, 0xA9)
LAYERS = [
    (24, [40, 88], (0xE0, 0xE1, 0xDD)),
    (64, [24, 51, 77, 104], (0x56, 0xB4, 0xE9)),
    (104, [64], (0xE6, 0x9F, 0x00)),
]
RADIUS = 10
CORNER = 24


def distance_to_segment(x, y, a, b):
    (ax, ay), (bx, by) = a, b
    t = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)
    t = max(0, min(1, t))
    return math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay))


SEGMENTS = [((xa, ya), (xb, yb)) for (xa, yas, _), (xb, ybs, _) in zip(LAYERS, LAYERS[1:]) for ya in yas for yb in ybs]


def color(x, y):
    """Red, green, blue and opacity of one point."""
    dx, dy = max(CORNER - x, x - (SIDE - CORNER), 0), max(CORNER - y, y - (SIDE - CORNER), 0)
    if math.hypot(dx, dy) > CORNER:
        return (0, 0, 0, 0)
    for cx, ys, fill in LAYERS:
        if any(math.hypot(x - cx, y - cy) <= RADIUS for cy in ys):
            return (*fill, 255)
    if any(distance_to_segment(x, y, a, b) <= 1.1 for a, b in SEGMENTS):
        return (*LINE, 255)
    return (*BACKGROUND, 255)


def pixel(column, row):
    points = [color(column + (i + 0.5) / SAMPLES, row + (j + 0.5) / SAMPLES) for i in range(SAMPLES) for j in range(SAMPLES)]
    opacity = sum(point[3] for point in points)
    if opacity == 0:
        return bytes(4)
    return bytes([*(round(sum(point[c] * point[3] for point in points) / opacity) for c in range(3)), round(opacity / len(points))])


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


rows = b"".join(b"\0" + b"".join(pixel(x, y) for x in range(SIDE)) for y in range(SIDE))
png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 8, 6, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
pathlib.Path(__file__).with_name("icon.png").write_bytes(png)
