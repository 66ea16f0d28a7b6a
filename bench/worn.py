#!/usr/bin/python3
"""What an office's scanner makes of a printed page: IN.pdf -> OUT.pdf of pictures, 200 dpi by default.

Uneven light, off-white paper, skew up to 1 degree and a shift of the sheet, soft focus, grain, JPEG; the same
for the same file name and seed. Needs pdftoppm, python3-pil, python3-numpy.
    bench/worn.py IN.pdf OUT.pdf [--dpi 200] [--seed 1]
"""
import argparse
import pathlib
import subprocess
import tempfile
import zlib

import numpy
from PIL import Image, ImageFilter

PAPER = (249, 247, 240)  # of a sheet of office paper under a scanner's lamp
MOST_SKEW_DEG = 1.0      # of a sheet fed by hand
BLUR_PX = 0.55           # radius: letters of 14 pt stay legible, hairlines turn grey
GRAIN = 2.5              # standard deviation, of 255
LAMP = 0.06              # how much darker the far corner is
JPEG_QUALITY = 80


def worn(page, dice):
    width, height = page.size
    shift = dice.uniform(-2, 2, 2) * width / 210 / 2  # up to 1 mm either way
    page = page.rotate(dice.uniform(-MOST_SKEW_DEG, MOST_SKEW_DEG), Image.Resampling.BICUBIC, translate=tuple(shift),
                       fillcolor=(255, 255, 255))
    page = page.filter(ImageFilter.GaussianBlur(BLUR_PX))
    pixels = numpy.asarray(page, dtype=numpy.float32) * (numpy.array(PAPER, dtype=numpy.float32) / 255)
    across, down = dice.uniform(0, 1, 2)
    light = 1 - LAMP * (across * numpy.linspace(0, 1, width)[None, :] + down * numpy.linspace(0, 1, height)[:, None]) / 2
    pixels = pixels * light[..., None] + dice.normal(0, GRAIN, (height, width, 1))
    return Image.fromarray(pixels.clip(0, 255).astype(numpy.uint8))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("input", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = numpy.random.default_rng([options.seed, zlib.crc32(options.input.name.encode())])
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(options.dpi), options.input, f"{folder}/page"], check=True)
        pages = [worn(Image.open(path).convert("RGB"), dice) for path in sorted(pathlib.Path(folder).glob("*.ppm"))]
    pages[0].save(options.output, save_all=True, append_images=pages[1:], resolution=options.dpi, quality=JPEG_QUALITY)


if __name__ == "__main__":
    main()
