"""`bin/run` on a machine that has nothing yet."""

import subprocess
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(("lines", "place"), [(None, "var"), ("", "var"), ("DESK_DATA=/srv/desk\n", "/srv/desk")])
def test_the_folder_of_the_data_is_found_with_and_without_a_file_of_settings(tmp_path, lines, place):
    if lines is not None:
        (tmp_path / ".env").write_text(lines, encoding="utf-8")
    program = (Path(settings.BASE_DIR) / "bin" / "run").read_text(encoding="utf-8").splitlines()
    chosen = "\n".join(line for line in program if line.startswith(("set -", "data=")))
    command = ["bash", "-c", f'{chosen}\necho "$data"']
    done = subprocess.run(
        command, cwd=tmp_path, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == place
