"""`python -m illustrations [NAME ...]`: redraw pictures, embed their metadata, write index.json.

Run in `tools/` with the packages of `illustrations/requirements.txt`. Without names: every picture.
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
LIMIT = 288_000  # bytes; thirty-odd pictures stay under 9 MB
QUALITIES = range(82, 45, -3)


def scenes() -> dict[str, Callable]:
    """Every drawing function of the `scenes_*` modules, by picture name."""
    found = {}
    for module in pkgutil.iter_modules([str(HERE)]):
        if module.name.startswith("scenes_"):
            for scene in import_module(f".{module.name}", __package__).SCENES:
                found[scene.__name__.replace("_", "-")] = scene
    return found


def encode(image: Image.Image, record: dict) -> bytes:
    """The finest JPEG within the size limit, metadata inside."""
    for quality in QUALITIES:
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True)
        data = embed(buffer.getvalue(), record)
        if len(data) <= LIMIT:
            break
    return data


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
    wanted = names or list(records)
    for record_name, record in records.items():
        record["file"] = f"{record_name}.jpg"
    with ProcessPoolExecutor(2) as pool:
        for name, size in pool.map(draw, wanted, [records[name] for name in wanted]):
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
