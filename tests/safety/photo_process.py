"""One desk that takes in photos, as a process of its own: `python -m tests.safety.photo_process FOLDER`.

Prints one JSON line per file: what came of it, the seconds of the processor, the highest memory so far.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicedesk.settings")
django.setup()

from django.core.files.uploadedfile import UploadedFile  # noqa: E402

from servicedesk.errors import Refusal  # noqa: E402
from servicedesk.services.photos import prepare_photo  # noqa: E402


def take_in(path: Path) -> dict:
    began = time.process_time()
    with path.open("rb") as file:
        try:
            outcome = {"file": prepare_photo(UploadedFile(file, path.name, size=path.stat().st_size)).file}
        except Refusal as refusal:
            outcome = {"sentence": refusal.sentence}
    return outcome | {"seconds": time.process_time() - began}


def highest_memory() -> int:
    """In kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    take_in(sorted(folder.iterdir())[0])
    print(json.dumps({"name": "", "memory": highest_memory()}), flush=True)
    for each in sorted(folder.iterdir()):
        print(json.dumps({"name": each.name, **take_in(each), "memory": highest_memory()}), flush=True)
