"""`python -m illustrations [--captions] [NAME ...]`: redraw pictures, label them, write index.json.

Run in `tools/` with the packages of `illustrations/requirements.txt`. Without names: every picture.
`--captions` keeps the drawn pixels and only writes the metadata of `captions.json` again.
"""

from __future__ import annotations

import io
import json
import pkgutil
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from .metadata import embed

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "src" / "dateline" / "demo" / "pictures"
LIMIT = 236_000  # bytes of a picture of 1800 by 1200, in proportion for others
USUAL = 1800 * 1200
QUALITIES = (44, 84)


def scenes() -> dict[str, Callable]:
    """Every drawing function of the `scenes_*` modules, by picture name."""
    found = {}
    for module in pkgutil.iter_modules([str(HERE)]):
        if module.name.startswith("scenes_"):
            for scene in import_module(f".{module.name}", __package__).SCENES:
                found[scene.__name__.replace("_", "-")] = scene
    return found


def encode(image: Image.Image, record: dict) -> bytes:
    """The finest JPEG within the size limit, metadata inside; the coarsest when none fits."""
    low, high = QUALITIES
    limit = LIMIT * min(1, image.width * image.height / USUAL)
    best = _jpeg(image, low, record)
    while low + 2 < high:
        middle = (low + high) // 2
        data = _jpeg(image, middle, record)
        if len(data) <= limit:
            low, best = middle, data
        else:
            high = middle
    return best


def _jpeg(image: Image.Image, quality: int, record: dict) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True)
    return embed(buffer.getvalue(), record)


def relabel(name: str, record: dict) -> tuple[str, int]:
    """Write one picture's metadata again; its pixels stay as they are."""
    path = OUT / record["file"]
    data = embed(path.read_bytes(), record)
    path.write_bytes(data)
    return name, len(data)


def draw(name: str, record: dict) -> tuple[str, int]:
    """Draw one picture and write it; returns its name and size in bytes."""
    image = scenes()[name]().proof()
    data = encode(image, record)
    (OUT / record["file"]).write_bytes(data)
    return name, len(data)


def main(names: list[str]) -> None:
    """Draw the named pictures, then write the index of all that have a caption and a file."""
    OUT.mkdir(parents=True, exist_ok=True)
    records = json.loads((HERE / "captions.json").read_text())
    task = relabel if "--captions" in names else draw
    wanted = [name for name in names if name != "--captions"] or list(records)
    for record_name, record in records.items():
        record["file"] = f"{record_name}.jpg"
    with ProcessPoolExecutor(2) as pool:
        for name, size in pool.map(task, wanted, [records[name] for name in wanted]):
            print(f"{name:24} {size // 1000:4} kB")
    index = []
    for record in records.values():
        if (OUT / record["file"]).exists():
            with Image.open(OUT / record["file"]) as image:
                record["width"], record["height"] = image.size
            index.append({"file": record.pop("file"), **record})
    text = json.dumps(index, ensure_ascii=False, indent=1)
    (OUT / "index.json").write_text(text + "\n")
    total = sum(path.stat().st_size for path in OUT.glob("*.jpg"))
    print(f"{len(index)} pictures, {total / 1e6:.2f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
